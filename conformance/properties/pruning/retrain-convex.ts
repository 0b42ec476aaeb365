import { build } from '../../../reference/arithmetic/array.ts'
import { array, free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { convexRetrain, retrainRegression } from '../../../spec/pruning/retrain-convex.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, plain } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  climbs,
  forgetsHalf,
  ignoresMask,
  lossOfAll,
  masksAtEnd,
  regrows,
  startsAnew,
  sumsSamples,
} from './retrain-convex-faults.ts'

const { States: _, ...sizes } = retrainRegression.dimensions
const { y: __, ...others } = retrainRegression.inputs

export const retrainConvexProperties = properties(
  convexRetrain,
  agreementTwice(retrainRegression, {
    kills: [
      ignoresMask,
      masksAtEnd,
      regrows,
      startsAnew,
      sumsSamples,
      climbs,
      forgetsHalf,
      lossOfAll,
    ],
  }),
  law('never-rises', {
    of: {
      dimensions: sizes,
      inputs: retrainRegression.inputs,
      parameters: { steps: integer({ min: 1, upTo: 3 }) },
    },
    asks: [retrainRegression],
    title: 'with a rate of at most 1/λ no step raises the loss',
    kills: [climbs],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters: { steps }, sizes: { N } }) {
      // The trace of xᵀx/N is at least its largest eigenvalue.
      const trace = plain(inputs.x).data.reduce((sum, v) => sum + v * v, 0) / N!
      const rate = trace === 0 ? 1 : 0.5 / trace
      const { losses } = await measure(retrainRegression, inputs, { rate, steps })
      return losses.data
        .slice(1)
        .map((after, t) => atMost(arithmetic, `loss after step ${t + 1}`, after, losses.at(t)))
    },
  }),
  law('rests', {
    of: { dimensions: sizes, inputs: others, parameters: retrainRegression.parameters },
    asks: [retrainRegression],
    title: 'where the kept columns give what should come out, nothing moves',
    kills: [ignoresMask, startsAnew],
    share: 0.5,
    async holds({ answer, exact, inputs, parameters, sizes: { N } }) {
      const { x, weights, mask } = inputs
      const [at, w] = [plain(x), changed(weights, (w, i) => (mask.data[i] === 0 ? 0 : w))]
      const y = build([N!], (n) => w.data.reduce((sum, w, i) => sum + at.at(n, i) * w, 0))
      const found = await answer(retrainRegression, { x, y, weights, mask }, parameters)
      return [
        { label: 'weights', expected: exact(w), actual: found.weights },
        {
          label: 'losses',
          expected: exact(filled([parameters.steps + 1], 0)),
          actual: found.losses,
        },
      ]
    },
  }),
  law('orthogonal', {
    of: {
      dimensions: { D: free(1, 5, 'features, and as many samples') },
      inputs: {
        y: array('what should come out', 'D'),
        weights: retrainRegression.inputs.weights,
        mask: retrainRegression.inputs.mask,
      },
      parameters: { exponent: integer({ min: 0, upTo: 3 }) },
    },
    asks: [retrainRegression],
    title: 'of orthogonal columns one step with the rate 1/λ gives the least squares of those kept',
    kills: [ignoresMask, regrows, sumsSamples, climbs],
    share: 0.5,
    async holds({ array, arithmetic, inputs, measure, parameters: { exponent }, sizes: { D } }) {
      const { exact, multiply } = arithmetic
      const c = 2 ** exponent
      const x = build([D!, D!], (n, i) => (n === i ? c : 0))
      const step = { rate: D! / c ** 2, steps: 1 }
      const found = await measure(retrainRegression, { ...inputs, x }, step)
      const y = array('y')
      return [
        {
          label: 'weights',
          expected: build([D!], (i) =>
            inputs.mask.data[i] === 0 ? exact(0) : multiply(y.at(i), exact(1 / c)),
          ),
          actual: found.weights,
        },
      ]
    },
  }),
  worked('by-hand', {
    of: retrainRegression,
    title:
      'least squares −2, 3; without the first weight the second goes to 2, and the loss from 1 to ½',
    kills: [ignoresMask, masksAtEnd, regrows, sumsSamples, climbs, forgetsHalf, lossOfAll],
    inputs: {
      x: tensor([2, 2], [1, 1, 0, 1]),
      y: tensor([2], [1, 3]),
      weights: tensor([2], [-2, 3]),
      mask: tensor([2], [0, 1]),
    },
    parameters: { rate: 1, steps: 1 },
    gives: { weights: [0, 2], losses: [1, 0.5] },
  }),
)
