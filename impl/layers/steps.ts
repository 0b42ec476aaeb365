import * as tf from '@tensorflow/tfjs-core'

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

/**
 * The arrays along the first axis. On WebAssembly a slice copies all that it is taken from, so that to take
 * one after the other from a long sequence takes time with the square of its length; what is gathered is
 * copied alone.
 */
export function eachStep(array: tf.Tensor): tf.Tensor[] {
  const [T, ...shape] = array.shape as [number, ...number[]]
  if (T <= 4 || tf.getBackend() !== 'wasm') return tf.unstack(array)
  const steps = tf.reshape(array, [T, array.size / T])
  return Array.from({ length: T }, (_, t) =>
    tf.reshape(tf.gather(steps, tf.tensor1d([t], 'int32')), shape),
  )
}

/** Bits, one a step and sequence, for each of so many units: a product is faster than copies of them. */
export function forUnits(bits: tf.Tensor, units: number): tf.Tensor {
  const column = tf.reshape(bits, [bits.size, 1]) as tf.Tensor2D
  return tf.reshape(tf.matMul(column, tf.ones([1, units])), [...bits.shape, units])
}
