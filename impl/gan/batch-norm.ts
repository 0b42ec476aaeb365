import * as tf from '@tensorflow/tfjs-core'
import type {
  batchNormInferenceGradient as inferenceGradientSpec,
  batchNormInference as inferenceSpec,
  batchNormGradient as trainingGradientSpec,
  batchNorm as trainingSpec,
} from '../../spec/gan/batch-norm.ts'
import type { Fast } from '../operation.ts'

/** All axes but that of the channels. */
const places = [0, 1, 2]

/**
 * Batch normalization in training.
 *
 * Clauses    gan.dcgan.batch-normalization
 * Fast by    one pass for the mean and one for what is off it, which the variance and the result share
 */
export const batchNorm: Fast<typeof trainingSpec> = (
  { x, gamma, beta, runningMean, runningVariance },
  { epsilon, momentum, divisor },
) => {
  const { mean, variance, root, off } = statistics(x, epsilon)
  const moved = (old: tf.Tensor, now: tf.Tensor) =>
    tf.add(tf.mul(1 - momentum, old), tf.mul(momentum, now))
  const P = x.size / mean.size
  const spread = divisor === 'n' ? variance : tf.mul(variance, P / (P - 1))
  return {
    y: tf.add(tf.mul(gamma, tf.div(off, root)), beta),
    mean,
    variance,
    runningMean: moved(runningMean, mean),
    runningVariance: moved(runningVariance, spread),
  }
}

function statistics(x: tf.Tensor, epsilon: number) {
  const mean: tf.Tensor = tf.mean(x, places)
  const off = tf.sub(x, mean)
  const variance: tf.Tensor = tf.mean(tf.square(off), places)
  return { mean, variance, off, root: tf.sqrt(tf.add(variance, epsilon)) }
}

/**
 * Gradients of batch normalization in training.
 *
 * Clauses    gan.dcgan.batch-normalization
 * Fast by    the sums that γ and β need anyway, which those of the images share
 */
export const batchNormGradient: Fast<typeof trainingGradientSpec> = (
  { x, gamma, dy },
  { epsilon },
) => {
  const { root, off } = statistics(x, epsilon)
  const normalized = tf.div(off, root)
  const dGamma = tf.sum(tf.mul(dy, normalized), places)
  const dBeta = tf.sum(dy, places)
  const P = x.size / gamma.size
  const centred = tf.sub(tf.sub(dy, tf.div(dBeta, P)), tf.mul(normalized, tf.div(dGamma, P)))
  return { dx: tf.div(tf.mul(gamma, centred), root), dGamma, dBeta }
}

/**
 * Batch normalization after training.
 *
 * Clauses    gan.dcgan.batch-normalization.inference
 * Fast by    one pass
 */
export const batchNormInference: Fast<typeof inferenceSpec> = (
  { x, gamma, beta, mean, variance },
  { epsilon },
) => {
  const root = tf.sqrt(tf.add(variance, epsilon))
  return { y: tf.add(tf.div(tf.mul(gamma, tf.sub(x, mean)), root), beta) }
}

/**
 * Gradients of batch normalization after training.
 *
 * Clauses    gan.dcgan.batch-normalization.inference
 * Fast by    one pass an array
 */
export const batchNormInferenceGradient: Fast<typeof inferenceGradientSpec> = (
  { x, gamma, mean, variance, dy },
  { epsilon },
) => {
  const root = tf.sqrt(tf.add(variance, epsilon))
  return {
    dx: tf.div(tf.mul(gamma, dy), root),
    dGamma: tf.sum(tf.mul(dy, tf.div(tf.sub(x, mean), root)), places),
    dBeta: tf.sum(dy, places),
  }
}
