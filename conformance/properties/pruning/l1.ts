import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import { array } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { exactZeros, l1Minimum, l1Step } from '../../../spec/pruning/l1.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, zeros } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  climbs,
  forgetsCurvature,
  halvesThreshold,
  hardThreshold,
  keepsPositive,
  nearlyZero,
  passesZero,
  positiveOnly,
  shrinksByShare,
  subgradientStep,
  thresholdsFirst,
  thresholdWithoutRate,
} from './l1-faults.ts'

export const l1Properties = properties(
  exactZeros,
  agreementTwice(l1Minimum, {
    kills: [
      hardThreshold,
      shrinksByShare,
      forgetsCurvature,
      halvesThreshold,
      passesZero,
      positiveOnly,
      nearlyZero,
    ],
  }),
  agreementTwice(l1Step, {
    name: 'step',
    kills: [subgradientStep, thresholdWithoutRate, thresholdsFirst, climbs, keepsPositive],
  }),
  law('zero-to-the-bit', {
    of: l1Minimum,
    values: 'reals',
    title: 'below half of the threshold every weight is exactly 0',
    kills: [nearlyZero, shrinksByShare, passesZero],
    share: 0.5,
    async holds({ answer, exact, inputs, parameters: { curvature, penalty } }) {
      const half = penalty / (2 * curvature)
      const small = changed(inputs.trained, (w) => (Math.abs(w) < half ? w : 0))
      const { weights } = await answer(l1Minimum, { trained: small }, { curvature, penalty })
      return [{ label: 'weights', expected: exact(zeros(small.shape)), actual: weights }]
    },
  }),
  law('subgradient', {
    of: { ...l1Minimum, inputs: { ...l1Minimum.inputs, other: array('other weights', 'P') } },
    asks: [l1Minimum],
    title: 'no other weights have a smaller loss and penalty together',
    kills: [hardThreshold, shrinksByShare, forgetsCurvature, halvesThreshold, positiveOnly],
    async holds({ arithmetic, array, inputs: { trained }, measure, parameters }) {
      const { abs, add, exact, multiply, subtract } = arithmetic
      const { weights } = await measure(l1Minimum, { trained }, parameters)
      const half = multiply(exact(0.5), exact(parameters.curvature))
      const objective = (w: ReturnType<typeof exact>, i: number) => {
        const off = subtract(w, array('trained').at(i))
        return add(multiply(half, multiply(off, off)), multiply(exact(parameters.penalty), abs(w)))
      }
      return weights.data.map((w, i) =>
        atMost(
          arithmetic,
          `weight ${i}: the smallest, and that of other weights`,
          objective(w, i),
          objective(array('other').at(i), i),
        ),
      )
    },
  }),
  law('nonexpansive', {
    of: { ...l1Minimum, inputs: { ...l1Minimum.inputs, other: array('other weights', 'P') } },
    asks: [l1Minimum],
    title: 'two weights are never farther apart afterwards than before, and in the same order',
    kills: [hardThreshold, passesZero],
    async holds({ arithmetic, array, inputs: { trained, other }, measure, parameters }) {
      const { abs, subtract } = arithmetic
      const one = await measure(l1Minimum, { trained }, parameters)
      const two = await measure(l1Minimum, { trained: other }, parameters)
      return one.weights.data.flatMap((w, i) => {
        const [before, after] = [
          subtract(array('trained').at(i), array('other').at(i)),
          subtract(w, two.weights.at(i)),
        ]
        const forwards = arithmetic.toNumber(before) >= 0
        const [low, high] = forwards ? [two.weights.at(i), w] : [w, two.weights.at(i)]
        return [
          atMost(arithmetic, `distance of weight ${i}`, abs(after), abs(before)),
          atMost(arithmetic, `order of weight ${i}`, low, high),
        ]
      })
    },
  }),
  equivariance('odd', {
    of: l1Step,
    values: 'reals',
    title: 'weights and gradients of the other sign give weights of the other sign',
    kills: [keepsPositive],
    share: 0.5,
    inputs: ({ weights, gradient }) => ({
      weights: changed(weights, (w) => -w),
      gradient: changed(gradient, (g) => -g),
    }),
    outputs: ({ weights }, { arithmetic }) => ({
      weights: elementwise(weights, arithmetic.negate),
    }),
  }),
  law('fixed', {
    of: withParameters(
      {
        dimensions: l1Minimum.dimensions,
        inputs: { trained: l1Minimum.inputs.trained },
        parameters: {},
      },
      {
        penalty: integer({ min: 0, upTo: 4 }),
        exponent: integer({ min: 0, upTo: 3, max: 3 }),
      },
    ),
    asks: [l1Minimum, l1Step],
    title: 'a step from the minimum stays there, whatever the rate: the gradient is h (w − ŵ)',
    kills: [subgradientStep, thresholdWithoutRate, thresholdsFirst, climbs],
    share: 0.5,
    async holds({ answer, arithmetic, exact, inputs: { trained }, parameters }) {
      const { penalty, exponent } = parameters
      const rate = 2 ** -exponent
      const minimum = await answer(l1Minimum, { trained }, { curvature: 1, penalty })
      const weights = build(trained.shape, (i) => arithmetic.toNumber(minimum.weights.at(i)))
      const gradient = changed(weights, (w, i) => w - trained.data[i]!)
      const after = await answer(l1Step, { weights, gradient }, { rate, penalty })
      return [{ label: 'weights', expected: exact(weights), actual: after.weights }]
    },
  }),
  worked('E-22', {
    of: l1Minimum,
    title: 'the lasso is the penalty of magnitudes: ½ and 3 become 0 and 2',
    kills: [shrinksByShare, hardThreshold],
    inputs: { trained: tensor([2], [0.5, 3]) },
    parameters: { curvature: 1, penalty: 1 },
    notes: { weights: [0.25, 1.5] },
    gives: { weights: [0, 2] },
  }),
)
