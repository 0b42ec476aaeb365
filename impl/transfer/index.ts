import { extractionLayer, strategy } from './decision.ts'
import { convolutionalDescriptors, denseDescriptors, descriptorSize } from './feature-extractor.ts'
import { freezeStep } from './freeze.ts'
import { replaceHead } from './head.ts'
import { network, networkGradient, networkLoss } from './network.ts'
import { finetune, trainHead } from './training.ts'
import { warmStart } from './warm-start.ts'

/** The fast implementation of every operation on transfer learning, by the operation's id. */
export const transferFast = {
  'transfer.network': network,
  'transfer.networkLoss': networkLoss,
  'transfer.networkGradient': networkGradient,
  'transfer.replaceHead': replaceHead,
  'transfer.freezeStep': freezeStep,
  'transfer.denseDescriptors': denseDescriptors,
  'transfer.convolutionalDescriptors': convolutionalDescriptors,
  'transfer.descriptorSize': descriptorSize,
  'transfer.trainHead': trainHead,
  'transfer.finetune': finetune,
  'transfer.strategy': strategy,
  'transfer.extractionLayer': extractionLayer,
  'transfer.warmStart': warmStart,
} as const
