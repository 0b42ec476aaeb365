import * as aggregate from './aggregate.ts'
import * as robustness from './robustness.ts'

/** The clauses of the area `federated`, in the order of the notes. */
export const clauses = [
  aggregate.weightedMean,
  robustness.meanBreakdown,
  robustness.median,
  robustness.trimmed,
  robustness.krumChoice,
] as const
