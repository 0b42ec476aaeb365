import * as tf from '@tensorflow/tfjs-core'
import type { gradientProfile as spec } from '../../spec/bptt/gradient-profile.ts'
import { norms } from '../layers/norm.ts'
import { recurrenceGradient } from '../layers/recurrent.ts'
import type { Fast } from '../operation.ts'

/**
 * Norms of the gradients by every state.
 *
 * Clauses    bptt.gradient-profile, bptt.explosion-detectable
 * Fast by    one way back for all states, and all norms at once
 */
export const gradientProfile: Fast<typeof spec> = ({ x, U, W, b, h0, dh }, { activation }) => {
  const [T, N] = x.shape as [number, number]
  const nothing = tf.zerosLike(h0)
  const layer = { x, U, W, b, h0, padded: tf.zeros([T, N]) }
  const kind = { activation, direction: 'forward' } as const
  const { back } = recurrenceGradient(layer, [dh, nothing], kind)
  const none = tf.expandDims(nothing, 0)
  // The first state has no loss of its own, and nothing comes back to the last one.
  const gradients = tf.add(tf.concat([none, dh]), tf.concat([back, none]))
  return { norms: norms(gradients, [1, 2]) }
}
