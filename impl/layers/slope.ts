import * as tf from '@tensorflow/tfjs-core'

/** e / (1 + e)². */
const overSquare = (e: tf.Tensor) => tf.div(e, tf.square(tf.add(1, e)))

/**
 * Derivative of an activation, from its argument: by exponentials of −|x|, so that it keeps its digits
 * where the activation itself is 1 but for rounding.
 */
export function activationSlope(activation: 'sigmoid' | 'tanh' | 'relu', x: tf.Tensor): tf.Tensor {
  if (activation === 'relu') return tf.cast(tf.greater(x, 0), 'float32')
  const e = tf.exp(tf.neg(tf.abs(x)))
  return activation === 'sigmoid' ? overSquare(e) : tf.mul(4, overSquare(tf.square(e)))
}
