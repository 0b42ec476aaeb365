import * as tf from '@tensorflow/tfjs-core'
import type { aggregate as spec } from '../../spec/federated/aggregate.ts'
import type { Fast } from '../operation.ts'

/**
 * Mean of the participants’ models, weighted by their points.
 *
 * Clauses    federated.aggregate.weighted-mean, federated.robustness.mean-breakdown
 * Fast by    one product of the counts with the models of each tensor, and one division
 */
export const aggregate: Fast<typeof spec> = ({ w, b, counts }) => ({
  w: weightedMean(w, counts),
  b: weightedMean(b, counts),
})

/** The mean along the first axis, with weights that need not add up to 1. */
function weightedMean(models: tf.Tensor, weights: tf.Tensor): tf.Tensor {
  const [M, ...shape] = models.shape as [number, ...number[]]
  const flat = tf.reshape(models, [M, -1]) as tf.Tensor2D
  const weighted = tf.matMul(tf.reshape(weights, [1, M]) as tf.Tensor2D, flat)
  return tf.reshape(tf.div(weighted, tf.sum(weights)), shape)
}
