import * as tf from '@tensorflow/tfjs-core'

/**
 * Softplus, ln(1 + e^x) as max(x, 0) + ln(1 + e^−|x|): exponentials that do not leave the range, and a
 * logarithm that keeps the digits of what is small.
 */
export function softplus(x: tf.Tensor): tf.Tensor {
  return tf.add(tf.relu(x), tf.log1p(tf.exp(tf.neg(tf.abs(x)))))
}
