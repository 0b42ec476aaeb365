import * as tf from '@tensorflow/tfjs-core'
import type { optimalDiscriminator as spec } from '../../spec/gan/optimal-discriminator.ts'
import type { Fast } from '../operation.ts'

/** Each weight as a share of the sum of all. */
export const shares = (w: tf.Tensor) => tf.div(w, tf.sum(w))

/** p ln(p / whole), 0 where p is 0; a divisor of 0 is replaced before it is used. */
export function shareTimesLog(p: tf.Tensor, whole: tf.Tensor): tf.Tensor {
  const isNothing = tf.equal(p, 0)
  const part = tf.div(p, tf.where(isNothing, tf.onesLike(whole), whole))
  return tf.mul(p, tf.log(tf.where(isNothing, tf.onesLike(part), part)))
}

/** Σ p ln(p / (p + q)) + q ln(q / (p + q)) */
export function largestValue(p: tf.Tensor, q: tf.Tensor): tf.Tensor {
  const both = tf.add(p, q)
  return tf.sum(tf.add(shareTimesLog(p, both), shareTimesLog(q, both)))
}

/**
 * Best discriminator between two distributions, and its value.
 *
 * Clauses    gan.optimal-discriminator, gan.global-optimum, gan.jsd-equivalence
 * Fast by    shares of all points at once
 */
export const optimalDiscriminator: Fast<typeof spec> = ({ data, generated }) => {
  const [p, q] = [shares(data), shares(generated)]
  const both = tf.add(p, q)
  const isNowhere = tf.equal(both, 0)
  const share = tf.div(p, tf.where(isNowhere, tf.onesLike(both), both))
  return {
    probability: tf.where(isNowhere, tf.fill(share.shape, 0.5), share),
    value: largestValue(p, q),
  }
}
