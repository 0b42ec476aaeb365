import * as tf from '@tensorflow/tfjs-core'

const flag = 'WEBGPU_MATMUL_PROGRAM_TYPE'
/** The program of TensorFlow.js that goes over tiles of a product. */
const overTiles = 3
/** A multiple of all lengths of tiles along the sum. */
const longestTile = 128

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

/**
 * A product whose factors may be infinite. On WebGPU the programs of TensorFlow.js multiply zeros beyond the last column
 * of one with whatever they read beyond the last row of the other, such as its last element, and infinity times 0 is NaN.
 * Where the length is that of their tiles, they read no further.
 */
export function productOfAny(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  const [, D] = a.shape
  if (tf.getBackend() !== 'webgpu') return tf.matMul(a, b)
  const beyond = Math.ceil(D / longestTile) * longestTile - D
  const nothing: [number, number] = [0, 0]
  return tf.matMul(tf.pad(a, [nothing, [0, beyond]]), tf.pad(b, [[0, beyond], nothing]))
}
