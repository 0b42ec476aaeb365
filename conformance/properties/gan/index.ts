import { alternatingScheduleProperties } from './alternating-schedule.ts'
import { autoencoderProperties } from './autoencoder.ts'
import { batchNormProperties } from './batch-norm.ts'
import { classConditionalProperties } from './class-conditional.ts'
import { convAsMatrixProperties } from './conv-as-matrix.ts'
import { convergenceProperties } from './convergence-of-pg.ts'
import { crossEntropyProperties } from './cross-entropy.ts'
import { dcganProperties } from './dcgan.ts'
import { dcganRulesProperties } from './dcgan-rules.ts'
import { discriminatorUpdateProperties } from './disc-update.ts'
import { discriminatorProbabilityProperties } from './discriminator-probability.ts'
import { featureStatisticsProperties } from './feature-statistics.ts'
import { frechetDistanceProperties } from './frechet-distance.ts'
import { generatorUpdateProperties } from './gen-update.ts'
import { sensitivityProperties } from './hyperparameter-sensitivity.ts'
import { inceptionScoreProperties } from './inception-score.ts'
import { instabilityProperties } from './instability.ts'
import { jsdEquivalenceProperties } from './jsd-equivalence.ts'
import { labelSmoothingProperties } from './label-smoothing.ts'
import { latentProperties } from './latent.ts'
import { latentSphericalProperties } from './latent-spherical.ts'
import { decouplingProperties } from './loss-quality-decoupling.ts'
import { globalOptimumProperties, minimaxProperties } from './minimax.ts'
import { modeCollapseProperties } from './mode-collapse.ts'
import { nonSaturatingProperties } from './nonsaturating.ts'
import { optimalDiscriminatorProperties } from './optimal-discriminator.ts'
import { pushforwardProperties } from './pushforward.ts'
import { rolesProperties } from './roles.ts'
import { sampleMapProperties } from './sample-map.ts'
import { tconvProperties } from './tconv.ts'
import { tconvConventionsProperties } from './tconv-conventions.ts'
import { tconvLawsProperties } from './tconv-laws.ts'
import { tconvSizeProperties } from './tconv-size.ts'
import { testTimeProperties } from './test-time.ts'
import { turingTestProperties } from './turing-test.ts'
import { valueFunctionProperties } from './value-function.ts'
import { valueOfProbabilitiesProperties } from './value-of-probabilities.ts'
import { continuityProperties } from './wgan-continuity.ts'
import { criticLossProperties } from './wgan-critic-loss.ts'
import { lipschitzProperties } from './wgan-lipschitz.ts'

/** Every property of the clauses of the area `gan`. */
export const ganProperties = [
  ...autoencoderProperties,
  ...convAsMatrixProperties,
  ...tconvProperties,
  ...tconvLawsProperties,
  ...tconvSizeProperties,
  ...tconvConventionsProperties,
  ...dcganProperties,
  ...dcganRulesProperties,
  ...batchNormProperties,
  ...discriminatorProbabilityProperties,
  ...sampleMapProperties,
  ...valueFunctionProperties,
  ...crossEntropyProperties,
  ...valueOfProbabilitiesProperties,
  ...pushforwardProperties,
  ...labelSmoothingProperties,
  ...classConditionalProperties,
  ...convergenceProperties,
  ...instabilityProperties,
  ...decouplingProperties,
  ...sensitivityProperties,
  ...criticLossProperties,
  ...lipschitzProperties,
  ...continuityProperties,
  ...inceptionScoreProperties,
  ...discriminatorUpdateProperties,
  ...generatorUpdateProperties,
  ...optimalDiscriminatorProperties,
  ...minimaxProperties,
  ...jsdEquivalenceProperties,
  ...globalOptimumProperties,
  ...rolesProperties,
  ...nonSaturatingProperties,
  ...alternatingScheduleProperties,
  ...testTimeProperties,
  ...latentProperties,
  ...latentSphericalProperties,
  ...featureStatisticsProperties,
  ...frechetDistanceProperties,
  ...modeCollapseProperties,
  ...turingTestProperties,
]
