import * as tf from '@tensorflow/tfjs-core'
import type { pointDivergences as spec } from '../../spec/gan/wgan-continuity.ts'
import { isTensorflowOnCpu } from '../layers/host.ts'
import type { Fast } from '../operation.ts'

/**
 * −1, 0 or 1: not by tf.sign, which on WebAssembly is 0 of small numbers, but where TensorFlow reads these as 0 when it
 * compares, while its sign is mended.
 */
function signs(x: tf.Tensor): tf.Tensor {
  if (isTensorflowOnCpu()) return tf.sign(x)
  const side = (on: tf.Tensor) => tf.cast(on, 'float32')
  return tf.sub(side(tf.greater(x, 0)), side(tf.less(x, 0)))
}

/**
 * Distances between a point at 0 and a point at θ.
 *
 * Clauses    gan.wgan.continuity, gan.loss-quality-decoupling
 * Fast by    a selection of constants for all points at once
 */
export const pointDivergences: Fast<typeof spec> = ({ theta }) => {
  const slope = signs(theta)
  const apart = tf.notEqual(slope, 0)
  const unlessAtData = (value: number) =>
    tf.where(apart, tf.fill(theta.shape, value), tf.zerosLike(theta))
  return {
    wasserstein: tf.abs(theta),
    slope,
    jensenShannon: unlessAtData(Math.LN2),
    kullbackLeibler: unlessAtData(Number.POSITIVE_INFINITY),
  }
}
