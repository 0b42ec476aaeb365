import * as aggregate from './aggregate.ts'

/** The clauses of the area `federated`, in the order of the notes. */
export const clauses = [aggregate.weightedMean] as const
