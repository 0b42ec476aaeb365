import * as tf from '@tensorflow/tfjs-core'
import type {
  lrnAcrossGradient as acrossSpec,
  lrnWithinGradient as withinSpec,
} from '../../spec/cnn/lrn-gradient.ts'
import type { ParametersOf } from '../../spec/language/operation.ts'
import type { Fast } from '../operation.ts'
import { damp, energies, sumAcross, sumWithin } from './lrn.ts'

function differentiate(
  x: tf.Tensor,
  dy: tf.Tensor,
  sum: typeof sumAcross,
  parameters: ParametersOf<typeof acrossSpec>,
): tf.Tensor {
  const { alpha, beta, radius } = parameters
  const s = energies(x, sum, parameters)
  const own = damp(dy, s, beta)
  const through = sum(tf.div(tf.mul(own, x), s), radius)
  return tf.sub(own, tf.mul(2 * alpha * beta, tf.mul(x, through)))
}

/**
 * Gradient of local response normalization within a channel.
 *
 * Clauses    cnn.lrn.gradient
 * Fast by    the sums of the way forward, on the way back: windows are symmetric
 */
export const lrnWithinGradient: Fast<typeof withinSpec> = ({ x, dy }, parameters) => ({
  dx: differentiate(x, dy, sumWithin, parameters),
})

/**
 * Gradient of local response normalization across channels.
 *
 * Clauses    cnn.lrn.gradient
 * Fast by    the sums of the way forward, on the way back: groups are symmetric
 */
export const lrnAcrossGradient: Fast<typeof acrossSpec> = ({ x, dy }, parameters) => ({
  dx: differentiate(x, dy, sumAcross, parameters),
})
