import * as discriminatorProbability from './discriminator-probability.ts'
import * as sampleMap from './sample-map.ts'

/** The clauses of the area `gan`, in the order of the notes. */
export const clauses = [
  discriminatorProbability.discriminatorProbabilityClause,
  sampleMap.sampleMap,
] as const
