import { build } from '../../../reference/arithmetic/array.ts'
import { array, free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { errorBound, errorCurve } from '../../../spec/lowrank/error-bound.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { plain, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  boundsByAll,
  boundsByLastKept,
  boundsByNext,
  forgetsInputs,
  forgetsRight,
  keepsOrder,
  keepsSmallest,
  repeatsLast,
  squaresErrors,
} from './error-bound-faults.ts'
import { knownMatrices, knownMatrix } from './error-bound-orthonormal.ts'

/** Known matrices, and inputs of the layer. */
export const knownLayers = {
  ...knownMatrices,
  dimensions: { N: free(1, 3, 'samples'), ...knownMatrices.dimensions },
  inputs: {
    x: array('what the layer before gives, a sample a row', 'N', 'H'),
    ...knownMatrices.inputs,
  },
} as const

const unit = tensor([2, 2], [1, 0, 0, 1])

export const errorBoundProperties = properties(
  errorBound,
  agreementTwice(errorCurve, {
    kills: [
      boundsByNext,
      boundsByLastKept,
      boundsByAll,
      forgetsInputs,
      forgetsRight,
      keepsOrder,
      keepsSmallest,
      repeatsLast,
      squaresErrors,
    ],
  }),
  lawTwice('within-bound', {
    of: knownLayers,
    asks: [errorCurve],
    title: 'with orthonormal vectors no error is above its bound',
    kills: [boundsByNext, forgetsInputs, keepsSmallest, squaresErrors],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters, sizes }) {
      const { U, S, V } = knownMatrix(sizes, parameters, inputs.S)
      const { errors, bounds } = await measure(errorCurve, { x: inputs.x, U, S, V }, {})
      return [between(arithmetic, 'errors within bounds', errors, null, bounds)]
    },
  }),
  law('by-values', {
    of: knownLayers,
    asks: [errorCurve],
    title: 'the square of an error is the sum of what each value left out contributes',
    kills: [keepsOrder, keepsSmallest, squaresErrors, repeatsLast],
    share: 0.3,
    async holds({ arithmetic, array, exact, inputs, measure, parameters, sizes }) {
      const { multiply, sqrt, total } = arithmetic
      const { N, H, R } = sizes as { N: number; H: number; R: number }
      const { U, S, V } = knownMatrix(sizes, parameters, inputs.S)
      const { errors } = await measure(errorCurve, { x: inputs.x, U, S, V }, {})
      const [x, left, values] = [array('x'), exact(U), exact(S)]
      const square = (number: (typeof x)['data'][number]) => multiply(number, number)
      const contributions = S.data.map((_, l) => {
        const along = Array.from({ length: N }, (_, n) =>
          total(Array.from({ length: H }, (_, i) => multiply(x.at(n, i), left.at(i, l)))),
        )
        return multiply(square(values.at(l)), total(along.map(square)))
      })
      const order = S.data.map((_, l) => l).sort((a, b) => S.at(b) - S.at(a) || a - b)
      const expected = build([R + 1], (t) =>
        sqrt(total(order.slice(t).map((l) => contributions[l]!))),
      )
      return [{ label: 'errors', expected, actual: errors }]
    },
  }),
  law('attained', {
    of: withParameters(knownLayers, { count: integer({ min: 0, upTo: 7 }) }),
    asks: [errorCurve],
    title: 'inputs along the first vector that is left out attain the bound',
    kills: [boundsByNext, boundsByLastKept, boundsByAll, keepsSmallest],
    share: 0.3,
    async holds({ inputs, measure, parameters, sizes }) {
      const { U, S, V } = knownMatrix(sizes, parameters, inputs.S)
      const t = parameters.count % sizes.R!
      const order = S.data.map((_, l) => l).sort((a, b) => S.at(b) - S.at(a) || a - b)
      const multiples = plain(inputs.x)
      const x = build([sizes.N!, sizes.H!], (n, i) => multiples.at(n, 0) * U.at(i, order[t]!))
      const { errors, bounds } = await measure(errorCurve, { x, U, S, V }, {})
      return [
        { label: 'error = bound', expected: scalar(bounds.at(t)), actual: scalar(errors.at(t)) },
      ]
    },
  }),
  law('distance-of-matrices', {
    of: knownMatrices,
    asks: [errorCurve],
    title: 'the inputs I lose the values that are left out, as a sum of squares',
    kills: [keepsOrder, keepsSmallest, squaresErrors],
    share: 0.3,
    async holds({ arithmetic, exact, inputs, measure, parameters, sizes }) {
      const { multiply, sqrt, total } = arithmetic
      const { U, S, V, ordered } = knownMatrix(sizes, parameters, inputs.S)
      const x = build([sizes.H!, sizes.H!], (n, i) => (n === i ? 1 : 0))
      const { errors } = await measure(errorCurve, { x, U, S, V }, {})
      const values = exact(ordered)
      const expected = build([sizes.R! + 1], (t) =>
        sqrt(total(values.data.slice(t).map((s) => multiply(s, s)))),
      )
      return [{ label: 'errors', expected, actual: errors }]
    },
  }),
  worked('by-hand', {
    of: errorCurve,
    title: 'the sample 3, 4 through the values 2 and 1, by hand',
    kills: [boundsByNext, boundsByAll, squaresErrors, forgetsInputs],
    inputs: { x: tensor([1, 2], [3, 4]), U: unit, S: tensor([2], [2, 1]), V: unit },
    parameters: {},
    gives: { errors: [Math.sqrt(52), 4, 0], bounds: [10, 5, 0] },
  }),
)
