import { crossEntropyProperties } from './cross-entropy.ts'
import { ensembleAverageProperties } from './ensemble-average.ts'
import { logitImitationProperties } from './logit-imitation.ts'
import { lossProperties } from './loss.ts'
import { softmaxProperties } from './softmax.ts'
import { temperatureProperties } from './temperature.ts'

/** Every property of the clauses on knowledge distillation. */
export const distillationProperties = [
  ...lossProperties,
  ...crossEntropyProperties,
  ...ensembleAverageProperties,
  ...logitImitationProperties,
  ...softmaxProperties,
  ...temperatureProperties,
]
