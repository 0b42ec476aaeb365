import * as tf from '@tensorflow/tfjs-core'

const largest = 2 ** 31 - 1

/**
 * Counts as a tensor: of int32 where it holds all of them, and otherwise the nearest numbers of float32,
 * since TensorFlow.js lets what an int32 does not hold wrap around.
 */
export function counts(values: readonly number[], shape = [values.length]): tf.Tensor {
  return tf.tensor(
    [...values],
    shape,
    values.every((value) => value <= largest) ? 'int32' : 'float32',
  )
}

/** A single count. */
export function count(value: number): tf.Tensor {
  return counts([value], [])
}

/** Rows of counts. */
export function countsInRows(rows: readonly (readonly number[])[]): tf.Tensor {
  return counts(rows.flat(), [rows.length, rows[0]!.length])
}
