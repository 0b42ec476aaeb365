import { build, memberOf, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { free } from '../../../spec/language/operation.ts'
import { deepOutputClause, deepScores, deepScoresGradient } from '../../../spec/rnn/deep-output.ts'
import { scores } from '../../../spec/rnn/scores.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, permuted, plain } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  activatesFirstAlone,
  activatesScores,
  averages,
  firstBiasForAll,
  firstForLast,
  lastLayerAlone,
  lastStepAlone,
  leavesOutLast,
  noBiasOfScores,
  remembers,
  sameBetween,
  stateBefore,
  transposesBetween,
  transposesGradient,
  wayIsLinear,
  withoutSlopes,
} from './deep-output-faults.ts'

/** Few units of few layers without activation: scores of small whole numbers are exact. */
const exactly = {
  ...deepScores,
  usual: [],
  dimensions: {
    ...deepScores.dimensions,
    H: free(1, 2, 'units of the state'),
    M: free(1, 2, 'units of the layers on the way'),
    Further: free(0, 1, 'layers behind the first one'),
  },
  parameters: {},
}

/** M N, of whole numbers. */
const product = (M: NumberArray<number>, N: NumberArray<number>) =>
  build([M.shape[0]!, N.shape[1]!], (i, j) => {
    let sum = 0
    for (let k = 0; k < N.shape[0]!; k++) sum += M.at(i, k) * N.at(k, j)
    return sum
  })

/** One step of one unit with two layers on the way. */
const oneStep = {
  h: tensor([1, 1, 1], [1]),
  F: tensor([1, 1], [2]),
  A: tensor([1, 1, 1], [-1]),
  wayBias: tensor([2, 1], [1, 5]),
  V: tensor([1, 1], [3]),
}

export const deepOutputProperties = properties(
  deepOutputClause,
  agreementTwice(deepScores, {
    kills: [
      stateBefore,
      remembers,
      transposesBetween,
      sameBetween,
      firstBiasForAll,
      noBiasOfScores,
      leavesOutLast,
      wayIsLinear,
      activatesScores,
      activatesFirstAlone,
    ],
    share: 0.5,
  }),
  agreementTwice(deepScoresGradient, {
    name: 'gradient',
    kills: [
      lastLayerAlone,
      transposesGradient,
      firstForLast,
      lastStepAlone,
      averages,
      withoutSlopes,
    ],
    share: 0.5,
  }),
  law('as-one', {
    of: exactly,
    asks: [deepScores, scores],
    title: 'without activation the layers are as one, with the product of all weights',
    kills: [leavesOutLast, transposesBetween, firstBiasForAll, noBiasOfScores],
    share: 0.3,
    async holds({ inputs, measure }) {
      const [A, wayBias] = [plain(inputs.A), plain(inputs.wayBias)]
      const column = (array: NumberArray<number>) => build([array.shape[0]!, 1], (i) => array.at(i))
      let [weights, shift] = [plain(inputs.F), column(memberOf(wayBias, 0))]
      for (let l = 0; l < A.shape[0]!; l++) {
        const own = column(memberOf(wayBias, l + 1))
        weights = product(memberOf(A, l), weights)
        shift = changed(product(memberOf(A, l), shift), (v, at) => v + own.data[at]!)
      }
      const V = plain(inputs.V)
      const last = product(V, shift)
      const c = changed(inputs.c, (v, at) => v + last.data[at]!)
      const one = await measure(scores, { h: inputs.h, V: product(V, weights), c }, {})
      const { o } = await measure(deepScores, inputs, { activation: 'linear' })
      return [{ label: 'o', expected: one.o, actual: o }]
    },
  }),
  law('whatever-came-before', {
    of: deepScores,
    title: 'equal states have equal scores, at whatever step of whatever sequence',
    kills: [remembers],
    share: 0.3,
    async holds({ inputs, measure, parameters }) {
      const first = plain(inputs.h)
      const h = build(first.shape, (_t, _n, i) => first.at(0, 0, i))
      const { o } = await measure(deepScores, { ...inputs, h }, parameters)
      const expected = build(o.shape, (_t, _n, k) => o.at(0, 0, k))
      return [{ label: 'o', expected, actual: o }]
    },
  }),
  equivariance('in-another-order', {
    of: deepScores,
    title: 'steps in reverse have their scores in reverse',
    kills: [stateBefore, remembers],
    share: 0.3,
    inputs: ({ h }) => ({ h: permuted(h, (t, n, i) => [h.shape[0]! - 1 - t, n, i]) }),
    outputs: ({ o }) => ({ o: permuted(o, (t, n, k) => [o.shape[0]! - 1 - t, n, k]) }),
  }),
  worked('by-hand', {
    of: deepScores,
    title: 'one unit: 2 + 1 = 3 and −3 + 5 = 2 on the way, 3 · 2 + 4 = 10',
    kills: [leavesOutLast, firstBiasForAll, noBiasOfScores],
    inputs: { ...oneStep, c: tensor([1], [4]) },
    parameters: { activation: 'relu' },
    gives: { o: [10] },
  }),
  worked('gradient-by-hand', {
    of: deepScoresGradient,
    title: 'of the same step: 3 arrives at the last layer, −3 at the first, −6 at the state',
    kills: [lastLayerAlone, firstForLast],
    inputs: { ...oneStep, do: tensor([1, 1, 1], [1]) },
    parameters: { activation: 'relu' },
    gives: {
      dh: [-6],
      dF: [-3],
      dA: [9],
      dWayBias: [-3, 3],
      dV: [2],
      dc: [1],
      inner: [3, 2],
      innerDelta: [-3, 3],
    },
  }),
)
