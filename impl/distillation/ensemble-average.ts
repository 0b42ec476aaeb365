import * as tf from '@tensorflow/tfjs-core'
import type {
  ensembleCrossEntropyGradient as crossEntropyGradientSpec,
  ensembleCrossEntropy as crossEntropySpec,
  ensembleGradient as gradientSpec,
  ensemble as spec,
} from '../../spec/distillation/ensemble-average.ts'
import type { Fast } from '../operation.ts'
import { distribution } from './softmax-scores.ts'

/** The sum over the last axis of the squares of a difference. */
const squaredDistance = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.square(tf.sub(a, b)), -1)

/**
 * Average of several predictions, and its squared error.
 *
 * Clauses    distillation.ensemble-average
 * Fast by    all members at once
 */
export const ensemble: Fast<typeof spec> = ({ predictions, targets }) => {
  const T = predictions.shape[0]!
  const average = tf.div(tf.sum(predictions, 0), T)
  return {
    average,
    error: squaredDistance(average, targets),
    errors: squaredDistance(predictions, targets),
    ambiguity: tf.div(tf.sum(squaredDistance(predictions, average), 0), T),
  }
}

/**
 * Gradients of the average of several predictions, and of its squared error.
 *
 * Clauses    distillation.ensemble-average
 * Fast by    all members at once; the distances from the mean add up to 0, so that the ambiguity moves no mean
 */
export const ensembleGradient: Fast<typeof gradientSpec> = (given) => {
  const { predictions, targets, dAverage, dError, dErrors, dAmbiguity } = given
  const [T, N] = predictions.shape as [number, number]
  const average = tf.div(tf.sum(predictions, 0), T)
  const each = (d: tf.Tensor, shape: number[]) => tf.mul(tf.reshape(d, shape), 2)
  const ofAverage = tf.mul(each(dError, [N, 1]), tf.sub(average, targets))
  const ofMembers = tf.mul(each(dErrors, [T, N, 1]), tf.sub(predictions, targets))
  const apart = tf.mul(each(dAmbiguity, [1, N, 1]), tf.sub(predictions, average))
  const byMean = tf.add(tf.add(dAverage, ofAverage), apart)
  return {
    dPredictions: tf.add(tf.div(byMean, T), ofMembers),
    dTargets: tf.neg(tf.add(ofAverage, tf.sum(ofMembers, 0))),
  }
}

/**
 * Cross-entropy of the average of several softmaxes.
 *
 * Clauses    distillation.ensemble-average
 * Fast by    all members as samples of one softmax
 */
export const ensembleCrossEntropy: Fast<typeof crossEntropySpec> = ({ z, targets }) => {
  const { logs, ofMean } = members(z)
  const surprise = (l: tf.Tensor) => tf.neg(tf.sum(tf.mul(targets, l), -1))
  return { loss: surprise(ofMean), losses: surprise(logs) }
}

/** The softmax of each member, its logarithm, the share that each has of the sum, and the logarithm of the mean. */
function members(z: tf.Tensor) {
  const [T, N, C] = z.shape as [number, number, number]
  const { y, logs: inRows } = distribution(tf.reshape(z, [T * N, C]), 1)
  const [p, logs] = [tf.reshape(y, z.shape), tf.reshape(inRows, z.shape)]
  const largest = tf.max(logs, 0)
  const powers = tf.exp(tf.sub(logs, largest))
  const whole = tf.sum(powers, 0)
  return {
    p,
    logs,
    shares: tf.div(powers, whole),
    ofMean: tf.add(largest, tf.log(tf.div(whole, T))),
  }
}

/**
 * Gradients of the cross-entropy of the average of several softmaxes.
 *
 * Clauses    distillation.ensemble-average
 * Fast by    all members as samples of one softmax, whose exponentials give the shares as well
 */
export const ensembleCrossEntropyGradient: Fast<typeof crossEntropyGradientSpec> = (given) => {
  const { z, targets, dLoss, dLosses } = given
  const [T, N] = z.shape as [number, number]
  const { p, logs, shares, ofMean } = members(z)
  const ofLoss = tf.reshape(dLoss, [N, 1])
  const ofLosses = tf.reshape(dLosses, [T, N, 1])
  const d = tf.neg(tf.mul(targets, tf.add(tf.mul(ofLoss, shares), ofLosses)))
  return {
    dz: tf.sub(d, tf.mul(p, tf.sum(d, -1, true))),
    dTargets: tf.neg(tf.add(tf.mul(ofLoss, ofMean), tf.sum(tf.mul(ofLosses, logs), 0))),
  }
}
