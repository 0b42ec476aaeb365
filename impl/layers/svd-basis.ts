import * as tf from '@tensorflow/tfjs-core'
import { lengths } from '../layers/norm.ts'

type Matrix = tf.Tensor2D

/** As a share of all: what is no longer than a few roundings has no direction, and any will do. */
export const lost = 8 * 2 ** -24

/** What is shorter beside elements of up to 1 is zero; its fourth power does not underflow. */
export const negligible = 2 ** -30

/**
 * Orthonormal rows that span those of A, the first the direction of the longest, each further one that of what
 * is longest when all before are taken away. Where no more is left than a share of the whole, axes take the
 * place.
 *
 * In these coordinates small rows of A no longer come out of large ones, so that rotations find them in a few
 * sweeps (Drmač and Veselić 2008, New fast and accurate Jacobi SVD algorithm I).
 */
export function spanning(A: Matrix): Matrix {
  const [n] = A.shape
  const least = tf.maximum(tf.mul(lengths(A), lost), negligible)
  let basis = tf.zerosLike(A)
  let left = A
  for (let l = 0; l < n; l++) {
    const before = [basis, left]
    ;[basis, left] = tf.tidy(() => {
      const all = lengths(left, 1)
      const longest = tf.gather(left, tf.reshape(tf.argMax(all), [1])) as Matrix
      // What rounding left of the directions before is no direction.
      const rest = away(longest, basis)
      const isThere = tf.greater(lengths(rest), least)
      const added = direction(tf.where(isThere, rest, furthestAxis(basis)), basis)
      const taken = tf.matMul(tf.matMul(left, added, false, true), added)
      return [put(basis, l, added), tf.sub<Matrix>(left, taken)] as const
    }) as [Matrix, Matrix]
    if (l > 0) tf.dispose(before)
  }
  return basis
}

/** The unit vector of a row without its parts along orthonormal rows, which are taken away twice. */
export function direction(row: Matrix, rows: Matrix): Matrix {
  const left = away(away(row, rows), rows)
  return tf.div(left, tf.maximum(lengths(left), negligible))
}

const away = (row: Matrix, rows: Matrix): Matrix =>
  tf.sub(row, tf.matMul(tf.matMul(row, rows, false, true), rows))

/** The axis that some orthonormal rows have least of. */
export function furthestAxis(rows: Matrix): Matrix {
  const m = rows.shape[1]
  const furthest = tf.argMin(tf.sum(tf.square(rows), 0), 0)
  return tf.reshape(tf.cast(tf.equal(tf.range(0, m, 1, 'int32'), furthest), 'float32'), [1, m])
}

/** A row in the place of one of zeros. */
export function put(rows: Matrix, l: number, row: Matrix): Matrix {
  const below = rows.shape[0] - l - 1
  return tf.add(
    rows,
    tf.pad(row, [
      [l, below],
      [0, 0],
    ]),
  )
}
