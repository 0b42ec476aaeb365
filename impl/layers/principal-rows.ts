import * as tf from '@tensorflow/tfjs-core'
import { lengths } from './norm.ts'
import { spanning } from './svd-basis.ts'
import { orthogonalized } from './svd-rotations.ts'

type Matrix = tf.Tensor2D

/** As a share of all: what is no longer than a few roundings has no direction, and any will do. */
export const lost = 8 * 2 ** -24

/**
 * Orthogonal rows T with TᵀT = AᵀA, for A of n rows or more and n columns: singular values times right vectors. Of a
 * symmetric matrix without negative eigenvalues the lengths of the rows are its eigenvalues.
 */
export function principalRows(A: Matrix): Matrix {
  const columns = tf.transpose(A)
  return orthogonalized(tf.matMul(spanning(columns, lost), columns, false, true)).images
}

/** The sum of the singular values of a matrix. */
export function nuclearNorm(A: Matrix): tf.Scalar {
  const [rows, columns] = A.shape
  const tall = rows < columns ? tf.transpose(A) : A
  return tf.sum(lengths(principalRows(tall), 1))
}
