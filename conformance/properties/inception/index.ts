import { alexnetProperties } from './alexnet.ts'
import { auxiliaryProperties } from './auxiliary.ts'
import { headProperties } from './head.ts'
import { stemProperties } from './stem.ts'

/** Every property of the clauses on auxiliary classifiers and heads. */
export const inceptionProperties = [
  ...auxiliaryProperties,
  ...headProperties,
  ...alexnetProperties,
  ...stemProperties,
]
