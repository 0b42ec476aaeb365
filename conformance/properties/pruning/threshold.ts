import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { nonnegative } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { byThreshold, threshold } from '../../../spec/pruning/threshold.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, numbers, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsNegative,
  comparesSquares,
  countsKept,
  forgetsMagnitude,
  prunesZeros,
  relativeThreshold,
  removesEqual,
  removesLarge,
  shrinksKept,
  usesFirstThreshold,
} from './threshold-faults.ts'

/** What one mask or the other keeps. */
function union<T>({ maximum }: Arithmetic<T>, one: NumberArray<T>, other: NumberArray<T>) {
  return build(one.shape, (...at) => maximum([one.at(...at), other.at(...at)]))
}

const masks = ['mask1', 'mask2'] as const

export const thresholdProperties = properties(
  threshold,
  agreementTwice(byThreshold, {
    kills: [
      removesEqual,
      forgetsMagnitude,
      removesLarge,
      comparesSquares,
      usesFirstThreshold,
      countsKept,
      shrinksKept,
    ],
  }),
  worked('equal', {
    of: byThreshold,
    title: 'what is equal to the threshold stays, of either sign, and what is just below goes',
    kills: [removesEqual, forgetsMagnitude],
    inputs: {
      weights1: tensor([1, 4], [2, -2, 1.9999998807907104, -1.9999998807907104]),
      weights2: tensor([4, 1], [0, 0.5, -0.5, 0.25]),
      thresholds: tensor([2], [2, 0.5]),
    },
    parameters: {},
    gives: {
      mask1: [1, 1, 0, 0],
      pruned1: [2, -2, 0, 0],
      mask2: [0, 1, 1, 0],
      pruned2: [0, 0.5, -0.5, 0],
      removed: [2, 2],
    },
  }),
  law('nothing', {
    of: byThreshold,
    values: 'reals',
    title: 'a threshold of 0 removes nothing, not even a weight of 0',
    kills: [prunesZeros],
    share: 0.5,
    async holds({ answer, array, exact, inputs: { weights1, weights2 } }) {
      const given = { weights1, weights2, thresholds: zeros([2]) }
      const { mask1, pruned1, pruned2 } = await answer(byThreshold, given, {})
      return [
        { label: 'mask1', expected: exact(filled(mask1.shape, 1)), actual: mask1 },
        { label: 'pruned1', expected: array('weights1'), actual: pruned1 },
        { label: 'pruned2', expected: array('weights2'), actual: pruned2 },
      ]
    },
  }),
  law('nested', {
    of: {
      ...byThreshold,
      inputs: { ...byThreshold.inputs, more: nonnegative('what is added', 'Layers') },
    },
    asks: [byThreshold],
    title: 'a larger threshold removes whatever a smaller one does',
    kills: [removesLarge],
    share: 0.3,
    async holds({ answer, arithmetic, inputs: { more, ...given } }) {
      const thresholds = changed(given.thresholds, (tau, l) => tau + more.data[l]!)
      const few = await answer(byThreshold, given, {})
      const many = await answer(byThreshold, { ...given, thresholds }, {})
      return masks.map((mask) => ({
        label: `${mask}, and within it that of the larger threshold`,
        expected: few[mask],
        actual: union(arithmetic, few[mask], many[mask]),
      }))
    },
  }),
  equivariance('signs', {
    of: byThreshold,
    values: 'reals',
    title: 'weights of the other sign have the same masks',
    kills: [forgetsMagnitude],
    share: 0.5,
    inputs: ({ weights1, weights2 }) => ({
      weights1: changed(weights1, (w) => -w),
      weights2: changed(weights2, (w) => -w),
    }),
    compared: ({ mask1, mask2 }) => ({ mask1, mask2 }),
  }),
  equivariance('scale', {
    of: byThreshold,
    within: withParameters(byThreshold, { exponent: integer({ min: 1, upTo: 4, max: 4 }) }),
    title: 'a factor of weights and thresholds alike changes no mask',
    kills: [comparesSquares, relativeThreshold],
    share: 0.3,
    inputs: ({ weights1, weights2, thresholds }, { parameters: { exponent } }) => {
      const scaled = (values: typeof weights1) => changed(values, (v) => v * 2 ** exponent)
      return {
        weights1: scaled(weights1),
        weights2: scaled(weights2),
        thresholds: scaled(thresholds),
      }
    },
    compared: ({ mask1, mask2, removed }) => ({ mask1, mask2, removed }),
  }),
  law('idempotent', {
    of: byThreshold,
    values: 'reals',
    title: 'to prune what is pruned, with the same thresholds, changes nothing',
    kills: [shrinksKept],
    share: 0.3,
    async holds({ answer, arithmetic, inputs }) {
      const once = await answer(byThreshold, inputs, {})
      const [weights1, weights2] = [
        numbers(arithmetic, once.pruned1),
        numbers(arithmetic, once.pruned2),
      ]
      const twice = await answer(byThreshold, { ...inputs, weights1, weights2 }, {})
      return Object.keys(once).map((name) => ({
        label: name,
        expected: once[name as keyof typeof once],
        actual: twice[name as keyof typeof twice],
      }))
    },
  }),
  rejection('rejected', byThreshold, invalidities(byThreshold), {
    title: 'negative thresholds and other wrong arguments are rejected',
    kills: [acceptsNegative],
  }),
)
