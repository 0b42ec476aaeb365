import * as tf from '@tensorflow/tfjs-core'
import type { svd as spec } from '../../spec/lowrank/svd.ts'
import { lengths, shares } from '../layers/norm.ts'
import { lost } from '../layers/principal-rows.ts'
import { inSmallProducts } from '../layers/products.ts'
import { direction, furthestAxis, negligible, put, spanning } from '../layers/svd-basis.ts'
import { orthogonalized } from '../layers/svd-rotations.ts'
import type { Fast } from '../operation.ts'

type Matrix = tf.Tensor2D

/**
 * Singular value decomposition.
 *
 * Clauses    lowrank.svd
 * Fast by    one-sided Jacobi rotations, block by block and many at once, in coordinates in which few sweeps
 *            will do; columns lie as rows, which are read in one piece. The vector of a value that is lost in
 *            rounding is any that the others leave room for
 */
export const svd: Fast<typeof spec> = ({ weights }) =>
  inSmallProducts(() => decomposed(weights as Matrix))

/** The thin decomposition of a matrix, its vectors one a column. */
export function decomposed(weights: Matrix) {
  const [H, W] = weights.shape
  const wide = W > H
  const n = Math.min(H, W)
  const largest = tf.max(tf.abs(weights))
  const scale = tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest))
  const columns = shares(wide ? weights : tf.transpose(weights), scale)

  const basis = spanning(columns, lost)
  const { images, axes } = orthogonalized(tf.matMul(basis, columns, false, true))
  const found = lengths(images, 1) as tf.Tensor1D
  const { values, indices } = tf.topk(found, n)
  const lengthOf = tf.reshape(values, [n, 1])
  const isThere = tf.greater(lengthOf, tf.maximum(tf.mul(lengths(values), lost), negligible))
  const there = tf.cast(isThere, 'float32') as Matrix
  const divisors = tf.where(isThere, lengthOf, tf.onesLike(lengthOf))
  const directions = tf.mul<Matrix>(tf.div(tf.gather(images, indices), divisors), there)
  const shorter = tf.transpose(completed(directions, there))
  const longer = tf.transpose(tf.matMul(tf.gather(axes, indices) as Matrix, basis))
  const S = tf.mul(values, scale)
  return wide ? { U: shorter, S, V: longer } : { U: longer, S, V: shorter }
}

/**
 * Orthonormal rows: those that are there, and for each that is not, the axis that is furthest from all rows so
 * far, made orthogonal to them twice.
 */
function completed(given: Matrix, there: Matrix): Matrix {
  const [n] = given.shape
  const isMissing = tf.sub(1, there)
  let rows = given
  for (let l = 0; l < n; l++) {
    const before = rows
    rows = tf.tidy(() => {
      const missing = tf.slice(isMissing, [l, 0], [1, 1])
      const added = tf.mul<Matrix>(direction(furthestAxis(before), before), missing)
      return put(before, l, added)
    })
    if (l > 0) before.dispose()
  }
  return rows
}
