import * as tf from '@tensorflow/tfjs-core'

/** The least normal number of single precision. */
const least = 2 ** -126
const large = 2 ** 64

/**
 * Numbers divided by the largest of them, itself a normal number. Where that is large both are brought down
 * first: a GPU may multiply by the reciprocal, and that of what is above 2^126 is below the normal numbers, 0.
 */
export function shares<T extends tf.Tensor>(x: T, largest: tf.Tensor): T {
  const unit = tf.where(tf.greater(largest, large), 1 / large, 1)
  return tf.div(tf.mul(x, unit), tf.mul(largest, unit))
}

/**
 * Euclidean norms along some axes: of numbers that are divided by the largest of them first, so that no
 * square leaves the range.
 */
export function norms(g: tf.Tensor, axes: number[]): tf.Tensor {
  const largest = tf.maximum(tf.max(tf.abs(g), axes, true), least)
  const squares = tf.sum(tf.square(shares(g, largest)), axes)
  return tf.mul(tf.reshape(largest, squares.shape), tf.sqrt(squares))
}

/**
 * Euclidean lengths along an axis, or of the whole, of numbers whose squares stay in the range. Not
 * `tf.norm`, which raises to the power 2: on a GPU by logarithms, so that the norm of −1.39 · 10^-6 loses
 * two digits.
 */
export function lengths(x: tf.Tensor, axis?: number): tf.Tensor {
  return tf.sqrt(tf.sum(tf.square(x), axis))
}
