import * as decision from './decision.ts'
import * as extractor from './feature-extractor.ts'
import * as freeze from './freeze.ts'
import * as head from './head.ts'
import * as network from './network.ts'
import * as training from './training.ts'
import * as warmStart from './warm-start.ts'

/** The operations on transfer learning. */
export const operations = [
  network.network,
  network.networkLoss,
  network.networkGradient,
  head.replaceHead,
  freeze.freezeStep,
  extractor.denseDescriptors,
  extractor.convolutionalDescriptors,
  extractor.descriptorSize,
  training.trainHead,
  training.finetune,
  decision.strategy,
  decision.extractionLayer,
  warmStart.warmStart,
] as const

/** Their clauses, in the order of the notes. */
export const clauses = [
  head.replace,
  freeze.freeze,
  extractor.extractor,
  training.featuresEqualFrozenTraining,
  decision.table,
  decision.smallRule,
  warmStart.warm,
] as const
