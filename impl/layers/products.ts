import * as tf from '@tensorflow/tfjs-core'

const flag = 'WEBGPU_MATMUL_PROGRAM_TYPE'
/** The program of TensorFlow.js that goes over tiles of a product. */
const overTiles = 3

/**
 * Runs what takes thousands of small products one after the other.
 *
 * WebGPU has a program for products of few elements, with a group of workers for each element that wait for each
 * other. It is to keep a large GPU busy; where a GPU runs on the processor, a product of 8 × 8 takes it 60 ms
 * and the program for all others less than one.
 */
export function inSmallProducts<T>(compute: () => T): T {
  if (tf.getBackend() !== 'webgpu') return compute()
  const before = tf.env().getNumber(flag)
  tf.env().set(flag, overTiles)
  try {
    return compute()
  } finally {
    tf.env().set(flag, before)
  }
}
