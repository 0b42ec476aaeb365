import * as tf from '@tensorflow/tfjs-core'
import type {
  smoothedDiscriminator as discriminatorSpec,
  smoothedValueGradient as gradientSpec,
  smoothedValue as spec,
} from '../../spec/gan/label-smoothing.ts'
import type { Fast } from '../operation.ts'
import { crossEntropies, crossEntropySlopes } from './cross-entropy.ts'
import { shares } from './optimal-discriminator.ts'

/**
 * Value of a discriminator on batches with smoothed targets.
 *
 * Clauses    gan.label-smoothing
 * Fast by    the losses of a batch at once
 */
export const smoothedValue: Fast<typeof spec> = (
  { real, generated },
  { realTarget, generatedTarget },
) => {
  const onReal = tf.mean(crossEntropies(real, realTarget))
  const onGenerated = tf.mean(crossEntropies(generated, generatedTarget))
  return { value: tf.neg(tf.add(onReal, onGenerated)) }
}

/**
 * Gradient of the value with smoothed targets by the logits.
 *
 * Clauses    gan.label-smoothing
 * Fast by    the slopes of a batch at once
 */
export const smoothedValueGradient: Fast<typeof gradientSpec> = (
  { real, generated, dValue },
  { realTarget, generatedTarget },
) => {
  const slopes = (logits: tf.Tensor, target: number) =>
    tf.mul(crossEntropySlopes(logits, target), tf.div(dValue, -logits.size))
  return { dReal: slopes(real, realTarget), dGenerated: slopes(generated, generatedTarget) }
}

/**
 * Best discriminator with smoothed targets.
 *
 * Clauses    gan.label-smoothing
 * Fast by    shares of all points at once
 */
export const smoothedDiscriminator: Fast<typeof discriminatorSpec> = (
  { data, generated },
  { realTarget, generatedTarget },
) => {
  const [p, q] = [shares(data), shares(generated)]
  const both = tf.add(p, q)
  const isNowhere = tf.equal(both, 0)
  const divisor = tf.where(isNowhere, tf.onesLike(both), both)
  const mixed = tf.div(tf.add(tf.mul(realTarget, p), tf.mul(generatedTarget, q)), divisor)
  return { probability: tf.where(isNowhere, tf.fill(both.shape, 0.5), mixed) }
}
