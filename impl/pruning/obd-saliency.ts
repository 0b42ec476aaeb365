import * as tf from '@tensorflow/tfjs-core'
import type {
  deletionCost as costSpec,
  saliencies as spec,
} from '../../spec/pruning/obd-saliency.ts'
import type { Fast } from '../operation.ts'
import { keep } from './connection.ts'

/** ½ h u² of each parameter. */
export function saliencyOf(h: tf.Tensor, u: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(h, 0.5), tf.square(u))
}

/** The diagonal of a square matrix: every so many numbers of its rows in a row. */
export function diagonalOf(matrix: tf.Tensor): tf.Tensor {
  const P = matrix.shape[0]!
  return tf.gather(tf.reshape(matrix, [-1]), tf.range(0, P * P, P + 1, 'int32'))
}

/**
 * Saliencies of parameters by their second derivatives.
 *
 * Clauses    pruning.obd.saliency
 * Fast by    elementwise products
 */
export const saliencies: Fast<typeof spec> = ({ curvature, weights }) => ({
  saliencies: saliencyOf(curvature, weights),
})

/**
 * Rise of a quadratic loss by the deletion of weights, beside saliencies.
 *
 * Clauses    pruning.obd.saliency-is-loss-change
 * Fast by    the products of all pairs at once, of which the diagonal is one sum and the rest another
 */
export const deletionCost: Fast<typeof costSpec> = ({ matrix, weights, mask }) => {
  const P = weights.shape[0]!
  const deleted = keep(tf.sub(1, mask), weights)
  const pairs = tf.mul(tf.reshape(deleted, [P, 1]), tf.reshape(deleted, [1, P]))
  const all = tf.mul(tf.mul(matrix, 0.5), pairs)
  const isMixed = tf.sub(1, tf.eye(P))
  return {
    predicted: tf.sum(keep(tf.eye(P), all)),
    mixed: tf.sum(keep(isMixed, all)),
    actual: tf.sum(all),
  }
}
