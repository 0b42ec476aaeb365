import * as discriminatorProbability from './discriminator-probability.ts'
import * as sampleMap from './sample-map.ts'
import * as valueFunction from './value-function.ts'

/** The clauses of the area `gan`, in the order of the notes. */
export const clauses = [
  discriminatorProbability.discriminatorProbabilityClause,
  valueFunction.valueFunction,
  sampleMap.sampleMap,
] as const
