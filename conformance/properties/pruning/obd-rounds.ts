import { build } from '../../../reference/arithmetic/array.ts'
import { array, derived, free, nonnegative, positive } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { byPercentage } from '../../../spec/pruning/magnitude.ts'
import { algorithm, brainDamage, versusMagnitude } from '../../../spec/pruning/obd-rounds.ts'
import { sensitivity } from '../../../spec/pruning/sensitivity.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, numbers, plain, scalar, zeros } from '../../kit/arrays.ts'
import { atMost, truths } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { removesMostNegative } from './magnitude-faults.ts'
import {
  acceptsShares,
  countsRemoved,
  deletesByAbsolute,
  deletesHighest,
  doesNotTrain,
  forgetsHalf,
  keepsOne,
  prunesByCurvature,
  prunesByMagnitude,
  regrows,
  takesLaterOfEqual,
  takesRow,
  trainsDeleted,
  trainsFirst,
} from './obd-rounds-faults.ts'
import { takesLargest, takesMagnitude } from './sensitivity-faults.ts'

const ofAlgorithm = properties(
  algorithm,
  agreementTwice(brainDamage, {
    kills: [
      prunesByMagnitude,
      prunesByCurvature,
      deletesHighest,
      deletesByAbsolute,
      regrows,
      trainsDeleted,
      countsRemoved,
      keepsOne,
      doesNotTrain,
      trainsFirst,
      forgetsHalf,
      takesRow,
    ],
  }),
  law('rounds', {
    of: brainDamage,
    title: 'round after round r weights less, none comes back, and deleted ones are exactly 0',
    kills: [regrows, trainsDeleted, countsRemoved, keepsOne],
    share: 0.5,
    async holds({ answer, arithmetic, exact, inputs, parameters, sizes: { P } }) {
      const { matrix, minimum } = inputs
      const given = { ...parameters, remove: Math.max(1, parameters.remove) }
      let [weights, mask] = [plain(inputs.weights), plain(inputs.mask)]
      const counted = (bits: typeof mask) => bits.data.filter((bit) => bit === 1).length
      const comparisons = []
      for (let round = 0; round < 3; round++) {
        const question = { matrix, minimum, weights, mask }
        const after = await answer(brainDamage, question, given)
        const left = numbers(arithmetic, after.mask)
        const goal = Math.max(0, counted(mask) - given.remove)
        const was = mask
        weights = numbers(arithmetic, after.weights)
        comparisons.push(
          {
            label: `weights left after round ${round}`,
            expected: exact(scalar(goal)),
            actual: exact(scalar(counted(left))),
          },
          {
            label: `what came back in round ${round}`,
            expected: exact(zeros([P!])),
            actual: exact(changed(left, (bit, k) => (was.data[k] === 0 ? bit : 0))),
          },
          {
            label: `what was deleted by round ${round}`,
            expected: exact(zeros([P!])),
            actual: exact(changed(weights, (w, k) => (left.data[k] === 0 ? w : 0))),
          },
        )
        mask = left
      }
      return comparisons
    },
  }),
  worked('by-hand', {
    of: brainDamage,
    title: 'of saliencies 4 and 2 the second weight goes; the first is trained by half a step',
    kills: [
      prunesByMagnitude,
      deletesHighest,
      trainsDeleted,
      doesNotTrain,
      trainsFirst,
      forgetsHalf,
    ],
    inputs: {
      matrix: tensor([2, 2], [8, 2, 2, 1]),
      minimum: tensor([2], [1, 2]),
      weights: tensor([2], [1, 2]),
      mask: tensor([2], [1, 1]),
    },
    parameters: { remove: 1, steps: 1, rate: 0.125 },
    gives: { saliencies: [4, 2], mask: [1, 0], weights: [1.5, 0], loss: [1] },
  }),
  law('lowest', {
    of: {
      dimensions: { P: free(1, 40, 'weights') },
      inputs: {
        curvature: array('the second derivatives on the diagonal', 'P'),
        weights: brainDamage.inputs.weights,
        mask: brainDamage.inputs.mask,
      },
      parameters: { remove: integer({ min: 0, upTo: 40 }) },
    },
    asks: [brainDamage],
    title:
      'of many weights, too, the lowest saliencies go, of equal ones those with the lower index',
    kills: [prunesByMagnitude, deletesHighest, deletesByAbsolute, takesLaterOfEqual, keepsOne],
    share: 0.5,
    async holds({ answer, exact, inputs, parameters: { remove }, sizes: { P } }) {
      const { weights, mask } = inputs
      const h = plain(inputs.curvature)
      const matrix = build([P!, P!], (i, j) => (i === j ? h.at(i) : 0))
      const question = { matrix, minimum: weights, weights, mask }
      const after = await answer(brainDamage, question, { remove, steps: 0, rate: 0 })
      // Products of small whole numbers are exact, so that equal ones are equal.
      const s = changed(weights, (w, k) => h.at(k) * w * w)
      const order = [...s.data.keys()]
        .filter((k) => mask.data[k] === 1)
        .sort((i, k) => s.at(i) - s.at(k) || i - k)
      const stays = new Set(order.slice(remove))
      return [
        {
          label: 'mask',
          expected: exact(build([P!], (k) => (stays.has(k) ? 1 : 0))),
          actual: after.mask,
        },
      ]
    },
  }),
  rejection('rejected', brainDamage, invalidities(brainDamage), {
    title:
      'a mask of other numbers, a matrix that is not square and other wrong arguments are rejected',
    kills: [acceptsShares],
  }),
)

/** A loss whose weights do not interact, at its minimum. */
const separable = {
  dimensions: { P: free(1, 5, 'weights') },
  inputs: {
    curvature: nonnegative('the second derivatives on the diagonal', 'P'),
    weights: brainDamage.inputs.weights,
  },
  parameters: { remove: integer({ min: 0, upTo: 5 }) },
} as const

const ofComparison = properties(
  versusMagnitude,
  law('no-less', {
    of: separable,
    asks: [brainDamage],
    title: 'no other set of as many weights raises the loss by less',
    kills: [prunesByMagnitude, prunesByCurvature, deletesHighest],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, parameters, sizes: { P } }) {
      const { exact, multiply, total } = arithmetic
      const [h, weights] = [plain(inputs.curvature), plain(inputs.weights)]
      const remove = Math.min(parameters.remove, P!)
      const matrix = build([P!, P!], (i, j) => (i === j ? h.at(i) : 0))
      const question = { matrix, minimum: weights, weights, mask: filled([P!], 1) }
      const { loss } = await answer(brainDamage, question, { remove, steps: 0, rate: 0 })
      const rise = (k: number) =>
        multiply(
          multiply(exact(0.5), exact(h.at(k))),
          multiply(exact(weights.at(k)), exact(weights.at(k))),
        )
      return subsets(P!, remove).map((set) =>
        atMost(arithmetic, `without ${set.join(', ')}`, loss.at(), total(set.map(rise))),
      )
    },
  }),
  law('same-curvature', {
    of: {
      dimensions: {
        Two: derived(() => 2, 'units of a side'),
        One: derived(() => 1, 'unit between them'),
      },
      inputs: {
        weights1: array('the weights of the first layer', 'Two', 'One'),
        weights2: array('the weights of the second layer', 'One', 'Two'),
        curvature: positive('the second derivative by every weight'),
      },
      parameters: { remove: integer({ min: 0, upTo: 4, max: 4 }) },
    },
    asks: [brainDamage, byPercentage],
    title: 'with the same second derivative everywhere, it is pruning by magnitude',
    kills: [prunesByCurvature, deletesHighest, takesLaterOfEqual, removesMostNegative],
    share: 0.5,
    async holds({ answer, inputs, parameters: { remove } }) {
      const { weights1, weights2 } = inputs
      const all = build([4], (k) => (k < 2 ? weights1.data[k]! : weights2.data[k - 2]!))
      const c = plain(inputs.curvature).at()
      const matrix = build([4, 4], (i, j) => (i === j ? c : 0))
      const question = { matrix, minimum: all, weights: all, mask: filled([4], 1) }
      const { mask } = await answer(brainDamage, question, { remove, steps: 0, rate: 0 })
      const given = { share: remove / 4, scope: 'network' } as const
      const { mask1, mask2 } = await answer(byPercentage, { weights1, weights2 }, given)
      return [
        { label: 'first layer', expected: mask1, actual: build([2, 1], (i) => mask.at(i)) },
        { label: 'second layer', expected: mask2, actual: build([1, 2], (_, j) => mask.at(2 + j)) },
      ]
    },
  }),
  law('first-to-go', {
    of: { ...separable, parameters: {} },
    asks: [brainDamage, sensitivity],
    title: 'the weight that goes first is the one without which the loss rises least',
    kills: [prunesByMagnitude, deletesHighest, takesMagnitude, takesLargest],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, sizes: { P } }) {
      const [h, weights] = [plain(inputs.curvature), plain(inputs.weights)]
      const matrix = build([P!, P!], (i, j) => (i === j ? h.at(i) : 0))
      const question = { matrix, minimum: weights, weights }
      const one = { remove: 1, steps: 0, rate: 0 }
      const mask = filled([P!], 1)
      const after = await answer(brainDamage, { ...question, mask }, one)
      const { first } = await answer(sensitivity, question, {})
      const gone = numbers(arithmetic, after.mask).data.indexOf(0)
      return [truths(arithmetic, 'the same weight', gone === arithmetic.toNumber(first.at()))]
    },
  }),
  worked('disagrees', {
    of: brainDamage,
    title: 'magnitude and saliency disagree: of 1/8 and 1 the larger one goes',
    kills: [prunesByMagnitude],
    inputs: {
      matrix: tensor([2, 2], [1024, 0, 0, 1]),
      minimum: tensor([2], [0.125, 1]),
      weights: tensor([2], [0.125, 1]),
      mask: tensor([2], [1, 1]),
    },
    parameters: { remove: 1, steps: 0, rate: 0 },
    gives: { saliencies: [8, 0.5], mask: [1, 0], weights: [0.125, 0], loss: [0.5] },
  }),
)

/** Every set of r of the first n whole numbers. */
function subsets(n: number, r: number): readonly (readonly number[])[] {
  if (r === 0) return [[]]
  if (n < r) return []
  return [...subsets(n - 1, r), ...subsets(n - 1, r - 1).map((set) => [...set, n - 1])]
}

export const obdRoundsProperties = [...ofAlgorithm, ...ofComparison]
