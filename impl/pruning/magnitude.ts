import * as tf from '@tensorflow/tfjs-core'
import type { byPercentage as spec } from '../../spec/pruning/magnitude.ts'
import type { Fast } from '../operation.ts'
import { prunedBy } from './threshold.ts'

/** How many weights of N go: the share in ten-thousandths is whole, and so is what is divided. */
function smallestOf(N: number, share: number): number {
  return Math.floor((Math.round(share * 1e4) * N) / 1e4)
}

/** The mask of weights in a row without the smallest magnitudes. */
function withoutSmallest(weights: tf.Tensor1D, share: number): tf.Tensor1D {
  const N = weights.shape[0]
  const r = smallestOf(N, share)
  const ones = tf.ones([N]) as tf.Tensor1D
  if (r === 0) return ones
  if (r === N) return tf.zeros([N])
  const { indices } = tf.topk(tf.neg(tf.abs(weights)), r)
  const zeros = tf.scatterND(tf.reshape(indices, [r, 1]), tf.ones([r]), [N])
  return tf.sub(ones, zeros)
}

/**
 * Pruning of a share of the weights, the smallest ones.
 *
 * Clauses    pruning.percentage, pruning.mbp.data-free, pruning.global-vs-layerwise
 * Fast by    the largest of the negative magnitudes, of which equal ones come in the order of their
 *            indices
 */
export const byPercentage: Fast<typeof spec> = ({ weights1, weights2 }, { share, scope }) => {
  const first = tf.reshape(weights1, [-1]) as tf.Tensor1D
  const second = tf.reshape(weights2, [-1]) as tf.Tensor1D
  const mask =
    scope === 'layer'
      ? tf.concat([withoutSmallest(first, share), withoutSmallest(second, share)])
      : withoutSmallest(tf.concat([first, second]), share)
  const mask1 = tf.reshape(tf.slice(mask, [0], [weights1.size]), weights1.shape)
  const mask2 = tf.reshape(tf.slice(mask, [weights1.size], [weights2.size]), weights2.shape)
  return prunedBy(weights1, weights2, mask1, mask2)
}
