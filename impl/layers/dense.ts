import * as tf from '@tensorflow/tfjs-core'

/**
 * Fully connected layer, a sample a row: x W + b, or x W where there is no bias.
 *
 * Fast by    one matrix product
 */
export function dense(x: tf.Tensor, W: tf.Tensor, b: tf.Tensor | null): tf.Tensor2D {
  const weighted = tf.matMul<tf.Tensor2D>(x as tf.Tensor2D, W as tf.Tensor2D)
  return b === null ? weighted : tf.add(weighted, b)
}

/**
 * Gradient of a fully connected layer by its input: dy Wᵀ.
 *
 * Fast by    one matrix product, which reads the weights transposed
 */
export function denseInputGradient(W: tf.Tensor, dy: tf.Tensor): tf.Tensor2D {
  return tf.matMul(dy as tf.Tensor2D, W as tf.Tensor2D, false, true)
}

/**
 * Gradient of a fully connected layer by its weights: xᵀ dy.
 *
 * Fast by    one matrix product, which reads the input transposed
 */
export function denseWeightGradient(x: tf.Tensor, dy: tf.Tensor): tf.Tensor2D {
  return tf.matMul(x as tf.Tensor2D, dy as tf.Tensor2D, true)
}
