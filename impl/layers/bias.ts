import * as tf from '@tensorflow/tfjs-core'

/** Gradient by the biases: one sum over all axes but the last, of samples and places alike. */
export function biasGradient(dy: tf.Tensor): tf.Tensor {
  return tf.sum(
    dy,
    Array.from({ length: dy.rank - 1 }, (_, axis) => axis),
  )
}
