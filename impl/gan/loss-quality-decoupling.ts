import * as tf from '@tensorflow/tfjs-core'
import type { diracLosses as spec } from '../../spec/gan/loss-quality-decoupling.ts'
import { softplus } from '../layers/softplus.ts'
import type { Fast } from '../operation.ts'

/**
 * Losses of a generator of one point and of a discriminator with one weight.
 *
 * Clauses    gan.loss-quality-decoupling
 * Fast by    all pairs at once
 */
export const diracLosses: Fast<typeof spec> = ({ theta, psi }) => {
  const a = tf.mul(psi, theta)
  const saturating = tf.neg(softplus(a))
  return {
    distance: tf.abs(theta),
    discriminator: tf.sub(saturating, Math.LN2),
    saturating,
    nonSaturating: softplus(tf.neg(a)),
  }
}
