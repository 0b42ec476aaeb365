import * as tf from '@tensorflow/tfjs-core'
import type { distributionDescent as spec } from '../../spec/gan/convergence-of-pg.ts'
import type { Fast } from '../operation.ts'

const shares = (masses: tf.Tensor, axis = 0) => tf.div(masses, tf.sum(masses, axis, true))

/** x ln(x / both) of each number, in which 0 ln 0 = 0. */
function surprise(x: tf.Tensor, both: tf.Tensor): tf.Tensor {
  const none = tf.equal(x, 0)
  const share = tf.where(none, tf.onesLike(x), tf.div(x, both))
  return tf.mul(x, tf.log(share))
}

/**
 * Descent of a distribution against its best discriminator.
 *
 * Clauses    gan.convergence-of-pg
 * Fast by    all points at once, and the value of the game after all steps at once
 */
export const distributionDescent: Fast<typeof spec> = ({ data, start }, { rate, steps }) => {
  const p = shares(data)
  let q = shares(start)
  const after: tf.Tensor[] = []
  for (let t = 0; t < steps; t++) {
    q = shares(tf.mul(q, tf.pow(tf.div(tf.add(p, q), q), rate)))
    after.push(q)
  }
  const generated = tf.stack(after)
  const ofData = tf.add(tf.zerosLike(generated), p)
  const both = tf.add(generated, p)
  const criterion = tf.sum(tf.add(surprise(ofData, both), surprise(generated, both)), 1)
  return { generated, criterion }
}
