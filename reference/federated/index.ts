/** The reference of every operation of the area `federated`, by the name that it has in this area. */
export { aggregate } from './aggregate.ts'
export { krum, medianAggregate, trimmedMean } from './robustness.ts'
