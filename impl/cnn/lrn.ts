import * as tf from '@tensorflow/tfjs-core'
import type { lrnAcross as acrossSpec, lrnWithin as withinSpec } from '../../spec/cnn/lrn.ts'
import type { Fast } from '../operation.ts'

/** Sums over the n × n window around each place, channel by channel: zeros beyond the border. */
export function sumWithin(x: tf.Tensor, radius: number): tf.Tensor {
  if (radius === 0) return x
  const [, H, W, K] = x.shape as [number, number, number, number]
  // No window reaches further than the image is wide.
  const [rh, rw] = [Math.min(radius, H - 1), Math.min(radius, W - 1)]
  const ones = tf.ones<tf.Rank.R4>([2 * rh + 1, 2 * rw + 1, K, 1])
  return tf.depthwiseConv2d(x as tf.Tensor4D, ones, 1, 'same')
}

/**
 * Sums over the group of channels around each channel, which are taken for the rows of an image. A
 * product with a band of ones would take 0 · ∞ of a channel outside the group for NaN.
 */
export function sumAcross(x: tf.Tensor, radius: number): tf.Tensor {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  return tf.reshape(sumWithin(tf.reshape(x, [N * H * W, K, 1, 1]), radius), x.shape)
}

/** s = κ + α Σ x². */
export function energies(
  x: tf.Tensor,
  sum: typeof sumWithin,
  { radius, kappa, alpha }: { radius: number; kappa: number; alpha: number },
): tf.Tensor {
  return tf.add(kappa, tf.mul(alpha, sum(tf.square(x), radius)))
}

/**
 * Local response normalization within a channel.
 *
 * Clauses    cnn.lrn.within-channel, cnn.lrn.light-invariance
 * Fast by    a depthwise convolution with ones for the sums
 */
export const lrnWithin: Fast<typeof withinSpec> = ({ x }, parameters) => ({
  y: tf.mul(x, tf.pow(energies(x, sumWithin, parameters), -parameters.beta)),
})

/**
 * Local response normalization across channels.
 *
 * Clauses    cnn.lrn.across-channel, cnn.lrn.light-invariance
 * Fast by    a depthwise convolution with ones along the channels for the sums
 */
export const lrnAcross: Fast<typeof acrossSpec> = ({ x }, parameters) => ({
  y: tf.mul(x, tf.pow(energies(x, sumAcross, parameters), -parameters.beta)),
})
