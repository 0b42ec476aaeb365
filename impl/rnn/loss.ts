import * as tf from '@tensorflow/tfjs-core'
import type { lossGradient as gradientSpec, loss as spec } from '../../spec/rnn/loss.ts'
import { crossEntropyGradient, crossEntropyTerms, surprises } from '../layers/cross-entropy.ts'
import { asRows } from '../layers/scores.ts'
import type { Fast } from '../operation.ts'

/** What stands at padding as zeros, by selection: it may be anything. */
function counted(padded: tf.Tensor, array: tf.Tensor): tf.Tensor {
  const isPadding = tf.cast(tf.reshape(padded, [...padded.shape, 1]), 'bool')
  return tf.where(tf.broadcastTo(isPadding, array.shape), tf.zerosLike(array), array)
}

/**
 * Cross-entropy of a sequence, step by step and in all.
 *
 * Clauses    rnn.loss.step, rnn.loss.total, rnn.graph.loss-of-sequence
 * Fast by    all steps at once
 */
export const loss: Fast<typeof spec> = ({ o, y, padded }) => {
  const terms = tf.reshape(crossEntropyTerms(asRows(o), asRows(y)), y.shape)
  const steps = tf.sum(counted(padded, terms), 2)
  return { steps, E: tf.sum(steps) }
}

/**
 * Gradients of the cross-entropy of a sequence.
 *
 * Clauses    rnn.loss.step
 * Fast by    all steps at once
 */
export const lossGradient: Fast<typeof gradientSpec> = ({ o, y, padded, dSteps }) => {
  const weights = tf.expandDims(dSteps, 2)
  const weighed = (each: tf.Tensor) => counted(padded, tf.mul(weights, tf.reshape(each, o.shape)))
  return {
    do: weighed(crossEntropyGradient(asRows(o), asRows(y))),
    dy: weighed(surprises(asRows(o))),
  }
}
