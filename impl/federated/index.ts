/** The fast implementation of every operation of the area `federated`, by the name that it has in this area. */
export { aggregate } from './aggregate.ts'
export { alternativeAggregate } from './alternatives.ts'
export { batchStatistics } from './batch-statistics.ts'
export { averagedNetwork } from './broadcast-init.ts'
export { clientSampling } from './client-sampling.ts'
export { clientUpdate } from './client-update.ts'
export { contractionRate } from './contraction-rate.ts'
export { clipUpdates, noisyMean } from './differential-privacy.ts'
export { fedAvg } from './fedavg.ts'
export { gossip, metropolisWeights } from './gossip.ts'
export { meanErrors } from './local-only.ts'
export { metaFirstOrder, metaObjective, metaObjectiveGradient } from './meta.ts'
export { dirichletPartition } from './noniid.ts'
export { objective, sizes } from './objective.ts'
export {
  personalizedObjective,
  personalizedObjectiveGradient,
  personalizedOptimum,
} from './personalized.ts'
export { powerLawSizes } from './power-law.ts'
export { connectivity, protocol } from './protocol.ts'
export { localFixedPoint, quadraticOptima, quadraticRounds } from './quadratics.ts'
export { krum, medianAggregate, trimmedMean } from './robustness.ts'
export { secureSum } from './secure-aggregation.ts'
export { iidPartition, setting } from './settings.ts'
export { parallelSgd, roundCosts } from './special.ts'
