import * as tf from '@tensorflow/tfjs-core'
import type { byThreshold as spec } from '../../spec/pruning/threshold.ts'
import type { Fast } from '../operation.ts'
import { keep } from './connection.ts'

/** How many zeros a mask has. */
const zerosIn = (mask: tf.Tensor) => tf.sum(tf.sub(1, mask))

/** Both layers under their masks. */
export function prunedBy(
  weights1: tf.Tensor,
  weights2: tf.Tensor,
  mask1: tf.Tensor,
  mask2: tf.Tensor,
) {
  return {
    mask1,
    mask2,
    pruned1: keep(mask1, weights1),
    pruned2: keep(mask2, weights2),
    removed: tf.stack([zerosIn(mask1), zerosIn(mask2)]),
  }
}

/**
 * Pruning of weights below a threshold.
 *
 * Clauses    pruning.threshold
 * Fast by    comparing whole layers at once
 */
export const byThreshold: Fast<typeof spec> = ({ weights1, weights2, thresholds }) => {
  const mask = (weights: tf.Tensor, l: number) =>
    tf.cast(tf.greaterEqual(tf.abs(weights), tf.slice(thresholds, [l], [1])), 'float32')
  return prunedBy(weights1, weights2, mask(weights1, 0), mask(weights2, 1))
}
