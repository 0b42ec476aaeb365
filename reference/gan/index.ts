/** The reference of every operation of the area `gan`, by the name that it has in this area. */

export { alternate, schedule } from './alternating-schedule.ts'
export { autoencoder } from './autoencoder.ts'
export {
  batchNorm,
  batchNormGradient,
  batchNormInference,
  batchNormInferenceGradient,
} from './batch-norm.ts'
export { conditionalDivergence, conditionalValue } from './class-conditional.ts'
export { convolutionMatrix } from './conv-as-matrix.ts'
export { distributionDescent } from './convergence-of-pg.ts'
export { binaryCrossEntropy, binaryCrossEntropyGradient } from './cross-entropy.ts'
export { generatorShapes } from './dcgan.ts'
export { dcganRules } from './dcgan-rules.ts'
export { discriminatorSteps } from './disc-update.ts'
export { discriminatorProbability } from './discriminator-probability.ts'
export { featureStatistics } from './feature-statistics.ts'
export { featureFrechetDistance, frechetDistance } from './frechet-distance.ts'
export { generatorObjective, generatorObjectiveGradient, generatorStep } from './gen-update.ts'
export { diracStability, diracSteps } from './hyperparameter-sensitivity.ts'
export { inceptionScore } from './inception-score.ts'
export { bilinearGame } from './instability.ts'
export { jensenShannon } from './jsd-equivalence.ts'
export { smoothedDiscriminator, smoothedValue, smoothedValueGradient } from './label-smoothing.ts'
export { interpolate, latentArithmetic } from './latent.ts'
export { sphericalInterpolate } from './latent-spherical.ts'
export { diracLosses } from './loss-quality-decoupling.ts'
export { bestReplies } from './minimax.ts'
export { bestResponse, modeCoverage } from './mode-collapse.ts'
export {
  fixedDiscriminatorGradient,
  generatorLosses,
  nonSaturatingDivergence,
  nonSaturatingDivergenceGradient,
} from './nonsaturating.ts'
export { optimalDiscriminator } from './optimal-discriminator.ts'
export { pushforward } from './pushforward.ts'
export { payoffs } from './roles.ts'
export { generate } from './sample-map.ts'
export { tconv2d, tconv2dGradient } from './tconv.ts'
export { tconvPlacement } from './tconv-conventions.ts'
export { tconvOutputSize } from './tconv-size.ts'
export { afterTraining } from './test-time.ts'
export { bayesAccuracy, binomialTest } from './turing-test.ts'
export { expectedValue, expectedValueGradient, value, valueGradient } from './value-function.ts'
export { probabilityValue } from './value-of-probabilities.ts'
export { pointDivergences } from './wgan-continuity.ts'
export {
  criticLoss,
  criticLossGradient,
  lineDistance,
  sampleDistance,
} from './wgan-critic-loss.ts'
export { clippedCritic, criticSlopes, slopeBound } from './wgan-lipschitz.ts'
export {
  gradientPenalty,
  gradientPenaltyGradient,
  penalizedCritic,
  penaltyPoints,
} from './wgan-penalty.ts'
