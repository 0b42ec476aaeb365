import * as tf from '@tensorflow/tfjs-core'
import type {
  shareCounts as countsSpec,
  expandGradient as gradientSpec,
  expand as spec,
  sharedStep as stepSpec,
} from '../../spec/compression/sharing.ts'
import { count } from '../layers/counts.ts'
import { sumsOfGroups } from '../layers/groups.ts'
import type { Fast } from '../operation.ts'

/** Places as TensorFlow.js takes them. */
const indices = (map: tf.Tensor) => tf.cast(map, 'int32')

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
 * Fast by    sums over the connections of each value, the transpose of the gather
 */
export const expandGradient: Fast<typeof gradientSpec> = ({ map, dy }, { values }) => ({
  dTheta: sumsOfGroups(map, dy, values),
})

/**
 * Values that are stored, and zeros among the weights that have them.
 *
 * Clauses    compression.sharing.param-count
 * Fast by    sums of ones over the connections of each value
 */
export const shareCounts: Fast<typeof countsSpec> = ({ theta, map }, { values }) => {
  const uses = sumsOfGroups(map, tf.onesLike(map), values)
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
 * Fast by    a step of the values alone, between sums over connections and a gather
 */
export const sharedStep: Fast<typeof stepSpec> = (
  { theta, velocity, map, gradient },
  { values, rate, momentum, decay },
) => {
  const own = tf.add(sumsOfGroups(map, gradient, values), tf.mul(theta, decay))
  const after = tf.add(tf.mul(velocity, momentum), own)
  const moved = tf.sub(theta, tf.mul(after, rate))
  return { theta: moved, velocity: after, weights: tf.gather(moved, indices(map)) }
}
