import { layers } from '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Definition } from '../define.ts'
import type { Calls } from './tfjs-calls.ts'

type Kept = readonly [mean: tf.Tensor, variance: tf.Tensor]

/** What a channel is normalized by: statistics of the batch, or those that were kept. */
const statisticsOf = (x: tf.Tensor): Kept => {
  const { mean, variance } = tf.moments(x, [0, 1, 2])
  return [mean, variance]
}

const normalized = (
  x: tf.Tensor,
  [mean, variance]: Kept,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
): tf.Tensor =>
  tf.batchNorm(
    x as tf.Tensor4D,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    beta as tf.Tensor1D,
    gamma as tf.Tensor1D,
    epsilon,
  )

const slopes = (
  given: Readonly<Record<'x' | 'gamma' | 'dy', tf.Tensor>>,
  by: (x: tf.Tensor) => Kept,
  epsilon: number,
) => {
  const { x, gamma, dy } = given
  const of = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
    normalized(x, by(x), gamma, beta, epsilon)
  const found = tf.grads(of as (...arrays: tf.Tensor[]) => tf.Tensor)(
    [x, gamma, tf.zerosLike(gamma)],
    dy,
  )
  const [dx, dGamma, dBeta] = found as [tf.Tensor, tf.Tensor, tf.Tensor]
  return { dx, dGamma, dBeta }
}

/** Batch normalization: a layer in training, whose momentum is the share of the old, and calls. */
export const normalizationCalls: Calls = {
  'gan.batchNorm': ({ x, gamma, beta, runningMean, runningVariance }, { epsilon, momentum }) => {
    const layer = layers.batchNormalization({ epsilon, momentum: 1 - momentum })
    layer.build(x.shape)
    layer.setWeights([gamma, beta, runningMean, runningVariance])
    const y = layer.apply(x, { training: true }) as tf.Tensor
    const [, , movedMean, movedVariance] = layer.getWeights().map((w) => tf.clone(w))
    // A layer that is part of no model refuses to be disposed of; its weights do not.
    for (const weight of layer.weights) weight.dispose()
    const [mean, variance] = statisticsOf(x)
    return { y, mean, variance, runningMean: movedMean!, runningVariance: movedVariance! }
  },
  'gan.batchNormGradient': (given, { epsilon }) => slopes(given, statisticsOf, epsilon),
  'gan.batchNormInference': ({ x, mean, variance, gamma, beta }, { epsilon }) => ({
    y: normalized(x, [mean, variance], gamma, beta, epsilon),
  }),
  'gan.batchNormInferenceGradient': ({ mean, variance, ...given }, { epsilon }) =>
    slopes(given, () => [mean, variance], epsilon),
}

/** Running variances of its layer divide by the number of places. */
export const normalizationDomains: Definition['supports'] & object = {
  'gan.batchNorm': { parameters: { divisor: 'n' } },
}
