import * as tf from '@tensorflow/tfjs-core'
import type { svd as spec } from '../../spec/lowrank/svd.ts'
import { shares } from '../layers/norm.ts'
import { inSmallProducts } from '../layers/products.ts'
import { thinSvd } from '../layers/svd-thin.ts'
import type { Fast } from '../operation.ts'

type Matrix = tf.Tensor2D

/**
 * Singular value decomposition.
 *
 * Clauses    lowrank.svd
 * Fast by    what the device does best: an operation of TensorFlow or loops on a processor, elsewhere one-sided Jacobi
 *            rotations of many rows at once. The vector of a value that is lost in rounding is any that the others
 *            leave room for
 */
export const svd: Fast<typeof spec> = ({ weights }) =>
  inSmallProducts(() => decomposed(weights as Matrix))

/** The thin decomposition of a matrix, its vectors one a column. */
export function decomposed(weights: Matrix) {
  const [H, W] = weights.shape
  const wide = W > H
  const largest = tf.max(tf.abs(weights))
  const scale = tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest))
  const { values, left, right } = thinSvd(
    shares(wide ? weights : tf.transpose(weights), scale) as Matrix,
  )
  const S = tf.mul(values, scale)
  return wide ? { U: left, S, V: right } : { U: right, S, V: left }
}
