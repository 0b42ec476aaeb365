import type { Mistake } from '../mistake.ts'
import { activationMistakes } from './activation.ts'
import { augmentationMistakes } from './augmentation.ts'
import { bpttMistakes } from './bptt.ts'
import { compressionMistakes } from './compression.ts'
import { convolutionMistakes } from './convolution.ts'
import { convolutionGradientMistakes } from './convolution-gradients.ts'
import { deepTransitionMistakes } from './deep-transition.ts'
import { deepWayMistakes } from './deep-ways.ts'
import { denseMistakes } from './dense.ts'
import { distillationMistakes } from './distillation.ts'
import { ensembleMistakes } from './distillation-ensembles.ts'
import { softmaxMistakes } from './distillation-softmax.ts'
import { efficientMistakes } from './efficient.ts'
import { efficientCountMistakes } from './efficient-counts.ts'
import { endMistakes } from './ends.ts'
import { farMistakes } from './far.ts'
import { federatedMistakes } from './federated.ts'
import { clientMistakes } from './federated-clients.ts'
import { exchangeMistakes } from './federated-exchange.ts'
import { personalMistakes } from './federated-personal.ts'
import { robustnessMistakes } from './federated-robustness.ts'
import { roundMistakes } from './federated-rounds.ts'
import { settingMistakes } from './federated-settings.ts'
import { topologyMistakes } from './federated-topology.ts'
import { batchNormMistakes } from './gan-batch-norm.ts'
import { criticMistakes } from './gan-critics.ts'
import { dcganMistakes } from './gan-dcgan.ts'
import { ganEvaluationMistakes } from './gan-evaluation.ts'
import { gameMistakes } from './gan-games.ts'
import { ganLabelMistakes } from './gan-labels.ts'
import { ganPlayMistakes } from './gan-play.ts'
import { probabilityMistakes } from './gan-probabilities.ts'
import { ganStatisticsMistakes } from './gan-statistics.ts'
import { ganStepMistakes } from './gan-steps.ts'
import { ganTheoryMistakes } from './gan-theory.ts'
import { wassersteinMistakes } from './gan-wasserstein.ts'
import { gruMistakes } from './gru.ts'
import { inceptionMistakes } from './inception.ts'
import { lateStepsMistakes } from './late-steps.ts'
import { lowrankMistakes } from './lowrank.ts'
import { memoryMistakes } from './memory.ts'
import { normalizationMistakes } from './normalization.ts'
import { poolingMistakes } from './pooling.ts'
import { pruningMistakes } from './pruning.ts'
import { prunedUnitMistakes } from './pruning-networks.ts'
import { brainDamageMistakes } from './pruning-obd.ts'
import { penaltyMistakes } from './pruning-penalties.ts'
import { prunedNetworkMistakes } from './pruning-search.ts'
import { quantizationMistakes } from './quantization.ts'
import { formatMistakes } from './quantization-formats.ts'
import { reachingBackMistakes } from './reaching-back.ts'
import { recurrentMistakes } from './recurrent.ts'
import { recurrentLayersMistakes } from './recurrent-layers.ts'
import { recurrentNetworkMistakes } from './recurrent-network.ts'
import { recurrentVariantMistakes } from './recurrent-variants.ts'
import { residualMistakes } from './residual.ts'
import { residualCountMistakes } from './residual-counts.ts'
import { restMistakes } from './rests.ts'
import { sizeMistakes } from './sizes.ts'
import { slopeMistakes } from './slopes.ts'
import { stateMistakes } from './state.ts'
import { throughTimeMistakes } from './through-time.ts'
import { trainingMistakes } from './training.ts'
import { transferMistakes } from './transfer.ts'
import { transposedMistakes } from './transposed.ts'
import { windowMistakes } from './windows.ts'

/** Every wrong implementation by which the power of the suite is measured. */
export const mistakes: readonly Mistake[] = [
  ...convolutionMistakes,
  ...convolutionGradientMistakes,
  ...windowMistakes,
  ...poolingMistakes,
  ...normalizationMistakes,
  ...activationMistakes,
  ...denseMistakes,
  ...augmentationMistakes,
  ...sizeMistakes,
  ...trainingMistakes,
  ...inceptionMistakes,
  ...residualMistakes,
  ...residualCountMistakes,
  ...transferMistakes,
  ...compressionMistakes,
  ...quantizationMistakes,
  ...formatMistakes,
  ...pruningMistakes,
  ...penaltyMistakes,
  ...prunedUnitMistakes,
  ...brainDamageMistakes,
  ...prunedNetworkMistakes,
  ...efficientMistakes,
  ...efficientCountMistakes,
  ...lowrankMistakes,
  ...softmaxMistakes,
  ...distillationMistakes,
  ...ensembleMistakes,
  ...recurrentMistakes,
  ...memoryMistakes,
  ...recurrentNetworkMistakes,
  ...recurrentLayersMistakes,
  ...lateStepsMistakes,
  ...deepTransitionMistakes,
  ...deepWayMistakes,
  ...recurrentVariantMistakes,
  ...bpttMistakes,
  ...gruMistakes,
  ...slopeMistakes,
  ...throughTimeMistakes,
  ...reachingBackMistakes,
  ...federatedMistakes,
  ...roundMistakes,
  ...robustnessMistakes,
  ...clientMistakes,
  ...exchangeMistakes,
  ...personalMistakes,
  ...topologyMistakes,
  ...settingMistakes,
  ...ganEvaluationMistakes,
  ...dcganMistakes,
  ...ganStatisticsMistakes,
  ...ganTheoryMistakes,
  ...ganLabelMistakes,
  ...ganStepMistakes,
  ...ganPlayMistakes,
  ...probabilityMistakes,
  ...batchNormMistakes,
  ...gameMistakes,
  ...wassersteinMistakes,
  ...criticMistakes,
  ...stateMistakes,
  ...transposedMistakes,
  ...endMistakes,
  ...restMistakes,
  ...farMistakes,
]
