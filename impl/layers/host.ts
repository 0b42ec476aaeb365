import * as tf from '@tensorflow/tfjs-core'

/**
 * Whether the host itself computes, in the memory that kernels of the device read, so that a loop takes the
 * time of a copy and its own. TensorFlow on CPU has better kernels than that.
 */
export function onHost(): boolean {
  return tf.getBackend() === 'wasm' || tf.getBackend() === 'cpu'
}

/** Whether TensorFlow computes on CPU, in the memory of the host. */
export function isTensorflowOnCpu(): boolean {
  const { isUsingGpuDevice } = tf.backend() as { isUsingGpuDevice?: boolean }
  return tf.getBackend() === 'tensorflow' && isUsingGpuDevice === false
}
