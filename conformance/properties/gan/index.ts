import { discriminatorProbabilityProperties } from './discriminator-probability.ts'

/** Every property of the clauses of the area `gan`. */
export const ganProperties = [...discriminatorProbabilityProperties]
