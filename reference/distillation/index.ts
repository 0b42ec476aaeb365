/** The reference of every operation on knowledge distillation, by the name that it has in this area. */

export {
  crossEntropy,
  crossEntropyGradient,
  probabilityCrossEntropy,
  probabilityCrossEntropyGradient,
} from './cross-entropy.ts'
export {
  ensemble,
  ensembleCrossEntropy,
  ensembleCrossEntropyGradient,
  ensembleGradient,
} from './ensemble-average.ts'
export { scoreLoss, scoreLossGradient } from './logit-imitation.ts'
export { divergence, divergenceGradient } from './loss.ts'
export { pseudoLabels } from './pseudo-label.ts'
export {
  logSoftmax,
  logSoftmaxGradient,
  logSumExp,
  logSumExpGradient,
  softmax,
  softmaxGradient,
} from './softmax.ts'
export { studentStep } from './teacher-student.ts'
export { distillationLoss, distillationLossGradient } from './temperature.ts'
