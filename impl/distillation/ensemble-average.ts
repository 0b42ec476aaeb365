import * as tf from '@tensorflow/tfjs-core'
import type {
  ensembleCrossEntropy as crossEntropySpec,
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
 * Cross-entropy of the average of several softmaxes.
 *
 * Clauses    distillation.ensemble-average
 * Fast by    all members as samples of one softmax
 */
export const ensembleCrossEntropy: Fast<typeof crossEntropySpec> = ({ z, targets }) => {
  const [T, N, C] = z.shape as [number, number, number]
  const { logs } = distribution(tf.reshape(z, [T * N, C]), 1)
  const each = tf.reshape(logs, [T, N, C])
  const largest = tf.max(each, 0)
  const whole = tf.sum(tf.exp(tf.sub(each, largest)), 0)
  const ofMean = tf.add(largest, tf.log(tf.div(whole, T)))
  const surprise = (l: tf.Tensor) => tf.neg(tf.sum(tf.mul(targets, l), -1))
  return { loss: surprise(ofMean), losses: surprise(each) }
}
