import * as tf from '@tensorflow/tfjs-core'
import type { shortTermShare as spec } from '../../spec/bptt/short-term-bias.ts'
import type { Fast } from '../operation.ts'

/**
 * Share of the last steps in what a state depends on.
 *
 * Clauses    bptt.short-term-bias
 * Fast by    powers, each rounded once
 */
export const shortTermShare: Fast<typeof spec> = (_, { weight, steps, last }) => {
  const powers = Array.from({ length: steps }, (_, s) => Math.abs(weight) ** (steps - 1 - s))
  const contributions = tf.tensor1d(powers)
  const isLast = tf.tensor1d(powers.map((_, s) => (s >= steps - last ? 1 : 0)))
  const ofLast = tf.sum(tf.mul(contributions, isLast))
  return { contributions, share: tf.div(ofLast, tf.sum(contributions)) }
}
