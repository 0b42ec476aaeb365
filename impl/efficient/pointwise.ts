import * as tf from '@tensorflow/tfjs-core'
import type {
  pointwiseGradient as gradientSpec,
  groupPointwiseGradient as groupGradientSpec,
  groupPointwise as groupSpec,
  pointwise as spec,
} from '../../spec/efficient/pointwise.ts'
import type { Fast } from '../operation.ts'

/** An array of four axes as the matrix of its pixels (or of its input channels) by its last axis. */
const matrix = (t: tf.Tensor) => tf.reshape(t, [-1, t.shape[3]!]) as tf.Tensor2D

/**
 * Pointwise convolution.
 *
 * Clauses    efficient.mobilenet.dsc, efficient.shufflenet.group-pointwise
 * Fast by    one product of the matrix of all pixels with that of the filters
 */
export const pointwise: Fast<typeof spec> = ({ x, filters }) => ({
  y: tf.reshape(tf.matMul(matrix(x), matrix(filters)), x.shape.with(3, filters.shape[3]!)),
})

/**
 * Gradients of the pointwise convolution.
 *
 * Clauses    efficient.shufflenet.group-pointwise
 * Fast by    one matrix product each
 */
export const pointwiseGradient: Fast<typeof gradientSpec> = ({ x, filters, dy }) => ({
  dx: tf.reshape(tf.matMul(matrix(dy), matrix(filters), false, true), x.shape),
  dFilters: tf.reshape(tf.matMul(matrix(x), matrix(dy), true), filters.shape),
})

/** The groups first: [G, pixels, channels of a group]. */
const apart = (t: tf.Tensor, G: number) =>
  tf.transpose(tf.reshape(t, [-1, G, t.shape[3]! / G]), [1, 0, 2]) as tf.Tensor3D

/** The groups side by side again. */
const together = (t: tf.Tensor, shape: readonly number[]) =>
  tf.reshape(tf.transpose(t, [1, 0, 2]), [...shape])

/**
 * Pointwise convolution in groups.
 *
 * Clauses    efficient.shufflenet.group-pointwise, efficient.shufflenet.channel-shuffle
 * Fast by    a batch of matrix products, one a group: TensorFlow.js has no convolution in groups
 */
export const groupPointwise: Fast<typeof groupSpec> = ({ x, filters }) => {
  const [G, , B] = filters.shape as [number, number, number]
  const products = tf.matMul(apart(x, G), filters as tf.Tensor3D)
  return { y: together(products, x.shape.with(3, G * B)) }
}

/**
 * Gradients of the pointwise convolution in groups.
 *
 * Clauses    efficient.shufflenet.group-pointwise
 * Fast by    a batch of matrix products each
 */
export const groupPointwiseGradient: Fast<typeof groupGradientSpec> = ({ x, filters, dy }) => {
  const G = filters.shape[0]!
  const g = apart(dy, G)
  return {
    dx: together(tf.matMul(g, filters as tf.Tensor3D, false, true), x.shape),
    dFilters: tf.matMul(apart(x, G), g, true),
  }
}
