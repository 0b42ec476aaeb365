import * as tf from '@tensorflow/tfjs-core'
import type { forward as spec } from '../../spec/lstm/forward.ts'
import type { Fast } from '../operation.ts'
import { cells, inOrder } from './forward-cells.ts'

/**
 * Long short-term memory.
 *
 * Clauses    lstm.forward.sequence
 * Fast by    one product for the inputs of all steps and gates, and one a step for the state
 */
export const forward: Fast<typeof spec> = (inputs, kind) => {
  const { steps, last, lastCell } = cells(inputs, kind)
  const inTime = (name: 'h' | 'c') =>
    tf.stack([
      ...inOrder(
        steps.map((step) => step[name]),
        kind,
      ),
    ])
  return { h: inTime('h'), c: inTime('c'), last, lastCell }
}
