import * as tf from '@tensorflow/tfjs-core'

/** Every step of every sequence as a row. */
export const asRows = (array: tf.Tensor) =>
  tf.reshape(array, [array.shape[0]! * array.shape[1]!, array.shape[2]!]) as tf.Tensor2D

/** Scores of every step, V h + c: one product for all of them. */
export function scoresOf(h: tf.Tensor, V: tf.Tensor, c: tf.Tensor): tf.Tensor {
  const [T, N] = h.shape as [number, number]
  const products = tf.matMul(asRows(h), V as tf.Tensor2D, false, true)
  return tf.reshape(tf.add(products, c), [T, N, V.shape[0]!])
}

/** Gradients of the scores of every step: one product for those of all states, and one for the weights. */
export function scoresGradientOf(h: tf.Tensor, V: tf.Tensor, dO: tf.Tensor) {
  const rows = asRows(dO)
  return {
    dh: tf.reshape(tf.matMul(rows, V as tf.Tensor2D), h.shape),
    dV: tf.matMul(rows, asRows(h), true),
    dc: tf.sum(rows, 0),
  }
}
