import * as tf from '@tensorflow/tfjs-core'
import type { svd as spec } from '../../spec/lowrank/svd.ts'
import type { Fast } from '../operation.ts'
import { orthogonalized } from './svd-rotations.ts'

type Matrix = tf.Tensor2D

/** What is shorter beside elements of up to 1 is zero; its fourth power does not underflow. */
const negligible = 2 ** -30

/** As a share of all: a vector that is no longer than a few roundings has no direction, and any will do. */
const lost = 8 * 2 ** -24

/**
 * Singular value decomposition.
 *
 * Clauses    lowrank.svd
 * Fast by    one-sided Jacobi rotations, block by block and many at once; columns lie as rows, which are read in
 *            one piece. The vector of a value that is lost in rounding is any that the others leave room for
 */
export const svd: Fast<typeof spec> = ({ weights }) => {
  const [H, W] = weights.shape as [number, number]
  const wide = W > H
  const n = Math.min(H, W)
  const largest = tf.max(tf.abs(weights))
  const scale = tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest))
  const columns = (wide ? weights : tf.transpose(weights)) as Matrix

  const { images, axes } = orthogonalized(tf.div(columns, scale))
  const lengths = tf.norm(images, 'euclidean', 1) as tf.Tensor1D
  const { values, indices } = tf.topk(lengths, n)
  const lengthOf = tf.reshape(values, [n, 1])
  const isThere = tf.greater(lengthOf, tf.maximum(tf.mul(tf.norm(values), lost), negligible))
  const there = tf.cast(isThere, 'float32') as Matrix
  const divisors = tf.where(isThere, lengthOf, tf.onesLike(lengthOf))
  const directions = tf.mul<Matrix>(tf.div(tf.gather(images, indices), divisors), there)
  const longer = tf.transpose(completed(directions, there))
  const shorter = tf.transpose(tf.gather(axes, indices))
  const S = tf.mul(values, scale)
  return wide ? { U: shorter, S, V: longer } : { U: longer, S, V: shorter }
}

/**
 * Orthonormal rows: those that are there, and for each that is not, the axis that is furthest from all rows so
 * far, made orthogonal to them twice.
 */
function completed(given: Matrix, there: Matrix): Matrix {
  const [n, m] = given.shape
  const unit = tf.eye(n)
  const places = tf.range(0, m, 1, 'int32')
  const isMissing = tf.sub(1, there)
  const away = (v: Matrix, from: Matrix) =>
    tf.sub<Matrix>(v, tf.matMul(tf.matMul(v, from, false, true), from))
  let rows = given
  // How much of each axis the rows have.
  let taken = tf.sum(tf.square(given), 0, true) as Matrix
  for (let l = 0; l < n; l++) {
    const before = [rows, taken]
    ;[rows, taken] = tf.tidy(() => {
      const furthest = tf.equal(places, tf.argMin(taken, 1))
      const axis = tf.reshape(tf.cast(furthest, 'float32'), [1, m]) as Matrix
      const direction = away(away(axis, rows), rows)
      const missing = tf.slice(isMissing, [l, 0], [1, 1])
      const added = tf.mul<Matrix>(
        tf.div(direction, tf.maximum(tf.norm(direction), negligible)),
        missing,
      )
      const place = tf.slice(unit, [0, l], [n, 1]) as Matrix
      return [tf.add(rows, tf.matMul(place, added)), tf.add(taken, tf.square(added))] as const
    }) as [Matrix, Matrix]
    if (l > 0) tf.dispose(before)
  }
  return rows
}
