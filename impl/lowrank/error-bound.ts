import * as tf from '@tensorflow/tfjs-core'
import type { errorCurve as spec } from '../../spec/lowrank/error-bound.ts'
import { lengths } from '../layers/norm.ts'
import type { Fast } from '../operation.ts'
import { placesOf } from './truncate.ts'

/**
 * Errors of truncated layers, and their bounds.
 *
 * Clauses    lowrank.error-bound, lowrank.error-monotone
 * Fast by    a product with a matrix of zeros and ones puts the values in order; then the share of each
 *            value in the outputs is added up from the last one on, in another such product
 */
export const errorCurve: Fast<typeof spec> = ({ x, U, S, V }) => {
  const R = S.shape[0]!
  const [N, W] = [x.shape[0]!, V.shape[0]!]
  const [places, ranks] = [tf.reshape(placesOf(S), [R, 1]), tf.reshape(tf.range(0, R), [1, R])]
  const order = tf.cast(tf.equal(places, ranks), 'float32') as tf.Tensor2D
  const inOrder = (A: tf.Tensor) => tf.matMul(A as tf.Tensor2D, order)
  const values = tf.reshape(inOrder(tf.reshape(S, [1, R])), [R])

  const along = tf.mul(tf.matMul(x as tf.Tensor2D, inOrder(U)), values)
  const shares = tf.mul(
    tf.reshape(tf.transpose(along), [R, N, 1]),
    tf.reshape(tf.transpose(inOrder(V)), [R, 1, W]),
  )
  const fromOn = tf.cast(tf.greaterEqual(ranks, tf.transpose(ranks)), 'float32') as tf.Tensor2D
  const lost = tf.matMul(fromOn, tf.reshape(shares, [R, N * W]))
  const errors = lengths(lost, 1)
  const bounds = tf.mul(values, lengths(x))
  return { errors: tf.concat([errors, [0]]), bounds: tf.concat([bounds, [0]]) }
}
