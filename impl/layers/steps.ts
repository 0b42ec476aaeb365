import * as tf from '@tensorflow/tfjs-core'
import { isTensorflowOnCpu, onHost } from './host.ts'

/** Rows of all indices but the last one. */
export function rows(array: tf.Tensor): tf.Tensor2D {
  const units = array.shape.at(-1)!
  return tf.reshape(array, [array.size / units, units])
}

/**
 * The transpose as a matrix of its own: a product with it is fast on every backend, while WebAssembly has
 * a slow one for factors that are to be transposed on the way.
 */
export function turned(matrix: tf.Tensor2D): tf.Tensor2D {
  return tf.transpose(matrix)
}

/** The arrays along the first axis. */
export const eachStep = (array: tf.Tensor): tf.Tensor[] => tf.unstack(array)

/** Whether the host can see that an array is zero, such as the padding where there is none. */
export function isSeenToBeZero(array: tf.Tensor): boolean {
  if (onHost()) return array.dataSync().every((number) => number === 0)
  // TensorFlow has its memory apart, from which one number is read.
  return isTensorflowOnCpu() && tf.tidy(() => tf.sum(tf.abs(array)).dataSync()[0] === 0)
}

/** Where steps are padding, N × H each; `null` for each where none is. */
export function paddingOfEach(padded: tf.Tensor, units: number): (tf.Tensor | null)[] {
  if (isSeenToBeZero(padded)) return Array.from({ length: padded.shape[0]! }, () => null)
  return eachStep(forUnits(padded, units)).map((step) => tf.cast(step, 'bool'))
}

/** One array where a step is padding, and another one elsewhere: by selection, whatever is in them. */
export const select = (padding: tf.Tensor | null, padded: tf.Tensor, other: tf.Tensor) =>
  padding === null ? other : tf.where(padding, padded, other)

/** An array without what is in it where steps are padding. */
export const unless = (padding: tf.Tensor | null, array: tf.Tensor) =>
  padding === null ? array : tf.where(padding, tf.zerosLike(array), array)

/** The inputs of a sequence, and zeros where they are padding, which may hold anything. */
export const countedOf = (x: tf.Tensor, padded: tf.Tensor) =>
  unless(isSeenToBeZero(padded) ? null : tf.cast(forUnits(padded, x.shape.at(-1)!), 'bool'), x)

/** Bits, one a step and sequence, for each of so many units: a product is faster than copies of them. */
export function forUnits(bits: tf.Tensor, units: number): tf.Tensor {
  const column = tf.reshape(bits, [bits.size, 1]) as tf.Tensor2D
  return tf.reshape(tf.matMul(column, tf.ones([1, units])), [...bits.shape, units])
}
