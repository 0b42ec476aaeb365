import * as tf from '@tensorflow/tfjs-core'
import type { meanErrors as spec } from '../../spec/federated/local-only.ts'
import type { Fast } from '../operation.ts'

/**
 * Expected squared errors of means of local and of all points.
 *
 * Clauses    federated.local-only-variance
 * Fast by    sums over all clients at once
 */
export const meanErrors: Fast<typeof spec> = ({ means, variances, counts }) => {
  const all = tf.sum(counts)
  const mean = tf.div(tf.sum(tf.mul(counts, means)), all)
  const variance = tf.div(variances, counts)
  const bias = tf.square(tf.sub(means, mean))
  const pooled = tf.div(tf.div(tf.sum(tf.mul(counts, variances)), all), all)
  return { mean, variance, bias, local: tf.add(variance, bias), pooled }
}
