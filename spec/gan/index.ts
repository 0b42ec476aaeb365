import * as discriminatorProbability from './discriminator-probability.ts'

/** The clauses of the area `gan`, in the order of the notes. */
export const clauses = [discriminatorProbability.discriminatorProbabilityClause] as const
