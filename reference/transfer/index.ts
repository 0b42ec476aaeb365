/** The reference of every operation on transfer learning, by the name that it has in this area. */

export { extractionLayer, strategy } from './decision.ts'
export { convolutionalDescriptors, denseDescriptors, descriptorSize } from './feature-extractor.ts'
export { freezeStep } from './freeze.ts'
export { replaceHead } from './head.ts'
export { network, networkGradient, networkLoss } from './network.ts'
export { finetune, trainHead } from './training.ts'
export { warmStart } from './warm-start.ts'
