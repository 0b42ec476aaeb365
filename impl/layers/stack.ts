import * as tf from '@tensorflow/tfjs-core'

/** The array at a position of the first axis. */
export function memberOf(stack: tf.Tensor, position: number): tf.Tensor {
  return tf.squeeze(tf.slice(stack, position, 1), [0])
}
