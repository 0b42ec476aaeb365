import { clipping } from './clipping.ts'
import { depthEqualsLength } from './depth-equals-length.ts'
import { exploding } from './exploding.ts'
import { jacobianProduct } from './jacobian.ts'
import * as loss from './loss.ts'
import { shortTermBias } from './short-term-bias.ts'
import { vanishing } from './vanishing.ts'

/** The clauses on back-propagation through time, in the order of the notes. */
export const clauses = [
  loss.sumOverTime,
  loss.byV,
  loss.byState,
  loss.byW,
  loss.byU,
  loss.byFirstState,
  jacobianProduct,
  vanishing,
  exploding,
  clipping,
  shortTermBias,
  depthEqualsLength,
] as const
