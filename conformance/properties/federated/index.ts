import { aggregateProperties } from './aggregate.ts'
import { robustnessProperties } from './robustness.ts'
import { meanBreakdownProperties } from './robustness-mean.ts'

/** Every property of the clauses of the area `federated`. */
export const federatedProperties = [
  ...aggregateProperties,
  ...meanBreakdownProperties,
  ...robustnessProperties,
]
