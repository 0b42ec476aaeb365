import * as compressionRate from './compression-rate.ts'
import * as eckartYoung from './eckart-young.ts'
import * as errorBound from './error-bound.ts'
import * as errorMonotone from './error-monotone.ts'
import * as fcMatrix from './fc-matrix.ts'
import * as randomized from './randomized-svd.ts'
import * as rank from './rank.ts'
import * as storage from './storage.ts'
import * as svd from './svd.ts'
import * as svdShapes from './svd-shapes.ts'
import * as truncate from './truncate.ts'
import * as twoLayer from './two-layer.ts'

/** The clauses on low-rank layers, in the order of the notes. */
export const clauses = [
  fcMatrix.fcMatrix,
  svd.decomposition,
  svdShapes.shapes,
  truncate.truncated,
  rank.rankOfTruncation,
  storage.storage,
  compressionRate.rate,
  errorBound.errorBound,
  errorMonotone.errorMonotone,
  eckartYoung.eckartYoung,
  twoLayer.twoLayer,
  randomized.sampledRange,
] as const
