import { parameterCount as reference } from '../../../reference/lstm/param-count.ts'
import { parameterCount } from '../../../spec/lstm/param-count.ts'
import { scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(parameterCount, reference)
const one = () => tensor([], [1])

export const peepsByMatrices = wrong.outputs(
  'counts peepholes as matrices',
  ({ peepholes, all }, { parameters: { units } }) => ({
    peepholes: scalar(peepholes.at() * units),
    all: scalar(all.at() + peepholes.at() * (units - 1)),
  }),
)

export const candidatePeeps = wrong.outputs(
  'counts a peephole of the candidate',
  ({ peepholes, all }, { parameters: { units, peepholes: has } }) =>
    has ? { peepholes: scalar(peepholes.at() + units), all: scalar(all.at() + units) } : {},
)

export const leavesOutCandidate = wrong.outputs(
  'counts the gates, and not the candidate',
  ({ into, between }, { parameters: { inputs, units } }) => ({
    into: scalar(into.at() - units * inputs),
    between: scalar(between.at() - units * units),
  }),
)

export const countsCoupled = wrong.outputs(
  'counts weights of the forget gate that is 1 minus the input gate',
  ({ into, between }, { parameters: { inputs, units, coupled } }) =>
    coupled
      ? { into: scalar(into.at() + units * inputs), between: scalar(between.at() + units ** 2) }
      : {},
)

export const peepsOfCoupled = wrong.outputs(
  'counts a peephole of the forget gate that is 1 minus the input gate',
  ({ peepholes }, { parameters: { units, coupled, peepholes: has } }) =>
    coupled && has ? { peepholes: scalar(peepholes.at() + units) } : {},
)

export const oneBias = wrong.outputs(
  'counts one bias where there are two',
  ({ biases, all }, { parameters }) =>
    parameters.biases === 'two'
      ? { biases: scalar(biases.at() / 2), all: scalar(all.at() - biases.at() / 2) }
      : {},
)

export const leavesOutPeepholes = wrong.outputs(
  'leaves peepholes out of the sum',
  ({ all, peepholes }) => ({ all: scalar(all.at() - peepholes.at()) }),
)

export const wrapsAround = wrong.outputs('counts in 32 bits', ({ all, between }) => ({
  all: scalar(all.at() | 0),
  between: scalar(between.at() | 0),
}))

export const acceptsNoUnits = wrong.accepts('counts for no units as for one', () => ({
  into: one(),
  between: one(),
  peepholes: one(),
  biases: one(),
  all: one(),
}))
