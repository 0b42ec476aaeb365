import { clipping } from './clipping.ts'
import { depthEqualsLength } from './depth-equals-length.ts'
import { exploding } from './exploding.ts'
import { explosionDetectable } from './explosion-detectable.ts'
import { profile } from './gradient-profile.ts'
import { jacobianProduct } from './jacobian.ts'
import * as loss from './loss.ts'
import { shortTermBias } from './short-term-bias.ts'
import { truncated } from './truncated.ts'
import { vanishing } from './vanishing.ts'

/** The clauses on back-propagation through time, in the order of the notes. */
export const clauses = [
  loss.sumOverTime,
  loss.byV,
  loss.byState,
  loss.byW,
  loss.byU,
  loss.byFirstState,
  truncated,
  jacobianProduct,
  vanishing,
  exploding,
  clipping,
  profile,
  explosionDetectable,
  shortTermBias,
  depthEqualsLength,
] as const
