import type { parameterCount as spec } from '../../spec/rnn/param-count.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Parameters of a recurrent network.
 *
 * Clauses    rnn.param-count.length-independent
 * By         the fan-in of a unit and of an output, one more with a bias
 */
export const parameterCount: Fast<typeof spec> = (_, { inputs, units, outputs, steps, biases }) => {
  const bias = biases ? 1 : 0
  const shared = units * (inputs + units + bias) + outputs * (units + bias)
  return {
    into: count(units * inputs),
    between: count(units * units),
    out: count(outputs * units),
    biases: count(bias * (units + outputs)),
    shared: count(shared),
    unshared: count(steps * shared),
  }
}
