import * as classifier from './classifier.ts'
import * as descent from './descent.ts'
import * as overfit from './overfit.ts'
import * as tooLow from './too-low.ts'
import * as weightDecay from './weight-decay.ts'

/** The clauses on training diagnosis, in the order of the notes. */
export const clauses = [
  descent.divergenceThreshold,
  descent.transientDecrease,
  tooLow.tooLow,
  classifier.classifier,
  overfit.gap,
  overfit.turning,
  weightDecay.remedy,
] as const
