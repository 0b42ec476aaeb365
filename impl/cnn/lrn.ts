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

/** Sums over the group of channels around each channel: a product with a band of ones. */
export function sumAcross(x: tf.Tensor, radius: number): tf.Tensor {
  if (radius === 0) return x
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const near = Float32Array.from({ length: K * K }, (_, at) =>
    Math.abs(Math.floor(at / K) - (at % K)) <= radius ? 1 : 0,
  )
  const band = tf.tensor2d(near, [K, K])
  return tf.reshape(tf.matMul(tf.reshape(x, [N * H * W, K]) as tf.Tensor2D, band), x.shape)
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
 * Fast by    a matrix product with a band of ones for the sums
 */
export const lrnAcross: Fast<typeof acrossSpec> = ({ x }, parameters) => ({
  y: tf.mul(x, tf.pow(energies(x, sumAcross, parameters), -parameters.beta)),
})
