import * as tf from '@tensorflow/tfjs-core'
import type { svd as spec } from '../../spec/lowrank/svd.ts'
import type { Fast } from '../operation.ts'

type Matrix = tf.Tensor2D

/** What is smaller beside elements of up to 1 is zero: far below a rounding, and far above what underflows. */
const negligible = 2 ** -40

/** Vectors whose cosine is no larger count as orthogonal; half a unit in the last place of 1. */
const orthogonal = 2 ** -24

/**
 * How often every pair of columns is made orthogonal. Convergence is quadratic in the end; for the
 * largest matrices nine are enough in single precision, for small ones fewer.
 */
const sweepsOf = (columns: number) => Math.min(10, 4 + Math.ceil(Math.log2(columns)))

/**
 * Singular value decomposition.
 *
 * Clauses    lowrank.svd
 * Fast by    one-sided Jacobi rotations of all pairs that a round of a tournament plays, at once: each
 *            column meets every other one in a sweep, with a fixed number of sweeps, so that the host is
 *            never asked whether they are orthogonal yet. Columns lie as rows, which are read in one piece
 */
export const svd: Fast<typeof spec> = ({ weights }) => {
  const [H, W] = weights.shape as [number, number]
  const wide = W > H
  const [m, n] = wide ? [W, H] : [H, W]
  const largest = tf.max(tf.abs(weights))
  const scale = tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest))
  const columns = (wide ? weights : tf.transpose(weights)) as Matrix

  const { images, turned } = orthogonalized(tf.div(columns, scale), m, n)
  const lengths = tf.norm(images, 'euclidean', 1) as tf.Tensor1D
  const { values, indices } = tf.topk(lengths, n)
  const lengthOf = tf.reshape(values, [n, 1])
  const isThere = tf.greater(lengthOf, negligible)
  const there = tf.cast(isThere, 'float32') as Matrix
  const divisors = tf.where(isThere, lengthOf, tf.onesLike(lengthOf))
  const directions = tf.mul<Matrix>(tf.div(tf.gather(images, indices), divisors), there)
  const longer = tf.transpose(completed(directions, there))
  const shorter = tf.transpose(tf.gather(turned, indices))
  const S = tf.mul(values, scale)
  return wide ? { U: shorter, S, V: longer } : { U: longer, S, V: shorter }
}

/** The columns of A V, which are orthogonal, and those of V, each as rows. */
function orthogonalized(A: Matrix, m: number, n: number): { images: Matrix; turned: Matrix } {
  if (n === 1) return { images: A, turned: tf.ones([1, 1]) }
  // A column of zeros meets the one that would have no opponent; nothing turns it.
  const players = n + (n % 2)
  const next = nextRound(players)
  let both = tf.concat(
    [
      tf.pad(A, [
        [0, players - n],
        [0, 0],
      ]),
      tf.eye(players),
    ],
    1,
  ) as Matrix
  for (let sweep = 0; sweep < sweepsOf(n); sweep++) {
    for (let round = 1; round < players; round++) {
      // After a sweep everybody is in the first place again.
      both = instead(both, (seats) => tf.gather(played(seats, m), next))
    }
  }
  return { images: tf.slice(both, [0, 0], [n, m]), turned: tf.slice(both, [0, m], [n, n]) }
}

/** What a step makes of a matrix, which is freed: there are thousands of steps. */
function instead(before: Matrix, step: (before: Matrix) => Matrix): Matrix {
  const after = tf.tidy(() => step(before))
  before.dispose()
  return after
}

/** Who sits where in the next round of a tournament: the first stays, and the others move on in a circle. */
function nextRound(players: number): tf.Tensor1D {
  const half = players / 2
  const circle = [
    ...Array.from({ length: half - 1 }, (_, i) => i + 1),
    ...Array.from({ length: half }, (_, i) => players - 1 - i),
  ]
  const before = new Map(circle.map((place, i) => [place, circle.at(i - 1)!]))
  const seats = Array.from({ length: players }, (_, place) => before.get(place) ?? 0)
  return tf.tensor1d(seats, 'int32')
}

/** A round: the first half of the vectors against the second, each pair turned until it is orthogonal. */
function played(both: Matrix, m: number): Matrix {
  const [players, length] = both.shape
  const half = players / 2
  const [X, Y] = [tf.slice(both, [0, 0], [half, length]), tf.slice(both, [half, 0], [half, length])]
  const [x, y] = [tf.slice(X, [0, 0], [half, m]), tf.slice(Y, [0, 0], [half, m])]
  const dot = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(a, b), 1, true)
  const [xx, yy, xy] = [dot(x, x), dot(y, y), dot(x, y)]

  const limit = tf.mul(tf.mul(tf.sqrt(xx), tf.sqrt(yy)), orthogonal)
  const meet = tf.greater(tf.abs(xy), limit)
  const apart = tf.sub(yy, xx)
  const cotangent = tf.div(apart, tf.where(meet, tf.mul(xy, 2), tf.onesLike(xy)))
  const size = tf.abs(cotangent)
  const smaller = tf.div(1, tf.add(size, tf.sqrt(tf.add(tf.square(size), 1))))
  const signed = tf.where(tf.less(cotangent, 0), tf.neg(smaller), smaller)
  const tangent = tf.where(meet, signed, tf.zerosLike(signed))
  const cosine = tf.div(1, tf.sqrt(tf.add(tf.square(tangent), 1)))
  const sine = tf.mul(cosine, tangent)
  return tf.concat([
    tf.sub(tf.mul(cosine, X), tf.mul(sine, Y)),
    tf.add(tf.mul(sine, X), tf.mul(cosine, Y)),
  ])
}

/**
 * Orthonormal rows: those that are there, and for each that is not, the axis that is furthest from all rows so
 * far, made orthogonal to them twice.
 */
function completed(given: Matrix, there: Matrix): Matrix {
  const [n, m] = given.shape
  const unit = tf.eye(n)
  const away = (v: Matrix, from: Matrix) =>
    tf.sub<Matrix>(v, tf.matMul(tf.matMul(v, from, false, true), from))
  let all = given
  for (let l = 0; l < n; l++) {
    all = instead(all, (rows) => {
      const furthest = tf.argMin(tf.sum(tf.square(rows), 0))
      const isAxis = tf.equal(tf.range(0, m, 1, 'int32'), furthest)
      const axis = tf.reshape(tf.cast(isAxis, 'float32'), [1, m]) as Matrix
      const direction = away(away(axis, rows), rows)
      const length = tf.maximum(tf.norm(direction), negligible)
      const missing = tf.sub(1, tf.slice(there, [l, 0], [1, 1]))
      const place = tf.mul(tf.slice(unit, [0, l], [n, 1]), missing)
      return tf.add(rows, tf.mul(place, tf.div(direction, length)))
    })
  }
  return all
}
