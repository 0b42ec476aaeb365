import * as tf from '@tensorflow/tfjs-core'
import type { rank as spec } from '../../spec/lowrank/rank.ts'
import type { Fast } from '../operation.ts'

/**
 * Numerical rank of a matrix and of its truncation.
 *
 * Clauses    lowrank.rank
 * Fast by    one comparison of all values at once
 */
export const rank: Fast<typeof spec> = ({ S }, { tolerance, count }) => {
  const isAbove = tf.greater(S, tf.mul(tf.max(S), tf.scalar(tolerance)))
  const whole = tf.sum(tf.cast(isAbove, 'float32'))
  return { whole, truncated: tf.minimum(whole, tf.scalar(count)) }
}
