import * as tf from '@tensorflow/tfjs-core'
import { areSurelyFinite } from './finite.ts'
import { isTensorflowOnCpu, onHost } from './host.ts'
import { lengths } from './norm.ts'
import { direction, furthestAxis, lost, negligible, put, spanning } from './svd-basis.ts'
import { decomposedByLoops } from './svd-loops.ts'
import { orthogonalized } from './svd-rotations.ts'
import { svdByTensorflow } from './tensorflow-calls.ts'

type Matrix = tf.Tensor2D

/** The singular values, the largest first, and the vectors of either side, one a column. */
export interface Thin {
  readonly values: tf.Tensor1D
  readonly left: Matrix
  readonly right: Matrix
}

/**
 * The thin decomposition of a matrix of no more rows than columns, whose elements are of up to 1 and not all far
 * below. The vector of a value that is lost in rounding is any that the others leave room for.
 *
 * Fast by    the operation of TensorFlow for it, where that computes on a processor, which its packages do not call;
 *            loops in double precision where the host computes; elsewhere rotations of many rows at once
 */
export function thinSvd(A: Matrix): Thin {
  if (isTensorflowOnCpu()) return byTensorflow(A)
  return onHost() ? byLoops(A) : byRotations(A)
}

/**
 * By the operation of TensorFlow, unless what it makes is not orthonormal, or not A: vectors of values whose squares
 * are below the least number may be longer than 1 (2.19). Smallest case: of the rows 0, −2^-57, 2^-27, 0 and −2^-21,
 * −1.5 · 2^-50, 0, 1.5 · 2^-47 and −1.5 · 2^-59, 0, 0, 0 the third right vector has the square 1.016.
 */
function byTensorflow(A: Matrix): Thin {
  // Of what is no number it complains in the terminal.
  if (!areSurelyFinite(A)) return byRotations(A)
  const [values, left, right] = svdByTensorflow(A)
  const isRight = tf.tidy(() => {
    const unlike = (X: Matrix) => tf.sub(tf.matMul(X, X, true), tf.eye(X.shape[1]))
    const product = tf.matMul(tf.mul<Matrix>(left, values), right, false, true)
    const off = [unlike(left), unlike(right)].map((x) => tf.max(tf.abs(x)))
    const missed = tf.div(lengths(tf.sub(product, A)), tf.maximum(lengths(A), 2 ** -126))
    // Of what the clause allows (spec/lowrank/svd.ts), a quarter to vectors, and half to the norm of what is missed.
    return tf.max(tf.stack([...off, missed])).dataSync()[0]! <= 45 * A.shape[1] * 2 ** -24
  })
  return isRight ? { values, left, right } : byRotations(A)
}

/** By loops of the host, in double precision, so that small values keep their digits, too. */
export function byLoops(A: Matrix): Thin {
  const [n, m] = A.shape
  const { values, left, right } = decomposedByLoops({ n, m, data: Float64Array.from(A.dataSync()) })
  return {
    values: tf.tensor1d(new Float32Array(values)),
    left: tf.transpose(tf.tensor2d(new Float32Array(left.data), [n, n])),
    right: tf.transpose(tf.tensor2d(new Float32Array(right.data), [n, m])),
  }
}

/**
 * By one-sided Jacobi rotations, block by block and many at once, in coordinates in which few sweeps will do; columns
 * lie as rows, which are read in one piece.
 */
export function byRotations(A: Matrix): Thin {
  const [n] = A.shape
  const basis = spanning(A)
  const { images, axes } = orthogonalized(tf.matMul(basis, A, false, true))
  const found = lengths(images, 1) as tf.Tensor1D
  const { values, indices } = tf.topk(found, n)
  const lengthOf = tf.reshape(values, [n, 1])
  const isThere = tf.greater(lengthOf, tf.maximum(tf.mul(lengths(values), lost), negligible))
  const there = tf.cast(isThere, 'float32') as Matrix
  const divisors = tf.where(isThere, lengthOf, tf.onesLike(lengthOf))
  const directions = tf.mul<Matrix>(tf.div(tf.gather(images, indices), divisors), there)
  return {
    values,
    left: tf.transpose(completed(directions, there)),
    right: tf.transpose(tf.matMul(tf.gather(axes, indices) as Matrix, basis)),
  }
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
