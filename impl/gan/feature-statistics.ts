import * as tf from '@tensorflow/tfjs-core'
import type { featureStatistics as spec } from '../../spec/gan/feature-statistics.ts'
import type { Fast } from '../operation.ts'

/**
 * Distance of the statistics of features in several layers.
 *
 * Clauses    gan.eval.feature-statistics
 * Fast by    a product of matrices for all layers of a set at once
 */
export const featureStatistics: Fast<typeof spec> = ({ real, generated }, { matrix, divisor }) => {
  const less = divisor === 'N' ? 0 : 1
  const momentsOf = (x: tf.Tensor) => {
    const mean = tf.mean(x, 1, true)
    const away = matrix === 'gram' ? x : tf.sub(x, mean)
    const products = tf.div(tf.matMul(away, away, true, false), x.shape[1]! - less)
    return { mean: tf.squeeze(mean, [1]), products }
  }
  const [r, g] = [momentsOf(real), momentsOf(generated)]
  const means = tf.stack([r.mean, g.mean])
  const matrices = tf.stack([r.products, g.products])
  const ofMeans = tf.sum(tf.square(tf.sub(r.mean, g.mean)), 1)
  const ofMatrices = tf.sum(tf.square(tf.sub(r.products, g.products)), [1, 2])
  const layers = tf.stack([ofMeans, ofMatrices], 1)
  const parts = tf.concat([layers, tf.sum(layers, 0, true)], 0)
  return { means, matrices, distances: tf.concat([tf.sum(parts, 1, true), parts], 1) }
}
