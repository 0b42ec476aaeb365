import * as tf from '@tensorflow/tfjs-core'
import type { sensitivity as spec } from '../../spec/pruning/sensitivity.ts'
import { firstSmallest } from '../layers/first.ts'
import type { Fast } from '../operation.ts'

/**
 * Change of a quadratic loss by the removal of each weight.
 *
 * Clauses    pruning.sensitivity
 * Fast by    the expansion, which ends with its second term: one product with the matrix instead of a
 *            loss for each weight
 */
export const sensitivity: Fast<typeof spec> = ({ matrix, minimum, weights }) => {
  const H = matrix as tf.Tensor2D
  const P = H.shape[0]
  const off = tf.reshape(tf.sub(weights, minimum), [P, 1]) as tf.Tensor2D
  const twice = tf.reshape(tf.add(tf.matMul(H, off), tf.matMul(H, off, true)), [P])
  const diagonal = tf.sum(tf.mul(H, tf.eye(P)), 1)
  const bent = tf.mul(tf.mul(diagonal, weights), 0.5)
  const changes = tf.mul(weights, tf.sub(bent, tf.mul(twice, 0.5)))
  return { changes, first: tf.reshape(firstSmallest(changes), []) }
}
