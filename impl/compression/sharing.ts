import * as tf from '@tensorflow/tfjs-core'
import type {
  shareCounts as countsSpec,
  expandGradient as gradientSpec,
  expand as spec,
  sharedStep as stepSpec,
} from '../../spec/compression/sharing.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/** Places as TensorFlow.js takes them. */
const indices = (map: tf.Tensor) => tf.cast(map, 'int32')

/** Sums over the connections of each value: a scatter, which adds up what falls on one place. */
const collect = (map: tf.Tensor, each: tf.Tensor, values: number) =>
  tf.scatterND(tf.expandDims(indices(map), 1), each, [values])

/**
 * Weights of connections that share values.
 *
 * Clauses    compression.sharing.param-count, compression.sharing.tied-gradient
 * Fast by    one gather
 */
export const expand: Fast<typeof spec> = ({ theta, map }) => ({
  y: tf.gather(theta, indices(map)),
})

/**
 * Gradient by values that connections share.
 *
 * Clauses    compression.sharing.tied-gradient, compression.sharing.prior-to-training
 * Fast by    one scatter with addition, the transpose of the gather
 */
export const expandGradient: Fast<typeof gradientSpec> = ({ map, dy }, { values }) => ({
  dTheta: collect(map, dy, values),
})

/**
 * Values that are stored, and zeros among the weights that have them.
 *
 * Clauses    compression.sharing.param-count
 * Fast by    a scatter of ones
 */
export const shareCounts: Fast<typeof countsSpec> = ({ theta, map }, { values }) => {
  const uses = collect(map, tf.onesLike(map), values)
  return {
    connections: count(map.size),
    stored: count(values),
    uses,
    zeros: tf.sum(tf.mul(uses, tf.cast(tf.equal(theta, 0), 'float32'))),
  }
}

/**
 * A step of training with shared values.
 *
 * Clauses    compression.sharing.prior-to-training
 * Fast by    a step of the values alone, between a scatter and a gather
 */
export const sharedStep: Fast<typeof stepSpec> = (
  { theta, velocity, map, gradient },
  { values, rate, momentum, decay },
) => {
  const own = tf.add(collect(map, gradient, values), tf.mul(theta, decay))
  const after = tf.add(tf.mul(velocity, momentum), own)
  const moved = tf.sub(theta, tf.mul(after, rate))
  return { theta: moved, velocity: after, weights: tf.gather(moved, indices(map)) }
}
