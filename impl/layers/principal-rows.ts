import * as tf from '@tensorflow/tfjs-core'
import { isTensorflowOnCpu, onHost } from './host.ts'
import { lengths } from './norm.ts'
import { spanning } from './svd-basis.ts'
import { orthogonalized } from './svd-rotations.ts'
import { byLoops } from './svd-thin.ts'

type Matrix = tf.Tensor2D

/** Up to so many, loops are faster than products of blocks by TensorFlow, whose own decomposition loses digits of small values. */
const fewRows = 256

/**
 * Orthogonal rows T with TᵀT = AᵀA, for A of n rows or more and n columns: singular values times right vectors. Of a
 * symmetric matrix without negative eigenvalues the lengths of the rows are its eigenvalues.
 */
export function principalRows(A: Matrix): Matrix {
  const columns = tf.transpose(A)
  if (onHost() || (isTensorflowOnCpu() && columns.shape[0] <= fewRows)) {
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
