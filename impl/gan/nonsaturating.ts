import * as tf from '@tensorflow/tfjs-core'
import type {
  fixedDiscriminatorGradient as fixedSpec,
  nonSaturatingDivergenceGradient as gradientSpec,
  generatorLosses as lossesSpec,
  nonSaturatingDivergence as spec,
} from '../../spec/gan/nonsaturating.ts'
import type { Fast } from '../operation.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'

/**
 * Saturating and non-saturating loss of a generator.
 *
 * Clauses    gan.minimax-vs-nonsaturating, gan.nonsaturating-gradient
 * Fast by    one sigmoid a slope, and one product for both gradients
 */
export const generatorLosses: Fast<typeof lossesSpec> = ({ logits, jacobian }) => {
  const [M, P] = jacobian.shape as [number, number]
  const saturatingSlope = tf.neg(tf.sigmoid(logits))
  const nonSaturatingSlope = tf.neg(tf.sigmoid(tf.neg(logits)))
  const slopes = tf.stack([saturatingSlope, nonSaturatingSlope]) as tf.Tensor2D
  const gradients = tf.div(tf.matMul(slopes, jacobian as tf.Tensor2D), M)
  const [saturatingGradient, nonSaturatingGradient] = tf.split(gradients, 2) as [
    tf.Tensor,
    tf.Tensor,
  ]
  return {
    saturating: logComplement(logits),
    nonSaturating: tf.neg(logSigmoid(logits)),
    saturatingSlope,
    nonSaturatingSlope,
    saturatingGradient: tf.reshape(saturatingGradient, [P]),
    nonSaturatingGradient: tf.reshape(nonSaturatingGradient, [P]),
  }
}

/** The distributions of the generator, a softmax, and of the data. */
const distributions = (theta: tf.Tensor, data: tf.Tensor) => ({
  q: tf.softmax(theta),
  p: tf.div(data, tf.sum(data)),
})

/** Gradient by the scores of a softmax, from that by its probabilities. */
const throughSoftmax = (q: tf.Tensor, dq: tf.Tensor) => tf.mul(q, tf.sub(dq, tf.sum(tf.mul(q, dq))))

/** The logarithm of how the mixture of both stands to the data. */
const logRatio = (p: tf.Tensor, q: tf.Tensor) => tf.log(tf.div(tf.add(p, q), tf.mul(p, 2)))

/**
 * Divergence that the non-saturating loss goes down on.
 *
 * Clauses    gan.nonsaturating-divergence
 * Fast by    one logarithm a point, twice the divergence of the mixture from the data
 */
export const nonSaturatingDivergence: Fast<typeof spec> = ({ theta, data }) => {
  const { p, q } = distributions(theta, data)
  return { divergence: tf.sum(tf.mul(tf.add(p, q), logRatio(p, q))) }
}

/**
 * Gradient of the divergence by the scores of the generator.
 *
 * Clauses    gan.nonsaturating-divergence
 * Fast by    one logarithm a point
 */
export const nonSaturatingDivergenceGradient: Fast<typeof gradientSpec> = ({
  theta,
  data,
  dDivergence,
}) => {
  const { p, q } = distributions(theta, data)
  return { dTheta: throughSoftmax(q, tf.mul(dDivergence, logRatio(p, q))) }
}

/**
 * Gradient of the non-saturating loss before a discriminator that is held fixed.
 *
 * Clauses    gan.nonsaturating-divergence
 * Fast by    one logarithm a point
 */
export const fixedDiscriminatorGradient: Fast<typeof fixedSpec> = ({ theta, data }) => {
  const { p, q } = distributions(theta, data)
  const discriminator = tf.div(p, tf.add(p, q))
  const cost = tf.log(tf.div(tf.add(p, q), p))
  return { discriminator, loss: tf.sum(tf.mul(q, cost)), gradient: throughSoftmax(q, cost) }
}
