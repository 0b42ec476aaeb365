import * as tf from '@tensorflow/tfjs-core'
import type {
  slopeBound as boundSpec,
  clippedCritic as clippedSpec,
  criticSlopes as spec,
} from '../../spec/gan/wgan-lipschitz.ts'
import { eachStep } from '../layers/steps.ts'
import type { Fast } from '../operation.ts'
import { climbed, type Discriminator, discriminated, sampleGradient } from './network.ts'
import { criticsAfter, measuredGradient } from './wgan-penalty.ts'

/**
 * What a critic gives, and its gradient by each sample.
 *
 * Clauses    gan.wgan.lipschitz
 * Fast by    one pass forwards and one back for all samples
 */
export const criticSlopes: Fast<typeof spec> = ({ x, ...D }) => {
  const { s, logits } = discriminated(D, x)
  return { values: logits, slopes: sampleGradient(D, s, tf.ones([x.shape[0]!])) }
}

/**
 * Steps of a critic with clipped weights.
 *
 * Clauses    gan.wgan.lipschitz
 * Fast by    one pass for both kinds of samples together, and clipping on the device
 */
export const clippedCritic: Fast<typeof clippedSpec> = (
  { real, generated, ...D },
  { rate, limit },
) => {
  const clip = (w: tf.Tensor) => tf.minimum(tf.maximum(w, -limit), limit)
  const critics: Discriminator[] = []
  let now: Discriminator = D
  const fakes = eachStep(generated)
  for (const [t, x] of eachStep(real).entries()) {
    const g = measuredGradient(now, x, fakes[t]!)
    const moved = climbed<keyof Discriminator>(now, g, rate)
    now = {
      discriminatorHidden: clip(moved.discriminatorHidden),
      discriminatorHiddenBias: clip(moved.discriminatorHiddenBias),
      discriminatorOutput: clip(moved.discriminatorOutput),
      discriminatorOutputBias: clip(moved.discriminatorOutputBias),
    }
    critics.push(now)
  }
  return criticsAfter(critics)
}

/**
 * Bound of the slopes of a critic with clipped weights.
 *
 * Clauses    gan.wgan.lipschitz
 * Fast by    a product of as many numbers as layers
 */
export const slopeBound: Fast<typeof boundSpec> = (_, { widths, limit }) => {
  const sizes = widths.slice(1).map((units, l) => widths[l]! * units)
  return { bound: tf.prod(tf.mul(tf.sqrt(tf.tensor1d(sizes)), limit)) }
}
