import * as tf from '@tensorflow/tfjs-core'
import type {
  gradientPenaltyGradient as gradientSpec,
  penalizedCritic as penalizedSpec,
  penaltyPoints as pointsSpec,
  gradientPenalty as spec,
} from '../../spec/gan/wgan-penalty.ts'
import { denseWeightGradient } from '../layers/dense.ts'
import { norms } from '../layers/norm.ts'
import { eachStep } from '../layers/steps.ts'
import type { Fast } from '../operation.ts'
import {
  climbed,
  type Discriminator,
  discriminated,
  discriminatorGradient,
  hiddenGradient,
  sampleGradient,
} from './network.ts'

/** One number a sample, for all axes of the samples. */
const forSamples = (numbers: tf.Tensor, samples: tf.Tensor) =>
  tf.reshape(numbers, [-1, ...samples.shape.slice(1).map(() => 1)])

/** A sample between each real and generated one. */
const between = (real: tf.Tensor, generated: tf.Tensor, mix: tf.Tensor) => {
  const share = forSamples(mix, real)
  return tf.add(tf.mul(share, real), tf.mul(tf.sub(1, share), generated))
}

/**
 * Samples between real and generated ones.
 *
 * Clauses    gan.wgan.lipschitz
 * Fast by    one pass over all samples, whose shares are broadcast
 */
export const penaltyPoints: Fast<typeof pointsSpec> = ({ real, generated, mix }) => ({
  x: between(real, generated, mix),
})

/** Norms over all axes of each sample. */
const lengthsOf = (slopes: tf.Tensor) => norms(tf.reshape(slopes, [slopes.shape[0]!, -1]), [1])

/**
 * Penalty of slopes that are not 1 long.
 *
 * Clauses    gan.wgan.lipschitz
 * Fast by    norms of all samples at once
 */
export const gradientPenalty: Fast<typeof spec> = ({ slopes }, { weight }) => ({
  penalty: tf.mul(tf.mean(tf.square(tf.sub(lengthsOf(slopes), 1))), weight),
})

/** The least normal number of single precision, in place of a length of 0, which nothing is divided by. */
const leastNormal = 2 ** -126

/** The derivative of the penalty by slopes, times one number; 0 of a slope of 0. */
function penaltySlopes(g: tf.Tensor, weight: number, dPenalty: tf.Tensor): tf.Tensor {
  const lengths = forSamples(lengthsOf(g), g)
  const directions = tf.where(
    tf.greater(tf.add(lengths, tf.zerosLike(g)), 0),
    tf.div(g, tf.maximum(lengths, leastNormal)),
    tf.zerosLike(g),
  )
  const share = tf.div(tf.mul(dPenalty, 2 * weight), g.shape[0]!)
  return tf.mul(share, tf.mul(tf.sub(lengths, 1), directions))
}

/**
 * Gradient of the penalty by the slopes.
 *
 * Clauses    gan.wgan.lipschitz
 * Fast by    norms of all samples at once
 */
export const gradientPenaltyGradient: Fast<typeof gradientSpec> = (
  { slopes, dPenalty },
  { weight },
) => ({ dSlopes: penaltySlopes(slopes, weight, dPenalty) })

/** Gradient by its parameters of what a critic measures: one pass for both kinds of samples together. */
export function measuredGradient(
  D: Discriminator,
  real: tf.Tensor,
  generated: tf.Tensor,
): Discriminator {
  const M = real.shape[0]!
  const x = tf.concat([real, generated])
  const dLogits = tf.concat([tf.fill([M], 1 / M), tf.fill([M], -1 / M)])
  return discriminatorGradient(D, x, discriminated(D, x), dLogits)
}

/** Gradient of the penalty of a critic by its weights: through the product that its slopes are. */
function penaltyGradient(D: Discriminator, x: tf.Tensor, weight: number) {
  const { s } = discriminated(D, x)
  const ones = tf.ones([x.shape[0]!])
  const u = penaltySlopes(sampleGradient(D, s, ones), weight, tf.scalar(1))
  const unweighted = { ...D, discriminatorOutput: tf.onesLike(D.discriminatorOutput) }
  const through = tf.matMul(u as tf.Tensor2D, D.discriminatorHidden as tf.Tensor2D)
  return {
    discriminatorHidden: denseWeightGradient(u, hiddenGradient(D, s, ones)),
    discriminatorOutput: tf.sum(tf.mul(hiddenGradient(unweighted, s, ones), through), 0),
  }
}

/** The critics after steps, one behind the other. */
export const criticsAfter = (critics: readonly Discriminator[]): Discriminator => ({
  discriminatorHidden: tf.stack(critics.map((D) => D.discriminatorHidden)),
  discriminatorHiddenBias: tf.stack(critics.map((D) => D.discriminatorHiddenBias)),
  discriminatorOutput: tf.stack(critics.map((D) => D.discriminatorOutput)),
  discriminatorOutputBias: tf.stack(critics.map((D) => D.discriminatorOutputBias)),
})

/**
 * Steps of a critic with a gradient penalty.
 *
 * Clauses    gan.wgan.lipschitz
 * Fast by    matrix products alone: the derivative of a slope by weights is one of a product, so that no graph of
 *            the first gradient is kept
 */
export const penalizedCritic: Fast<typeof penalizedSpec> = (
  { real, generated, mix, ...D },
  { rate, weight },
) => {
  const critics: Discriminator[] = []
  let now: Discriminator = D
  const [reals, fakes, mixes] = [real, generated, mix].map(eachStep)
  for (const [t, x] of reals!.entries()) {
    const fake = fakes![t]!
    const measured = measuredGradient(now, x, fake)
    const penalty = penaltyGradient(now, between(x, fake, mixes![t]!), weight)
    const g = {
      ...measured,
      discriminatorHidden: tf.sub(measured.discriminatorHidden, penalty.discriminatorHidden),
      discriminatorOutput: tf.sub(measured.discriminatorOutput, penalty.discriminatorOutput),
    }
    now = climbed<keyof Discriminator>(now, g, rate)
    critics.push(now)
  }
  return criticsAfter(critics)
}
