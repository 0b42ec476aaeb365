import * as tf from '@tensorflow/tfjs-core'
import { onHost } from './host.ts'
import { lengths } from './norm.ts'
import { spanning } from './svd-basis.ts'
import { orthogonalized } from './svd-rotations.ts'
import { byLoops } from './svd-thin.ts'

type Matrix = tf.Tensor2D

/**
 * Orthogonal rows T with TᵀT = AᵀA, for A of n rows or more and n columns: singular values times right vectors. Of a
 * symmetric matrix without negative eigenvalues the lengths of the rows are its eigenvalues.
 */
export function principalRows(A: Matrix): Matrix {
  const columns = tf.transpose(A)
  // TensorFlow has an operation of its own, which loses digits of small values.
  if (onHost()) {
    const { values, left } = byLoops(columns)
    return tf.mul(tf.reshape(values, [-1, 1]), tf.transpose(left))
  }
  return orthogonalized(tf.matMul(spanning(columns), columns, false, true)).images
}

/** The sum of the singular values of a matrix. */
export function nuclearNorm(A: Matrix): tf.Scalar {
  const [rows, columns] = A.shape
  const tall = rows < columns ? tf.transpose(A) : A
  return tf.sum(lengths(principalRows(tall), 1))
}
