import * as tf from '@tensorflow/tfjs-core'
import type { secureSum as spec } from '../../spec/federated/secure-aggregation.ts'
import type { Fast } from '../operation.ts'

/** Residues of whole numbers below 2^24; the quotient may be rounded to the next whole number. */
function residues(x: tf.Tensor, R: number): tf.Tensor {
  const rest = tf.sub(x, tf.mul(tf.floor(tf.div(x, R)), R))
  const raised = tf.where(tf.less(rest, 0), tf.add(rest, R), rest)
  return tf.where(tf.greaterEqual(raised, R), tf.sub(raised, R), raised)
}

/** The residue of the sum of residues along an axis: digit by digit, so that no sum is beyond 2^24. */
function sums(x: tf.Tensor, axis: number, R: number): tf.Tensor {
  const high = tf.floor(tf.div(x, 256))
  const low = tf.sub(x, tf.mul(high, 256))
  const highest = residues(tf.sum(high, axis), R)
  return residues(tf.add(residues(tf.mul(highest, 256), R), tf.sum(low, axis)), R)
}

/**
 * Secure sum of whole numbers by masks that cancel.
 *
 * Clauses    federated.secure-aggregation
 * Fast by    all masks at once, those of a client along one axis to be added and along the other to be
 *            taken away; in single precision, which counts to 2^24
 */
export const secureSum: Fast<typeof spec> = ({ values, masks, present }, { modulus: R }) => {
  const K = values.shape[0]!
  const order = tf.range(0, K)
  const isPair = tf.less(tf.reshape(order, [K, 1]), tf.reshape(order, [1, K]))
  const pairs = tf.mul(masks, tf.expandDims(tf.cast(isPair, 'float32'), 2))
  const there = tf.reshape(present, [K, 1])
  const gone = tf.sub(1, present)
  /** What clients add for those of the others that are asked for, as residues. */
  const added = (others: tf.Tensor) => {
    const later = sums(tf.mul(pairs, tf.reshape(others, [1, K, 1])), 1, R)
    const earlier = sums(tf.mul(pairs, tf.reshape(others, [K, 1, 1])), 0, R)
    return residues(tf.add(tf.sub(later, earlier), R), R)
  }
  const uploads = residues(tf.add(values, added(tf.onesLike(present))), R)
  const cleared = residues(tf.add(tf.sub(uploads, added(gone)), R), R)
  return { uploads, sum: sums(tf.mul(cleared, there), 0, R) }
}
