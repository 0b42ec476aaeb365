import { unfoldedDepth as reference } from '../../../reference/bptt/depth-equals-length.ts'
import { unfoldedDepth } from '../../../spec/bptt/depth-equals-length.ts'
import { scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(unfoldedDepth, reference)

export const notUnfolded = wrong.outputs(
  'counts the layers of the network before it is unfolded',
  () => ({ layers: scalar(1) }),
)

export const countsNodes = wrong.outputs('counts nodes in place of edges', ({ edges }) => ({
  edges: scalar(edges.at() + 1),
}))

export const stateAsInput = wrong.outputs(
  'takes the first state for an input of the first step',
  ({ recurrent }, { parameters: { start } }) => ({
    recurrent: scalar(recurrent.at() - (start === 0 ? 1 : 0)),
  }),
)

export const inputThroughWeights = wrong.outputs(
  'counts an edge between states for the step of the input, too',
  ({ recurrent }, { parameters: { start } }) => ({
    recurrent: scalar(recurrent.at() + (start === 0 ? 0 : 1)),
  }),
)

export const alwaysToTheEnd = wrong.outputs(
  'goes on to the last output whatever is asked for',
  ({ recurrent, edges }, { parameters: { steps, end } }) => ({
    recurrent: scalar(recurrent.at() + steps - end),
    edges: scalar(edges.at() + steps - end),
  }),
)
