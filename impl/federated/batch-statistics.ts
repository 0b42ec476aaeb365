import * as tf from '@tensorflow/tfjs-core'
import type { batchStatistics as spec } from '../../spec/federated/batch-statistics.ts'
import type { Fast } from '../operation.ts'
import { weightedMean } from './client-update-model.ts'

/**
 * Mean and variance of all points from those of each participant.
 *
 * Clauses    federated.batch-statistics
 * Fast by    a product of the counts with the means, and one with the variances beside the squares
 */
export const batchStatistics: Fast<typeof spec> = ({ means, variances, counts }, { divisor }) => {
  const [M, I] = means.shape as [number, number]
  const mean = weightedMean(means, counts)
  const apart = tf.square(tf.sub(means, mean))
  const less = divisor === 'points' ? 0 : 1
  const ofVariances = tf.relu(tf.sub(counts, less))
  const weights = tf.reshape(tf.concat([ofVariances, counts]), [1, 2 * M]) as tf.Tensor2D
  const sums = tf.matMul(weights, tf.concat([variances, apart]) as tf.Tensor2D)
  // Of a single point, the sums are 0 and so is what they are divided by.
  const divided = tf.sub(tf.sum(counts), less)
  return { mean, variance: tf.reshape(tf.divNoNan(sums, divided), [I]) }
}
