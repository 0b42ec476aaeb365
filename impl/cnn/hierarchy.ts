import * as tf from '@tensorflow/tfjs-core'
import type { receptiveField as spec } from '../../spec/cnn/hierarchy.ts'
import type { Fast } from '../operation.ts'

/**
 * Receptive field of a stack of layers.
 *
 * Clauses    cnn.hierarchy.receptive-field
 * By         running products of the strides, and a running sum of what each layer adds
 */
export const receptiveField: Fast<typeof spec> = (_, { layers }) => {
  const strides = tf.tensor1d(
    layers.map(({ stride }) => stride),
    'float32',
  )
  const added = tf.tensor1d(
    layers.map(({ kernel, dilation }) => dilation * (kernel - 1)),
    'float32',
  )
  const below = tf.cumprod(strides, 0, true)
  return {
    extents: tf.add(tf.cumsum(tf.mul(added, below)), 1),
    jumps: tf.mul(below, strides),
  }
}
