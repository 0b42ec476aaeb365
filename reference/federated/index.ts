/** The reference of every operation of the area `federated`, by the name that it has in this area. */
export { aggregate } from './aggregate.ts'
export { clipUpdates, noisyMean } from './differential-privacy.ts'
export { gossip, metropolisWeights } from './gossip.ts'
export { krum, medianAggregate, trimmedMean } from './robustness.ts'
export { secureSum } from './secure-aggregation.ts'
