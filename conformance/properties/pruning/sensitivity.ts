import { build } from '../../../reference/arithmetic/array.ts'
import { array } from '../../../spec/language/operation.ts'
import { leaveOneOut, sensitivity } from '../../../spec/pruning/sensitivity.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { plain } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  forgetsCurvature,
  forgetsGradient,
  reversesSign,
  takesAbsolute,
  takesLargest,
  takesMagnitude,
  upperHalf,
  wholeRow,
} from './sensitivity-faults.ts'

export const sensitivityProperties = properties(
  leaveOneOut,
  agreementTwice(sensitivity, {
    kills: [
      takesMagnitude,
      takesAbsolute,
      takesLargest,
      forgetsGradient,
      forgetsCurvature,
      reversesSign,
      wholeRow,
      upperHalf,
    ],
  }),
  law('at-the-minimum', {
    of: {
      dimensions: sensitivity.dimensions,
      inputs: {
        curvature: array('the second derivatives', 'P'),
        weights: sensitivity.inputs.weights,
      },
      parameters: {},
    },
    asks: [sensitivity],
    title: 'at the minimum of a loss whose weights do not interact, ½ h w² each',
    kills: [forgetsCurvature, reversesSign],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, sizes: { P } }) {
      const { exact, multiply } = arithmetic
      const { curvature, weights } = inputs
      const matrix = build([P, P], (i, j) => (i === j ? plain(curvature).at(i) : 0))
      const { changes } = await measure(sensitivity, { matrix, weights, minimum: weights }, {})
      const [h, w] = [array('curvature'), array('weights')]
      return [
        {
          label: '½ h w²',
          expected: build([P], (k) =>
            multiply(multiply(exact(0.5), h.at(k)), multiply(w.at(k), w.at(k))),
          ),
          actual: changes,
        },
      ]
    },
  }),
  worked('disagrees', {
    of: sensitivity,
    title: 'the larger weight goes first where the loss hardly depends on it',
    kills: [takesMagnitude, takesLargest],
    inputs: {
      matrix: tensor([2, 2], [1024, 0, 0, 1]),
      minimum: tensor([2], [0.125, 1]),
      weights: tensor([2], [0.125, 1]),
    },
    parameters: {},
    gives: { changes: [8, 0.5], first: [1] },
  }),
  worked('signed', {
    of: sensitivity,
    title: 'a weight without which the loss is lower goes before one without influence',
    kills: [takesAbsolute],
    cases: [
      {
        says: 'minimum at −1 and 0',
        inputs: {
          matrix: tensor([2, 2], [2, 0, 0, 0]),
          minimum: tensor([2], [-1, 0]),
          weights: tensor([2], [1, 1]),
        },
        parameters: {},
        gives: { changes: [-3, 0], first: [0] },
      },
      {
        says: 'equal changes',
        inputs: {
          matrix: tensor([2, 2], [2, 0, 0, 2]),
          minimum: tensor([2], [1, 1]),
          weights: tensor([2], [1, 1]),
        },
        parameters: {},
        gives: { changes: [1, 1], first: [0] },
      },
    ],
  }),
)
