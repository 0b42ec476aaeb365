import { parameterCount as reference } from '../../../reference/rnn/param-count.ts'
import { parameterCount } from '../../../spec/rnn/param-count.ts'
import { scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(parameterCount, reference)
const one = () => tensor([], [1])

export const growsWithLength = wrong.outputs(
  'counts recurrent weights for every step',
  ({ between, shared }, { parameters: { steps } }) => ({
    shared: scalar(shared.at() + (steps - 1) * between.at()),
  }),
)

export const oneMatrixForAll = wrong.outputs(
  'counts one matrix, of the input and the state, for the output as well',
  ({ into, between, biases }) => ({ shared: scalar(into.at() + between.at() + biases.at()) }),
)

export const twoBiases = wrong.outputs(
  'counts two biases for each unit',
  ({ biases, shared }, { parameters: { units, biases: has } }) =>
    has ? { biases: scalar(biases.at() + units), shared: scalar(shared.at() + units) } : {},
)

export const wrapsAround = wrong.outputs('counts in 32 bits', ({ shared, between }) => ({
  shared: scalar(shared.at() | 0),
  between: scalar(between.at() | 0),
}))

export const acceptsNoSteps = wrong.accepts('counts for no steps as for one', () => ({
  into: one(),
  between: one(),
  out: one(),
  biases: one(),
  shared: one(),
  unshared: one(),
}))
