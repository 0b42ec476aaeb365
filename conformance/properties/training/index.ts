import { classifierProperties } from './classifier.ts'
import { descentProperties } from './descent.ts'
import { overfitProperties } from './overfit.ts'
import { tooLowProperties } from './too-low.ts'
import { weightDecayProperties } from './weight-decay.ts'

/** Every property of the clauses on training diagnosis. */
export const trainingProperties = [
  ...descentProperties,
  ...tooLowProperties,
  ...classifierProperties,
  ...overfitProperties,
  ...weightDecayProperties,
]
