import { build } from '../../../reference/arithmetic/array.ts'
import { integer } from '../../../spec/language/parameter.ts'
import {
  deletionCost,
  saliencies,
  saliency,
  saliencyIsLossChange,
} from '../../../spec/pruning/obd-saliency.ts'
import { sensitivity } from '../../../spec/pruning/sensitivity.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, plain, scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  countsMixedTwice,
  countsUpperHalf,
  deletesKept,
  doesNotSquare,
  dropsNegative,
  forgetsHalf,
  forgetsHalfOfCost,
  forgetsMixed,
  mixesWithKept,
  squaresBoth,
  takesAbsolute,
  takesCurvature,
  takesMagnitudes,
  takesSigns,
} from './obd-saliency-faults.ts'
import { forgetsCurvature } from './sensitivity-faults.ts'

const ofSaliency = properties(
  saliency,
  agreementTwice(saliencies, {
    kills: [
      forgetsHalf,
      takesCurvature,
      doesNotSquare,
      takesMagnitudes,
      dropsNegative,
      takesAbsolute,
      squaresBoth,
    ],
  }),
  law('other-units', {
    of: withParameters(saliencies, { unit: integer({ min: 1, upTo: 4 }) }),
    asks: [saliencies],
    title: 'in another unit, u times c and h through c², the saliency is the same',
    kills: [takesCurvature, doesNotSquare, takesMagnitudes],
    share: 0.5,
    async holds({ inputs: { curvature, weights }, measure, parameters: { unit } }) {
      const c = 2 ** unit
      const before = await measure(saliencies, { curvature, weights }, {})
      const other = {
        curvature: changed(curvature, (h) => h / c ** 2),
        weights: changed(weights, (u) => u * c),
      }
      const after = await measure(saliencies, other, {})
      return [{ label: 'saliencies', expected: before.saliencies, actual: after.saliencies }]
    },
  }),
  worked('E-23', {
    of: saliencies,
    title: 'deleting u = 3 from the loss 2 (u − 3)² costs 18',
    kills: [forgetsHalf, takesCurvature],
    inputs: { curvature: tensor([1], [4]), weights: tensor([1], [3]) },
    parameters: {},
    notes: { saliencies: [36] },
    gives: { saliencies: [18] },
  }),
  worked('order', {
    of: saliencies,
    title: 'the smaller of two parameters has the larger saliency where the loss bends more',
    kills: [takesMagnitudes, doesNotSquare],
    inputs: { curvature: tensor([2], [1024, 1]), weights: tensor([2], [0.125, 1]) },
    parameters: {},
    gives: { saliencies: [8, 0.5] },
  }),
)

const ofChange = properties(
  saliencyIsLossChange,
  agreementTwice(deletionCost, {
    kills: [
      forgetsMixed,
      countsMixedTwice,
      countsUpperHalf,
      deletesKept,
      takesSigns,
      mixesWithKept,
      forgetsHalfOfCost,
    ],
  }),
  law('one-weight', {
    of: deletionCost,
    asks: [deletionCost, sensitivity],
    title: 'of one weight, it is the change of the loss without it: its saliency',
    kills: [forgetsHalfOfCost, deletesKept, mixesWithKept, forgetsCurvature],
    share: 0.3,
    async holds({ inputs: { matrix, weights }, measure, sizes: { P } }) {
      const given = { matrix, weights, minimum: weights }
      const { changes } = await measure(sensitivity, given, {})
      const comparisons = []
      for (let k = 0; k < P!; k++) {
        const mask = build([P!], (i) => (i === k ? 0 : 1))
        const { actual } = await measure(deletionCost, { matrix, weights, mask }, {})
        comparisons.push({
          label: `weight ${k} alone`,
          expected: scalar(changes.at(k)),
          actual,
        })
      }
      return comparisons
    },
  }),
  law('diagonal', {
    of: deletionCost,
    title: 'where weights do not interact, saliencies add up to the change',
    kills: [deletesKept, forgetsHalfOfCost],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, sizes: { P } }) {
      const { exact, multiply, total } = arithmetic
      const { weights, mask } = inputs
      const [H, u] = [plain(inputs.matrix), array('weights')]
      const matrix = build([P!, P!], (i, j) => (i === j ? H.at(i, i) : 0))
      const { actual } = await measure(deletionCost, { matrix, weights, mask }, {})
      const deleted = [...mask.data.keys()].filter((k) => mask.data[k] === 0)
      const each = deleted.map((k) =>
        multiply(multiply(exact(0.5), exact(H.at(k, k))), multiply(u.at(k), u.at(k))),
      )
      return [{ label: 'change', expected: scalar(total(each)), actual }]
    },
  }),
  worked('E-72', {
    of: deletionCost,
    title: 'weights −1 and 1 into a unit cost 2 each, and 1 together',
    kills: [forgetsMixed, countsUpperHalf, takesSigns],
    cases: [
      {
        says: 'the unit',
        inputs: {
          matrix: tensor([2, 2], [4, 3, 3, 4]),
          weights: tensor([2], [-1, 1]),
          mask: tensor([2], [0, 0]),
        },
        parameters: {},
        notes: { predicted: [4], mixed: [0], actual: [4] },
        gives: { predicted: [4], mixed: [-3], actual: [1] },
      },
      {
        says: 'one weight',
        inputs: {
          matrix: tensor([2, 2], [4, 3, 3, 4]),
          weights: tensor([2], [-1, 1]),
          mask: tensor([2], [0, 1]),
        },
        parameters: {},
        notes: { predicted: [4], mixed: [0], actual: [4] },
        gives: { predicted: [2], mixed: [0], actual: [2] },
      },
    ],
  }),
)

export const obdSaliencyProperties = [...ofSaliency, ...ofChange]
