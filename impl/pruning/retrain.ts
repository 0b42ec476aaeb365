import * as tf from '@tensorflow/tfjs-core'
import type { pruneAndRetrain as spec } from '../../spec/pruning/retrain.ts'
import type { Fast } from '../operation.ts'
import { keep } from './connection.ts'

/**
 * Pruning by a threshold, and a step of training of what is left.
 *
 * Clauses    pruning.iterative-retrain
 * Fast by    the step of all weights at once, of which a selection keeps those that are left
 */
export const pruneAndRetrain: Fast<typeof spec> = (
  { weights, mask, gradient, velocity, threshold },
  { rate, momentum, decay },
) => {
  const reaches = tf.cast(tf.greaterEqual(tf.abs(weights), threshold), 'float32')
  const left = tf.mul(mask, reaches)
  const pushed = tf.add(tf.mul(velocity, momentum), tf.add(gradient, tf.mul(weights, decay)))
  return {
    weights: keep(left, tf.sub(weights, tf.mul(pushed, rate))),
    mask: left,
    velocity: keep(left, pushed),
  }
}
