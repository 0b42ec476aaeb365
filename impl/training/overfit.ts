import * as tf from '@tensorflow/tfjs-core'
import type {
  overfitGap as gapSpec,
  turningPoint as turningSpec,
} from '../../spec/training/overfit.ts'
import type { Fast } from '../operation.ts'

const last = (x: tf.Tensor) => tf.reshape(tf.slice(x, x.size - 1, 1), [])
const count = (x: tf.Tensor) => tf.cast(x, 'float32')

/**
 * Gap between training and validation.
 *
 * Clauses    training.overfit.gap
 * Fast by    one difference; the diagnosis counts the thresholds that its end has reached
 */
export const overfitGap: Fast<typeof gapSpec> = (
  { training, validation },
  { metric, little, strong },
) => {
  const gaps = metric === 'accuracy' ? tf.sub(training, validation) : tf.sub(validation, training)
  const end = last(gaps)
  const reached = [little, strong].map((threshold) => count(tf.greaterEqual(end, threshold)))
  return { gaps, diagnosis: tf.addN(reached) }
}

/**
 * Epoch at which validation accuracy turns.
 *
 * Clauses    training.overfit.turning-point
 * Fast by    all conditions at once, on the device. Which of equal elements tf.argMax gives is not
 *            the same on every backend, so the first one is found as the smallest index
 */
export const turningPoint: Fast<typeof turningSpec> = ({ training, validation }, { drop }) => {
  const T = validation.shape[0]!
  const best = tf.max(validation)
  const isBest = tf.equal(validation, best)
  const stop = tf.min(tf.where(isBest, tf.range(0, T), tf.fill([T], T)))
  const there = tf.equal(tf.range(0, T), stop)
  const trainingThere = tf.sum(tf.where(there, training, tf.zerosLike(training)))

  const conditions = [
    tf.greater(stop, 0),
    tf.less(stop, T - 1),
    tf.less(last(validation), tf.sub(best, drop)),
    tf.greater(last(training), trainingThere),
  ]
  const flag = count(conditions.reduce((all, next) => tf.logicalAnd(all, next)))
  return { stop, overparametrized: flag, remedies: tf.tile(tf.reshape(flag, [1]), [3]) }
}
