import * as tf from '@tensorflow/tfjs-core'
import type { lrnAcross as acrossSpec, lrnWithin as withinSpec } from '../../spec/cnn/lrn.ts'
import { areSurelyFinite } from '../layers/finite.ts'
import type { Fast } from '../operation.ts'

/** Sums over the n × n window around each place, channel by channel, times a weight: zeros beyond the border. */
export function sumWithin(x: tf.Tensor, radius: number, weight = 1): tf.Tensor {
  if (radius === 0) return weight === 1 ? x : tf.mul(weight, x)
  const [, H, W, K] = x.shape as [number, number, number, number]
  // No window reaches further than the image is wide.
  const [rh, rw] = [Math.min(radius, H - 1), Math.min(radius, W - 1)]
  const weights = tf.fill<tf.Rank.R4>([2 * rh + 1, 2 * rw + 1, K, 1], weight)
  return tf.depthwiseConv2d(x as tf.Tensor4D, weights, 1, 'same')
}

/**
 * Sums over the group of channels around each channel, times a weight. Finite numbers are multiplied with a band
 * of weights; it would take 0 · ∞ of a channel outside the group for NaN. Others have their channels taken for
 * the rows of an image.
 */
export function sumAcross(x: tf.Tensor, radius: number, weight = 1): tf.Tensor {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  if (isBandFast(K) && areSurelyFinite(x)) return inBands(x, radius, weight)
  const sums = tf.reshape(sumWithin(tf.reshape(x, [N * H * W, K, 1, 1]), radius), x.shape)
  return weight === 1 ? sums : tf.mul(weight, sums)
}

/** Whether so many products for a channel take less time than to go over its group. */
function isBandFast(channels: number): boolean {
  return channels <= 256 && ['wasm', 'tensorflow'].includes(tf.getBackend())
}

function inBands(x: tf.Tensor, radius: number, weight: number): tf.Tensor {
  const K = x.shape[3]!
  const band = new Float32Array(K * K)
  for (let k = 0; k < K; k++) {
    band.fill(weight, K * k + Math.max(0, k - radius), K * k + Math.min(K, k + radius + 1))
  }
  return tf.reshape(tf.matMul(tf.reshape(x, [-1, K]), tf.tensor2d(band, [K, K])), x.shape)
}

/** κ from which what α x² loses below the least normal number is nothing. */
const plainKappa = 2 ** -64

/** s = κ + α Σ x², or κ + Σ α x², which is as good beside a κ that is not tiny. */
export function energies(
  x: tf.Tensor,
  sum: typeof sumAcross,
  { radius, kappa, alpha }: { radius: number; kappa: number; alpha: number },
): tf.Tensor {
  const squares = tf.square(x)
  const weighed =
    kappa > plainKappa ? sum(squares, radius, alpha) : tf.mul(alpha, sum(squares, radius))
  return tf.add(kappa, weighed)
}

/**
 * x s^-β. A power takes as long as a dozen roots, so the usual ones are made of these, but on WebGPU, whose
 * roots are no more exact than its powers.
 */
export function damp(x: tf.Tensor, s: tf.Tensor, beta: number): tf.Tensor {
  const quarters = tf.getBackend() === 'webgpu' ? undefined : quarterPowers[4 * beta]
  return quarters ? tf.div(x, quarters(s)) : tf.mul(x, tf.pow(s, -beta))
}

/** s to the power of so many quarters. */
const quarterPowers: Readonly<Record<number, (s: tf.Tensor) => tf.Tensor>> = {
  1: (s) => tf.sqrt(tf.sqrt(s)),
  2: (s) => tf.sqrt(s),
  3: (s) => {
    const root = tf.sqrt(s)
    return tf.mul(root, tf.sqrt(root))
  },
  4: (s) => s,
}

/**
 * Local response normalization within a channel.
 *
 * Clauses    cnn.lrn.within-channel, cnn.lrn.light-invariance
 * Fast by    a depthwise convolution with ones for the sums, and roots for the power
 */
export const lrnWithin: Fast<typeof withinSpec> = ({ x }, parameters) => ({
  y: damp(x, energies(x, sumWithin, parameters), parameters.beta),
})

/**
 * Local response normalization across channels.
 *
 * Clauses    cnn.lrn.across-channel, cnn.lrn.light-invariance
 * Fast by    the kernel of TensorFlow on CPU, which multiplies with a band, and so does this where the numbers
 *            are finite; with roots for the power. A depthwise convolution with ones along the channels
 *            where a band is not fast or the numbers are not finite
 */
export const lrnAcross: Fast<typeof acrossSpec> = ({ x }, parameters) => {
  const { radius, kappa, alpha, beta } = parameters
  if (tf.getBackend() === 'tensorflow' && kappa > plainKappa && areSurelyFinite(tf.square(x))) {
    return { y: tf.localResponseNormalization(x as tf.Tensor4D, radius, kappa, alpha, beta) }
  }
  return { y: damp(x, energies(x, sumAcross, parameters), beta) }
}
