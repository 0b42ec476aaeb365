import * as tf from '@tensorflow/tfjs-core'
import type {
  channelShuffleGradient as gradientSpec,
  channelShuffle as spec,
} from '../../spec/efficient/shuffle.ts'
import type { Fast } from '../operation.ts'

/** The channels of each pixel as a matrix of some rows, transposed. */
function transposed(t: tf.Tensor, rows: number): tf.Tensor {
  const columns = t.shape[3]! / rows
  return tf.reshape(tf.transpose(tf.reshape(t, [-1, rows, columns]), [0, 2, 1]), t.shape)
}

/**
 * Channel shuffle.
 *
 * Clauses    efficient.shufflenet.channel-shuffle
 * Fast by    one transposition
 */
export const channelShuffle: Fast<typeof spec> = ({ x }, { groups }) => ({
  y: transposed(x, groups),
})

/**
 * Gradient of the channel shuffle.
 *
 * Clauses    efficient.shufflenet.channel-shuffle
 * Fast by    the transposition back
 */
export const channelShuffleGradient: Fast<typeof gradientSpec> = ({ dy }, { groups }) => ({
  dx: transposed(dy, dy.shape[3]! / groups),
})
