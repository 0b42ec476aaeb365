import * as tf from '@tensorflow/tfjs-core'

/** Derivative of the hyperbolic tangent where it is y: 1 − y². */
export function tanhSlope(y: tf.Tensor): tf.Tensor {
  return tf.sub(1, tf.square(y))
}
