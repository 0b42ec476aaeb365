import * as classifier from './classifier.ts'
import * as descent from './descent.ts'
import * as overfit from './overfit.ts'
import * as tooLow from './too-low.ts'
import * as weightDecay from './weight-decay.ts'

/** The operations on training diagnosis. */
export const operations = [
  descent.quadratic,
  descent.quadraticGradient,
  descent.descend,
  tooLow.stepsToShrink,
  classifier.diagnoseRate,
  overfit.overfitGap,
  overfit.turningPoint,
  weightDecay.decayedLoss,
  weightDecay.decayedLossGradient,
  weightDecay.ridge,
] as const

/** Their clauses, in the order of the notes. */
export const clauses = [
  descent.divergenceThreshold,
  descent.transientDecrease,
  tooLow.tooLow,
  classifier.classifier,
  overfit.gap,
  overfit.turning,
  weightDecay.remedy,
] as const
