import * as tf from '@tensorflow/tfjs-core'
import type {
  headCounts as countsSpec,
  flatHead as flatSpec,
  pooledHeadGradient as gradientSpec,
  pooledHead as spec,
} from '../../spec/inception/head.ts'
import { biasGradient } from '../layers/bias.ts'
import { counts } from '../layers/counts.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import type { Fast } from '../operation.ts'

const means = (x: tf.Tensor) => tf.mean(x, [1, 2])

/**
 * Classifier on the means of the channels.
 *
 * Clauses    inception.head.param-saving
 * Fast by    a mean and a matrix product with its bias
 */
export const pooledHead: Fast<typeof spec> = ({ x, weights, bias }) => ({
  z: dense(means(x), weights, bias),
})

/**
 * Gradients of the classifier on the means of the channels.
 *
 * Clauses    inception.head.param-saving
 * Fast by    one gradient a channel, repeated for all of its pixels
 */
export const pooledHeadGradient: Fast<typeof gradientSpec> = ({ x, weights, dz }) => {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const perChannel = tf.div(denseInputGradient(weights, dz), H * W)
  return {
    dx: tf.tile(tf.reshape(perChannel, [N, 1, 1, K]), [1, H, W, 1]),
    dWeights: denseWeightGradient(means(x), dz),
    dBias: biasGradient(dz),
  }
}

/**
 * Classifier on all pixels.
 *
 * Clauses    inception.head.param-saving
 * Fast by    one matrix product on the flattened arrays
 */
export const flatHead: Fast<typeof flatSpec> = ({ x, weights, bias }) => {
  const flat = tf.reshape(x, [x.shape[0]!, -1])
  return { z: dense(flat, tf.reshape(weights, [-1, bias.size]), bias) }
}

/**
 * Parameters of a classifier on means and of one on all pixels.
 *
 * Clauses    inception.head.param-saving
 * By         counting the elements of the arrays that each of them takes
 */
export const headCounts: Fast<typeof countsSpec> = (_, { rows, columns, channels, classes }) => {
  const count = (...shapes: number[][]) =>
    shapes.reduce((sum, shape) => sum + tf.util.sizeFromShape(shape), 0)
  return {
    parameters: counts([
      count([channels, classes], [classes]),
      count([rows, columns, channels, classes], [classes]),
    ]),
  }
}
