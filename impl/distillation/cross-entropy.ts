import * as tf from '@tensorflow/tfjs-core'
import type {
  crossEntropyGradient as gradientSpec,
  probabilityCrossEntropyGradient as probabilityGradientSpec,
  probabilityCrossEntropy as probabilitySpec,
  crossEntropy as spec,
} from '../../spec/distillation/cross-entropy.ts'
import { crossEntropyGradient as scoreGradient } from '../layers/cross-entropy.ts'
import type { Fast } from '../operation.ts'
import { distribution } from './softmax-scores.ts'

type Given = Readonly<Record<'targets' | 'weights' | 'counted', tf.Tensor>>

const surprises = (z: tf.Tensor) => tf.neg(distribution(z, 1).logs)

/** What the sum over the samples is divided by. */
const divisor = (counted: tf.Tensor, reduction: string) =>
  reduction === 'mean' ? tf.maximum(tf.sum(counted), 1) : tf.scalar(1)

/** What there should be of each class, in samples that count. */
const wanted = ({ targets, weights, counted }: Given) =>
  tf.mul(tf.mul(targets, weights), tf.expandDims(counted, 1))

const reduced = (s: tf.Tensor, given: Given, reduction: string) =>
  tf.div(tf.sum(tf.mul(wanted(given), s)), divisor(given.counted, reduction))

function slopes(s: tf.Tensor, { targets, weights, counted }: Given, g: tf.Tensor) {
  const felt = tf.mul(s, tf.expandDims(counted, 1))
  return {
    dTargets: tf.mul(tf.mul(felt, weights), g),
    dWeights: tf.mul(tf.sum(tf.mul(targets, felt), 0), g),
  }
}

/**
 * Cross-entropy of targets with the softmax of scores.
 *
 * Clauses    distillation.cross-entropy, distillation.soft-info
 * Fast by    one sum over samples and classes
 */
export const crossEntropy: Fast<typeof spec> = ({ z, ...given }, { reduction }) => ({
  loss: reduced(surprises(z), given, reduction),
})

/**
 * Gradients of the cross-entropy of targets with the softmax of scores.
 *
 * Clauses    distillation.cross-entropy, distillation.soft-info
 * Fast by    the difference of both distributions, and no matrix of derivatives
 */
export const crossEntropyGradient: Fast<typeof gradientSpec> = (
  { z, dLoss, ...given },
  { reduction },
) => {
  const g = tf.div(dLoss, divisor(given.counted, reduction))
  return {
    dz: tf.mul(scoreGradient(z, wanted(given)), g),
    ...slopes(surprises(z), given, g),
  }
}

/**
 * Cross-entropy of targets with probabilities.
 *
 * Clauses    distillation.cross-entropy
 * Fast by    one sum over samples and classes
 */
export const probabilityCrossEntropy: Fast<typeof probabilitySpec> = (
  { q, ...given },
  { reduction, epsilon },
) => ({ loss: reduced(tf.neg(tf.log(tf.add(q, epsilon))), given, reduction) })

/**
 * Gradients of the cross-entropy of targets with probabilities.
 *
 * Clauses    distillation.cross-entropy
 * Fast by    all samples at once
 */
export const probabilityCrossEntropyGradient: Fast<typeof probabilityGradientSpec> = (
  { q, dLoss, ...given },
  { reduction, epsilon },
) => {
  const g = tf.div(dLoss, divisor(given.counted, reduction))
  const raised = tf.add(q, epsilon)
  return {
    dq: tf.neg(tf.div(tf.mul(wanted(given), g), raised)),
    ...slopes(tf.neg(tf.log(raised)), given, g),
  }
}
