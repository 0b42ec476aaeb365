import * as tf from '@tensorflow/tfjs-core'
import type {
  headCounts as countsSpec,
  flatHead as flatSpec,
  pooledHeadGradient as gradientSpec,
  pooledHead as spec,
} from '../../spec/inception/head.ts'
import type { Fast } from '../operation.ts'

const means = (x: tf.Tensor) => tf.mean(x, [1, 2]) as tf.Tensor2D

/**
 * Classifier on the means of the channels.
 *
 * Clauses    inception.head.param-saving
 * Fast by    a mean and a matrix product with its bias
 */
export const pooledHead: Fast<typeof spec> = ({ x, weights, bias }) => ({
  z: tf.add(tf.matMul(means(x), weights as tf.Tensor2D), bias),
})

/**
 * Gradients of the classifier on the means of the channels.
 *
 * Clauses    inception.head.param-saving
 * Fast by    one gradient a channel, repeated for all of its pixels
 */
export const pooledHeadGradient: Fast<typeof gradientSpec> = ({ x, weights, dz }) => {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const scores = dz as tf.Tensor2D
  const perChannel = tf.div(tf.matMul(scores, weights as tf.Tensor2D, false, true), H * W)
  return {
    dx: tf.tile(tf.reshape(perChannel, [N, 1, 1, K]), [1, H, W, 1]),
    dWeights: tf.matMul(means(x), scores, true),
    dBias: tf.sum(dz, 0),
  }
}

/**
 * Classifier on all pixels.
 *
 * Clauses    inception.head.param-saving
 * Fast by    one matrix product on the flattened arrays
 */
export const flatHead: Fast<typeof flatSpec> = ({ x, weights, bias }) => {
  const flat = tf.reshape(x, [x.shape[0]!, -1]) as tf.Tensor2D
  const matrix = tf.reshape(weights, [-1, bias.size]) as tf.Tensor2D
  return { z: tf.add(tf.matMul(flat, matrix), bias) }
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
    parameters: tf.tensor1d(
      [count([channels, classes], [classes]), count([rows, columns, channels, classes], [classes])],
      'int32',
    ),
  }
}
