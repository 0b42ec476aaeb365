import { discriminatorProbabilityProperties } from './discriminator-probability.ts'
import { sampleMapProperties } from './sample-map.ts'
import { valueFunctionProperties } from './value-function.ts'

/** Every property of the clauses of the area `gan`. */
export const ganProperties = [
  ...discriminatorProbabilityProperties,
  ...sampleMapProperties,
  ...valueFunctionProperties,
]
