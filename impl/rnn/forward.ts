import type { forwardGradient as gradientSpec, forward as spec } from '../../spec/rnn/forward.ts'
import { recurrence, recurrenceGradient } from '../layers/recurrent.ts'
import type { Fast } from '../operation.ts'

/**
 * Recurrent layer.
 *
 * Clauses    rnn.forward.hidden, rnn.forward.gradient, rnn.variable-length,
 *            rnn.batching.same-length, rnn.time-shared-weights, rnn.reduces-to-feedforward,
 *            rnn.order-dependence, rnn.init.identity
 * Fast by    one product for the inputs of all steps, and one a step for the states
 */
export const forward: Fast<typeof spec> = (inputs, parameters) => {
  const { h, last } = recurrence(inputs, parameters)
  return { h, last }
}

/**
 * Gradients of a recurrent layer, through time.
 *
 * Clauses    rnn.forward.gradient, rnn.order-dependence, rnn.init.identity
 * Fast by    one product a step on the way back, and one for each sum over time
 */
export const forwardGradient: Fast<typeof gradientSpec> = (inputs, parameters) => {
  const { dh, dLast } = inputs
  return recurrenceGradient(inputs, [dh, dLast], parameters)
}
