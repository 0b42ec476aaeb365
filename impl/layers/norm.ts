import * as tf from '@tensorflow/tfjs-core'

/** The least normal number of single precision. */
const least = 2 ** -126

/**
 * Euclidean norms along some axes: of numbers that are divided by the largest of them first, so that no
 * square leaves the range.
 */
export function norms(g: tf.Tensor, axes: number[]): tf.Tensor {
  const largest = tf.maximum(tf.max(tf.abs(g), axes, true), least)
  const squares = tf.sum(tf.square(tf.div(g, largest)), axes)
  return tf.mul(tf.reshape(largest, squares.shape), tf.sqrt(squares))
}
