import * as tf from '@tensorflow/tfjs-core'

/**
 * Gradient of the rectifier: dy where x > 0, and 0 elsewhere. What the rectifier gave will do for x.
 *
 * Fast by    a selection instead of a product, by which NaN would come through where x ≤ 0
 */
export function rectifyGradient(x: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  return tf.where(tf.greater(x, 0), dy, tf.zerosLike(dy))
}
