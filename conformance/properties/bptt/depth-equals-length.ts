import { depthEqualsLength, unfoldedDepth } from '../../../spec/bptt/depth-equals-length.ts'
import { jacobian } from '../../../spec/bptt/jacobian.ts'
import { free } from '../../../spec/language/operation.ts'
import { agreement } from '../../kit/agreement.ts'
import { filled, row, scalar, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import {
  alwaysToTheEnd,
  countsNodes,
  inputThroughWeights,
  notUnfolded,
  stateAsInput,
} from './depth-equals-length-faults.ts'
import { oneFactorLess } from './jacobian-faults.ts'

const sequences = { dimensions: { T: free(1, 12, 'steps') }, inputs: {}, parameters: {} }

export const depthProperties = properties(
  depthEqualsLength,
  agreement(unfoldedDepth, 'integers', {
    kills: [notUnfolded, countsNodes, stateAsInput, inputThroughWeights, alwaysToTheEnd],
  }),
  worked('five', {
    of: unfoldedDepth,
    title: 'five steps are five layers, which a gradient goes back through',
    kills: [notUnfolded, countsNodes, stateAsInput, inputThroughWeights, alwaysToTheEnd],
    cases: [
      {
        says: 'from the first state',
        parameters: { steps: 5, start: 0, end: 5 },
        gives: { layers: [5], recurrent: [5], edges: [6] },
      },
      {
        says: 'from the first input',
        parameters: { steps: 5, start: 1, end: 5 },
        gives: { layers: [5], recurrent: [4], edges: [6] },
      },
      {
        says: 'from the input of the third step to its own output',
        parameters: { steps: 5, start: 3, end: 3 },
        gives: { layers: [5], recurrent: [0], edges: [2] },
      },
    ],
  }),
  law('factors', {
    of: sequences,
    asks: [unfoldedDepth, jacobian],
    title: 'each edge between states is a factor: with the weight 2 the Jacobian is a power of 2',
    kills: [stateAsInput, oneFactorLess],
    share: 0.3,
    async holds({ arithmetic, measure, sizes }) {
      const T = sizes.T!
      const one = {
        x: zeros([T, 1, 1]),
        U: zeros([1, 1]),
        W: filled([1, 1], 2),
        b: zeros([1]),
        h0: zeros([1, 1]),
      }
      const { J } = await measure(jacobian, one, { activation: 'linear', start: 0, end: T })
      const { recurrent } = await measure(unfoldedDepth, {}, { steps: T, start: 0, end: T })
      const edges = arithmetic.toNumber(recurrent.at())
      return [
        { label: 'J', expected: row(arithmetic.exact(2 ** edges)), actual: row(J.at(0, 0, 0)) },
        { label: 'edges', expected: scalar(arithmetic.exact(T)), actual: recurrent },
      ]
    },
  }),
)
