import * as tf from '@tensorflow/tfjs-core'
import type { parameterCount as spec } from '../../spec/lstm/param-count.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Parameters of a long short-term memory.
 *
 * Clauses    lstm.param-count.variants
 * By         the shapes of the arrays that a layer of each form keeps
 */
export const parameterCount: Fast<typeof spec> = (
  _,
  { inputs, units, biases, peepholes, coupled },
) => {
  const bounded = coupled ? ['input', 'output'] : ['input', 'forget', 'output']
  const summed = bounded.length + 1
  const rows = { none: 0, one: 1, two: 2 }[biases]
  const size = tf.util.sizeFromShape
  const parts = {
    into: size([summed, units, inputs]),
    between: size([summed, units, units]),
    peepholes: peepholes ? size([bounded.length, units]) : 0,
    biases: size([rows, summed, units]),
  }
  return {
    into: count(parts.into),
    between: count(parts.between),
    peepholes: count(parts.peepholes),
    biases: count(parts.biases),
    all: count(Object.values(parts).reduce((sum, part) => sum + part, 0)),
  }
}
