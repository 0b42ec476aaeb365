import * as tf from '@tensorflow/tfjs-core'
import type {
  linearCodebook as linearSpec,
  clusterRate as rateSpec,
  clusterStep as spec,
} from '../../spec/compression/cluster.ts'
import { count } from '../layers/counts.ts'
import { firstSmallest } from '../layers/first.ts'
import { sumsOfGroups } from '../layers/groups.ts'
import type { Fast } from '../operation.ts'

/**
 * A round of clustering: nearest values, and then their means.
 *
 * Clauses    compression.sharing.cluster-quantise
 * Fast by    all distances at once, and which weight is nearest to which value
 */
export const clusterStep: Fast<typeof spec> = ({ weights, codebook }, { values }) => {
  const codes = firstSmallest(tf.abs(tf.sub(tf.expandDims(weights, 1), codebook)))
  const sums = sumsOfGroups(codes, weights, values)
  const sizes = sumsOfGroups(codes, tf.onesLike(weights), values)
  const means = tf.where(tf.greater(sizes, 0), tf.div(sums, tf.maximum(sizes, 1)), codebook)
  const error = (values: tf.Tensor) => tf.sum(tf.square(tf.sub(weights, tf.gather(values, codes))))
  return {
    codes: tf.cast(codes, 'float32'),
    codebook: means,
    before: error(codebook),
    after: error(means),
  }
}

/**
 * Values at equal distances from the least weight to the largest.
 *
 * Clauses    compression.sharing.cluster-quantise
 * Fast by    an interpolation between both ends
 */
export const linearCodebook: Fast<typeof linearSpec> = ({ weights }, { values }) => {
  const [low, high] = [tf.min(weights), tf.max(weights)]
  if (values === 1) return { codebook: tf.reshape(tf.mul(tf.add(low, high), 0.5), [1]) }
  const place = tf.div(tf.range(0, values), values - 1)
  return { codebook: tf.add(low, tf.mul(place, tf.sub(high, low))) }
}

/**
 * Compression rate of weights that share the values of a codebook.
 *
 * Clauses    compression.sharing.cluster-quantise
 * By         counting in double precision
 */
export const clusterRate: Fast<typeof rateSpec> = (_, { weights, bits, values }) => {
  const codeBits = values === 1 ? 0 : (values - 1).toString(2).length
  const codebook = values * bits
  const stored = weights * codeBits + codebook
  return {
    codeBits: count(codeBits),
    stored: count(stored),
    rate: tf.scalar((weights * bits) / stored),
    ideal: tf.scalar((weights * bits) / (weights * Math.log2(values) + codebook)),
  }
}
