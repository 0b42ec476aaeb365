import * as tf from '@tensorflow/tfjs-core'

/** Derivative of the sigmoid where it is y: y (1 − y), without another exponential. */
export function sigmoidSlope(y: tf.Tensor): tf.Tensor {
  return tf.mul(y, tf.sub(1, y))
}
