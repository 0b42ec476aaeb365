import * as tf from '@tensorflow/tfjs-core'
import type { truncate as spec } from '../../spec/lowrank/truncate.ts'
import type { Fast } from '../operation.ts'

/**
 * The place of each singular value among all, 0 for the largest: how many are larger, or equal and before
 * it. One comparison of all with all, since what sorting makes of equal ones depends on the backend.
 */
export function placesOf(S: tf.Tensor): tf.Tensor1D {
  const R = S.shape[0]!
  const [own, others] = [tf.reshape(S, [R, 1]), tf.reshape(S, [1, R])]
  const [at, before] = [tf.reshape(tf.range(0, R), [R, 1]), tf.reshape(tf.range(0, R), [1, R])]
  const ahead = tf.logicalOr(
    tf.greater(others, own),
    tf.logicalAnd(tf.equal(others, own), tf.less(before, at)),
  )
  return tf.sum(tf.cast(ahead, 'float32'), 1)
}

/**
 * Truncation of a singular value decomposition.
 *
 * Clauses    lowrank.truncate
 * Fast by    zeros in the place of the values that are not kept, and one matrix product
 */
export const truncate: Fast<typeof spec> = ({ U, S, V }, { rule, count, threshold }) => {
  const isKept =
    rule === 'count' ? tf.less(placesOf(S), count) : tf.greaterEqual(S, tf.scalar(threshold))
  const kept = tf.cast(isKept, 'float32')
  const scaled = tf.mul(U, tf.mul(S, kept)) as tf.Tensor2D
  return { kept, matrix: tf.matMul(scaled, V as tf.Tensor2D, false, true) }
}
