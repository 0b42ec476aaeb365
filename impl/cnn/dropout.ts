import * as tf from '@tensorflow/tfjs-core'
import type { dropoutGradient as gradientSpec, dropout as spec } from '../../spec/cnn/dropout.ts'
import type { Fast } from '../operation.ts'

/** m ⊙ x / (1 − p). */
export function drop(x: tf.Tensor, mask: tf.Tensor, rate: number): tf.Tensor {
  return tf.div(tf.mul(x, mask), 1 - rate)
}

/**
 * Inverted dropout with a given mask.
 *
 * Clauses    cnn.dropout.semantics
 * Fast by    two kernels on the whole batch, none after training
 */
export const dropout: Fast<typeof spec> = ({ x, mask }, { rate, training }) => ({
  y: training ? drop(x, mask, rate) : tf.clone(x),
})

/**
 * Gradient of inverted dropout.
 *
 * Clauses    cnn.dropout.semantics
 * Fast by    the forward map, which is its own transpose
 */
export const dropoutGradient: Fast<typeof gradientSpec> = ({ mask, dy }, { rate, training }) => ({
  dx: training ? drop(dy, mask, rate) : tf.clone(dy),
})
