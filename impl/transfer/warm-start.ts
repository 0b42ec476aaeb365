import * as tf from '@tensorflow/tfjs-core'
import type { warmStart as spec } from '../../spec/transfer/warm-start.ts'
import type { Fast } from '../operation.ts'

/**
 * Steps from a cold and from a warm start.
 *
 * Clauses    transfer.warm-start
 * Fast by    quotients of logarithms, both starts at once
 */
export const warmStart: Fast<typeof spec> = (_, { contraction, distance, ratio, tolerance }) => {
  const starts = tf.mul(tf.tensor1d([1, ratio]), distance)
  const shrinks = tf.neg(tf.log(contraction))
  const counts = tf.ceil(tf.div(tf.log(tf.div(starts, tolerance)), shrinks))
  const [cold, warm] = tf.unstack(tf.relu(counts)) as [tf.Tensor, tf.Tensor]
  return { cold, warm }
}
