import * as tf from '@tensorflow/tfjs-core'
import type { pointDivergences as spec } from '../../spec/gan/wgan-continuity.ts'
import type { Fast } from '../operation.ts'

/**
 * Distances between a point at 0 and a point at θ.
 *
 * Clauses    gan.wgan.continuity, gan.loss-quality-decoupling
 * Fast by    a selection of constants for all points at once. Not by tf.sign, which on WebAssembly is 0 of small numbers
 */
export const pointDivergences: Fast<typeof spec> = ({ theta }) => {
  const apart = tf.notEqual(theta, 0)
  const side = (on: tf.Tensor) => tf.cast(on, 'float32')
  const unlessAtData = (value: number) =>
    tf.where(apart, tf.fill(theta.shape, value), tf.zerosLike(theta))
  return {
    wasserstein: tf.abs(theta),
    slope: tf.sub(side(tf.greater(theta, 0)), side(tf.less(theta, 0))),
    jensenShannon: unlessAtData(Math.LN2),
    kullbackLeibler: unlessAtData(Number.POSITIVE_INFINITY),
  }
}
