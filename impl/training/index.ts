/** The fast implementation of every operation on training diagnosis, by the name that it has in this area. */

export { diagnoseRate } from './classifier.ts'
export { descend, quadratic, quadraticGradient } from './descent.ts'
export { overfitGap, turningPoint } from './overfit.ts'
export { stepsToShrink } from './too-low.ts'
export { decayedLoss, decayedLossGradient, ridge } from './weight-decay.ts'
