import * as tf from '@tensorflow/tfjs-core'
import type { shareOfNetwork as spec } from '../../spec/pruning/fc-share.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Weights that pruning of either kind of layers removes from a network.
 *
 * Clauses    pruning.fc-share
 * Fast by    nothing: counts and their quotients
 */
export const shareOfNetwork: Fast<typeof spec> = (
  _,
  { convolutional, dense, convolutionalShare, denseShare },
) => {
  const smallest = (share: number, weights: number) =>
    Math.floor((Math.round(share * 1e4) * weights) / 1e4)
  const all = convolutional + dense
  const removed = smallest(convolutionalShare, convolutional) + smallest(denseShare, dense)
  return {
    removed: count(removed),
    left: count(all - removed),
    densePart: tf.scalar(dense / all),
    saved: tf.scalar(removed / all),
  }
}
