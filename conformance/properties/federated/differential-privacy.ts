import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import {
  build,
  elementwise,
  memberOf,
  type NumberArray,
} from '../../../reference/arithmetic/array.ts'
import {
  clippedUpdates,
  clipUpdates,
  noise,
  noisyMean,
} from '../../../spec/federated/differential-privacy.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, numbers, zeros } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { inner } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  clipsAllTogether,
  clipsArrays,
  clipsMean,
  clipsNumbers,
  clipsWithNoise,
  dropsLong,
  givesSquares,
  givesSum,
  noiseOfEach,
  noiseWithoutBound,
  noNoise,
  stretches,
} from './differential-privacy-faults.ts'

/** The squared length of two arrays together. */
function squared<T>(arithmetic: Arithmetic<T>, w: NumberArray<T>, b: NumberArray<T>): T {
  return arithmetic.add(inner(arithmetic, w, w), inner(arithmetic, b, b))
}

const minus = <T>({ subtract }: Arithmetic<T>, x: NumberArray<T>, y: NumberArray<T>) =>
  build(x.shape, (...at) => subtract(x.at(...at), y.at(...at)))

const clippingProperties = properties(
  clippedUpdates,
  agreementTwice(clipUpdates, {
    kills: [clipsArrays, clipsNumbers, stretches, clipsAllTogether, dropsLong, givesSquares],
  }),
  law('not-longer', {
    of: clipUpdates,
    title: 'no update is longer than the bound, and none than it was',
    kills: [clipsNumbers, clipsArrays, stretches],
    share: 0.5,
    async holds({ array, arithmetic, inputs, measure, parameters }) {
      const { exact, multiply } = arithmetic
      const { w, b } = await measure(clipUpdates, inputs, parameters)
      const bound = exact(parameters.bound)
      return Array.from({ length: w.shape[0]! }, (_, m) => {
        const after = squared(arithmetic, memberOf(w, m), memberOf(b, m))
        const before = squared(arithmetic, memberOf(array('w'), m), memberOf(array('b'), m))
        return [
          atMost(arithmetic, `length of update ${m} and bound`, after, multiply(bound, bound)),
          atMost(arithmetic, `length of update ${m} after and before`, after, before),
        ]
      }).flat()
    },
  }),
  law('no-farther-apart', {
    of: clipUpdates,
    title: 'no two updates come to lie farther apart',
    kills: [stretches],
    share: 0.5,
    async holds({ array, arithmetic, inputs, measure, parameters }) {
      const M = inputs.w.shape[0]!
      const { w, b } = await measure(clipUpdates, inputs, parameters)
      const apart = (of: typeof w, biases: typeof w) => {
        const first = minus(arithmetic, memberOf(of, 0), memberOf(of, M - 1))
        return squared(
          arithmetic,
          first,
          minus(arithmetic, memberOf(biases, 0), memberOf(biases, M - 1)),
        )
      }
      return [
        atMost(
          arithmetic,
          'squared distance of the first and the last, after and before',
          apart(w, b),
          apart(array('w'), array('b')),
        ),
      ]
    },
  }),
  law('twice', {
    of: clipUpdates,
    title: 'what is clipped stays as it is, give or take rounding',
    kills: [stretches],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const first = await measure(clipUpdates, inputs, parameters)
      // A bound twice as large, so that rounding takes nothing beyond it.
      const loose = { bound: 2 * parameters.bound }
      const given = { w: numbers(arithmetic, first.w), b: numbers(arithmetic, first.b) }
      const again = await measure(clipUpdates, given, loose)
      return [
        { label: 'w', expected: first.w, actual: again.w },
        { label: 'b', expected: first.b, actual: again.b },
      ]
    },
  }),
  equivariance('each-by-itself', {
    of: clipUpdates,
    title: 'the order of clients makes no difference, nor what the others send',
    kills: [clipsAllTogether],
    share: 0.5,
    inputs: ({ w, b }) => ({
      w: changed(w, (x, at) => (at < w.data.length / w.shape[0]! ? x : 8 * x + 1)),
      b: changed(b, (x, at) => (at < b.data.length / b.shape[0]! ? x : 8 * x + 1)),
    }),
    compared: ({ w, b, norms }) => ({
      w: memberOf(w, 0),
      b: memberOf(b, 0),
      norms: build([1], () => norms.at(0)),
    }),
  }),
  worked('three-four-five', {
    of: clipUpdates,
    title: '3 and 4 are five long, and with the bound 2.5 half of it; 0 and 1 stay',
    kills: [clipsArrays, clipsNumbers, clipsAllTogether, stretches, dropsLong],
    inputs: { w: tensor([2, 1, 1], [3, 0]), b: tensor([2, 1], [4, 1]) },
    parameters: { bound: 2.5 },
    gives: { w: [1.5, 0], b: [2, 1], norms: [5, 1] },
  }),
)

const noiseProperties = properties(
  noise,
  agreementTwice(noisyMean, {
    kills: [clipsMean, noiseOfEach, noiseWithoutBound, noNoise, givesSum, clipsWithNoise],
  }),
  law('clipped-first', {
    of: noisyMean,
    asks: [noisyMean, clipUpdates],
    title: 'without noise it is the mean of the clipped updates',
    kills: [clipsMean, givesSum],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters: { bound } }) {
      const { divide, exact, total } = arithmetic
      const { w, b } = inputs
      const clipped = await measure(clipUpdates, { w, b }, { bound })
      const mean = await measure(noisyMean, inputs, { bound, multiplier: 0 })
      const M = w.shape[0]!
      const meanOf = (updates: typeof clipped.w) =>
        build(updates.shape.slice(1), (...at) =>
          divide(total(Array.from({ length: M }, (_, m) => updates.at(m, ...at))), exact(M)),
        )
      return [
        { label: 'w', expected: meanOf(clipped.w), actual: mean.w },
        { label: 'b', expected: meanOf(clipped.b), actual: mean.b },
      ]
    },
  }),
  law('one-client', {
    of: noisyMean,
    title: 'whatever one client sends instead, the sum moves by at most twice the bound',
    kills: [clipsMean, givesSum],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { exact, multiply } = arithmetic
      const M = inputs.w.shape[0]!
      const first = (array: typeof inputs.w) => array.data.length / M
      const instead = (array: typeof inputs.w) =>
        changed(array, (x, at) => (at < first(array) ? -64 - 8 * x : x))
      const other = { ...inputs, w: instead(inputs.w), b: instead(inputs.b) }
      const given = { ...parameters, multiplier: 0 }
      const one = await measure(noisyMean, inputs, given)
      const two = await measure(noisyMean, other, given)
      const moved = squared(
        arithmetic,
        minus(arithmetic, one.w, two.w),
        minus(arithmetic, one.b, two.b),
      )
      const most = exact(2 * parameters.bound)
      return [
        atMost(
          arithmetic,
          'squared length of the change of the sum',
          multiply(exact(M * M), moved),
          multiply(most, most),
        ),
      ]
    },
  }),
  law('noise-alone', {
    of: noisyMean,
    title: 'where nobody changes anything, M times the answer is the noise times z S',
    kills: [noiseOfEach, noiseWithoutBound, noNoise, givesSum, clipsWithNoise],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { exact, multiply } = arithmetic
      const { w, b } = inputs
      const still = { ...inputs, w: zeros(w.shape), b: zeros(b.shape) }
      const { bound, multiplier } = parameters
      const mean = await measure(noisyMean, still, parameters)
      const spread = multiply(exact(multiplier), exact(bound))
      const times = (of: typeof mean.w, factor: typeof spread) =>
        elementwise(of, (x) => multiply(factor, x))
      const M = exact(w.shape[0]!)
      return [
        { label: 'M w', expected: times(array('noiseW'), spread), actual: times(mean.w, M) },
        { label: 'M b', expected: times(array('noiseB'), spread), actual: times(mean.b, M) },
      ]
    },
  }),
  worked('two-clients', {
    of: noisyMean,
    title: 'updates (3, 4) and (0, 1), bound 2.5, multiplier 2, noise 1 and −1',
    kills: [clipsMean, noiseOfEach, noiseWithoutBound],
    inputs: {
      w: tensor([2, 1, 1], [3, 0]),
      b: tensor([2, 1], [4, 1]),
      noiseW: tensor([1, 1], [1]),
      noiseB: tensor([1], [-1]),
    },
    parameters: { bound: 2.5, multiplier: 2 },
    gives: { w: [3.25], b: [-1] },
  }),
)

export const differentialPrivacyProperties = [...clippingProperties, ...noiseProperties]
