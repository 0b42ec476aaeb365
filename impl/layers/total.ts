import * as tf from '@tensorflow/tfjs-core'

/**
 * The sum of arrays of one shape, however many. Not by `tf.addN`: on WebGPU eight arrays already need more buffers
 * than a shader may bind.
 */
export const totalOf = (arrays: readonly tf.Tensor[]): tf.Tensor =>
  arrays.reduce((sum, one) => tf.add(sum, one))
