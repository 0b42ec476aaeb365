import * as tf from '@tensorflow/tfjs-core'
import type { affineScale as spec } from '../../spec/quantization/affine-scale.ts'
import type { Fast } from '../operation.ts'

/**
 * Scale and zero point of affine codes.
 *
 * Clauses    quantization.per-layer-scale.affine
 * Fast by    two reductions, and no more than a number a channel after that
 */
export const affineScale: Fast<typeof spec> = ({ w }, { bits, range, per }) => {
  const least = range === 'unsigned' ? 0 : -(2 ** (bits - 1))
  const steps = 2 ** bits - 1
  const axis = per === 'tensor' ? undefined : 0
  const rows = (reduced: tf.Tensor) => tf.reshape(reduced, [-1])
  const above = tf.maximum(rows(tf.max(w, axis)), 0)
  const below = tf.minimum(rows(tf.min(w, axis)), 0)
  const width = tf.sub(above, below)
  const scales = tf.where(tf.greater(width, 0), tf.div(width, steps), tf.onesLike(width))
  const moved = tf.round(tf.sub(least, tf.div(below, scales)))
  return { scales, zeroPoints: tf.clipByValue(moved, least, least + steps) }
}
