import * as tf from '@tensorflow/tfjs-core'
import type {
  sequenceToOneGradient as gradientSpec,
  sequenceToOne as spec,
} from '../../spec/rnn/sequence-to-one.ts'
import { recurrence, recurrenceGradient } from '../layers/recurrent.ts'
import { softmax } from '../layers/softmax.ts'
import type { Fast } from '../operation.ts'

/**
 * Recurrent network with one output for a sequence.
 *
 * Clauses    rnn.variant.sequence-to-one
 * Fast by    scores of the last states alone
 */
export const sequenceToOne: Fast<typeof spec> = (inputs, parameters) => {
  const { last } = recurrence(inputs, parameters)
  const products = tf.matMul(last as tf.Tensor2D, inputs.V as tf.Tensor2D, false, true)
  const o = tf.add(products, inputs.c)
  return { o, y: softmax(o) }
}

/**
 * Gradients of a recurrent network with one output for a sequence.
 *
 * Clauses    rnn.variant.sequence-to-one
 * Fast by    one product a step on the way back, and one for each sum over time
 */
export const sequenceToOneGradient: Fast<typeof gradientSpec> = (inputs, parameters) => {
  const states = recurrence(inputs, parameters)
  const dO = inputs.do as tf.Tensor2D
  const dLast = tf.matMul(dO, inputs.V as tf.Tensor2D)
  const arriving = [tf.zerosLike(states.h), dLast] as const
  return {
    ...recurrenceGradient(inputs, arriving, parameters, states),
    dV: tf.matMul(dO, states.last as tf.Tensor2D, true),
    dc: tf.sum(dO, 0),
  }
}
