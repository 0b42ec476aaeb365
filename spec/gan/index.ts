import * as alternating from './alternating-schedule.ts'
import * as autoencoder from './autoencoder.ts'
import * as batchNorm from './batch-norm.ts'
import * as classConditional from './class-conditional.ts'
import * as convAsMatrix from './conv-as-matrix.ts'
import * as convergence from './convergence-of-pg.ts'
import * as crossEntropy from './cross-entropy.ts'
import * as dcgan from './dcgan.ts'
import * as dcganRules from './dcgan-rules.ts'
import * as discriminatorUpdate from './disc-update.ts'
import * as discriminatorProbability from './discriminator-probability.ts'
import * as featureStatistics from './feature-statistics.ts'
import * as frechetDistance from './frechet-distance.ts'
import * as generatorUpdate from './gen-update.ts'
import * as sensitivity from './hyperparameter-sensitivity.ts'
import * as inceptionScore from './inception-score.ts'
import * as instability from './instability.ts'
import * as jsdEquivalence from './jsd-equivalence.ts'
import * as labelSmoothing from './label-smoothing.ts'
import * as latent from './latent.ts'
import * as latentSpherical from './latent-spherical.ts'
import * as decoupling from './loss-quality-decoupling.ts'
import * as minimax from './minimax.ts'
import * as modeCollapse from './mode-collapse.ts'
import * as nonSaturating from './nonsaturating.ts'
import * as optimalDiscriminator from './optimal-discriminator.ts'
import * as pushforward from './pushforward.ts'
import * as roles from './roles.ts'
import * as sampleMap from './sample-map.ts'
import * as tconv from './tconv.ts'
import * as tconvConventions from './tconv-conventions.ts'
import * as tconvLaws from './tconv-laws.ts'
import * as tconvSize from './tconv-size.ts'
import * as testTime from './test-time.ts'
import * as turingTest from './turing-test.ts'
import * as valueFunction from './value-function.ts'
import * as valueOfProbabilities from './value-of-probabilities.ts'
import * as continuity from './wgan-continuity.ts'
import * as criticLoss from './wgan-critic-loss.ts'
import * as lipschitz from './wgan-lipschitz.ts'

/** The clauses of the area `gan`, in the order of the notes. */
export const clauses = [
  autoencoder.decoderShape,
  convAsMatrix.asMatrix,
  tconv.matrixTranspose,
  tconv.gradients,
  tconvLaws.adjoint,
  tconvSize.size,
  tconvConventions.conventions,
  tconvLaws.fullCorrelation,
  tconvLaws.notInverse,
  roles.roles,
  discriminatorProbability.discriminatorProbabilityClause,
  valueFunction.valueFunction,
  crossEntropy.isCrossEntropy,
  valueOfProbabilities.valueOfProbabilities,
  pushforward.pushforwardClause,
  optimalDiscriminator.optimalDiscriminatorClause,
  minimax.minimax,
  jsdEquivalence.jsdEquivalence,
  minimax.globalOptimum,
  convergence.convergence,
  nonSaturating.minimaxAndNonSaturating,
  discriminatorUpdate.discriminatorUpdate,
  discriminatorUpdate.blackBox,
  generatorUpdate.generatorUpdate,
  generatorUpdate.throughDiscriminator,
  dcgan.shapes,
  dcganRules.architecture,
  batchNorm.inTraining,
  batchNorm.inInference,
  alternating.alternatingSchedule,
  testTime.testTime,
  sampleMap.sampleMap,
  latent.latentInterpolation,
  latentSpherical.latentSpherical,
  latent.latentArithmeticClause,
  nonSaturating.nonSaturatingGradient,
  nonSaturating.nonSaturatingDivergenceClause,
  instability.oscillation,
  decoupling.decoupling,
  sensitivity.sensitivity,
  labelSmoothing.labelSmoothing,
  classConditional.classConditional,
  criticLoss.criticLossClause,
  lipschitz.lipschitz,
  continuity.continuity,
  inceptionScore.inceptionScoreClause,
  featureStatistics.featureStatisticsClause,
  frechetDistance.frechetDistanceClause,
  modeCollapse.modeCollapse,
  turingTest.turingTest,
] as const
