import * as cluster from './cluster.ts'
import * as sharing from './sharing.ts'
import * as sizeAccounting from './size-accounting.ts'

/** The clauses on compression in general and on shared weights, in the order of the notes. */
export const clauses = [
  sizeAccounting.sizeAccountingClause,
  sharing.paramCount,
  sharing.tiedGradient,
  sharing.priorToTraining,
  cluster.clusterClause,
] as const
