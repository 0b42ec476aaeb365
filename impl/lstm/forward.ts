import type { forwardGradient as gradientSpec, forward as spec } from '../../spec/lstm/forward.ts'
import type { Fast } from '../operation.ts'
import { cells } from './forward-cells.ts'
import { cellsGradient } from './forward-gradient.ts'

/**
 * Long short-term memory.
 *
 * Clauses    lstm.forward.sequence, lstm.forget-gate, lstm.forget-limits, lstm.input-gate,
 *            lstm.candidate, lstm.cell-update, lstm.output-hidden, lstm.dimensions-and-ranges,
 *            lstm.bptt-gradient
 * Fast by    one product a gate for the inputs of all steps, and one a step for the state; where TensorFlow computes on
 *            a processor, one operation for all of it, or one product a step for gates that are coupled
 */
export const forward: Fast<typeof spec> = (inputs, kind) => {
  return cells(inputs, kind, ['h', 'c'])
}

/**
 * Gradients of long short-term memory, through time.
 *
 * Clauses    lstm.bptt-gradient, lstm.gradient-flow
 * Fast by    what does not depend on a gradient is computed for all steps at once; one product a step on the
 *            way back, and one for each sum over time
 */
export const forwardGradient: Fast<typeof gradientSpec> = (inputs, kind) =>
  cellsGradient(inputs, inputs, kind)
