import { diagnoseRate } from './classifier.ts'
import { descend, quadratic, quadraticGradient } from './descent.ts'
import { overfitGap, turningPoint } from './overfit.ts'
import { stepsToShrink } from './too-low.ts'
import { decayedLoss, decayedLossGradient, ridge } from './weight-decay.ts'

/** The reference of every operation on training diagnosis, by the operation's id. */
export const trainingReferences = {
  'training.quadratic': quadratic,
  'training.quadraticGradient': quadraticGradient,
  'training.descend': descend,
  'training.stepsToShrink': stepsToShrink,
  'training.diagnoseRate': diagnoseRate,
  'training.overfitGap': overfitGap,
  'training.turningPoint': turningPoint,
  'training.decayedLoss': decayedLoss,
  'training.decayedLossGradient': decayedLossGradient,
  'training.ridge': ridge,
} as const
