import { layerCounts as reference } from '../../../reference/gru/param-ratio.ts'
import { layerCounts } from '../../../spec/gru/param-ratio.ts'
import { scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(layerCounts, reference)
const less = (value: { at(): number }, by: number) => scalar(value.at() - by)

export const withoutBiases = wrong.outputs(
  'counts no biases',
  ({ recurrent, gated, memory }, { parameters: { units } }) => ({
    recurrent: less(recurrent, units),
    gated: less(gated, 3 * units),
    memory: less(memory, 4 * units),
  }),
)

export const twoGates = wrong.outputs(
  'counts the gates and forgets the candidate',
  ({ recurrent }) => ({ gated: scalar(2 * recurrent.at()), memory: scalar(3 * recurrent.at()) }),
)

export const inputsTwice = wrong.parameters(
  'takes the units for the inputs as well',
  ({ units }) => ({ inputs: units }),
)

export const oneSecondBias = wrong.outputs(
  'counts the second biases of one gate where each has two',
  ({ secondBias }) => ({ twoBiases: secondBias }),
)

export const biasesMultiply = wrong.outputs(
  'counts biases among the products',
  ({ gated, memory }) => ({ gatedProducts: gated, memoryProducts: memory }),
)
