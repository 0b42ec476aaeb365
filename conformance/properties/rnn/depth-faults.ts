import { pathLengths as reference } from '../../../reference/rnn/depth.ts'
import { pathLengths } from '../../../spec/rnn/depth.ts'
import { scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(pathLengths, reference)
const one = () => tensor([], [1])

export const everyStepIn = wrong.outputs(
  'counts the layers into the state at every step',
  ({ longest }, { parameters: { steps, into } }) => ({
    longest: scalar(longest.at() + (steps - 1) * (into - 1)),
  }),
)

export const stepsAndOne = wrong.parameters('counts one step too many', ({ steps }) => ({
  steps: steps + 1,
}))

export const skipsLongest = wrong.outputs(
  'takes a skip connection away from the longest path as well',
  ({ nextShortest, shortest }) => ({ nextLongest: nextShortest, longest: shortest }),
)

export const noSkips = wrong.parameters('sees no skip connections', () => ({ skip: false }))

export const acceptsNoLayers = wrong.accepts('takes no layers at all for one', () => ({
  nextLongest: one(),
  nextShortest: one(),
  longest: one(),
  shortest: one(),
}))
