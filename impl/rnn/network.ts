import * as tf from '@tensorflow/tfjs-core'
import type { network as spec } from '../../spec/rnn/network.ts'
import { recurrence } from '../layers/recurrent.ts'
import { asRows, scoresOf } from '../layers/scores.ts'
import { softmax } from '../layers/softmax.ts'
import type { Fast } from '../operation.ts'

/**
 * Recurrent network with an output at every step.
 *
 * Clauses    rnn.forward.output, rnn.variant.hidden-recurrent, rnn.three-blocks, rnn.param-shapes,
 *            rnn.output-from-memory, rnn.graph.loss-of-sequence
 * Fast by    one product for the inputs of all steps, and one for all scores
 */
export const network: Fast<typeof spec> = (inputs, parameters) => {
  const { h } = recurrence(inputs, parameters)
  const o = scoresOf(h, inputs.V, inputs.c)
  return { h, o, y: tf.reshape(softmax(asRows(o)), o.shape) }
}
