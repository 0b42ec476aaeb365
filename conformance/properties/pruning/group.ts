import { build, elementwise, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { derived, free } from '../../../spec/language/operation.ts'
import {
  contrast,
  group,
  groupPenalty,
  groupPenaltyGradient,
  groupStep,
} from '../../../spec/pruning/group.ts'
import { l1Minimum } from '../../../spec/pruning/l1.ts'
import { l2Penalty } from '../../../spec/pruning/l2.ts'
import type { Argument } from '../../engine/property.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { permuted, plain, scalar, zeros } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { inner } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  flipsGroups,
  forgetsSize,
  gradientForgetsFactor,
  gradientNaN,
  gradientOfSquares,
  hardGroups,
  ignoresWeights,
  oneGroup,
  shrinksQuadratically,
  sizeWithoutRoot,
  squaresNorms,
  stepForgetsSize,
  stepOverColumns,
  sumsMagnitudes,
  thresholdsEach,
  weighsPlaces,
} from './group-faults.ts'
import { squaresSum } from './l2-faults.ts'

/** Every group from its last weight to its first. */
const reversed = <T>(weights: NumberArray<T>) =>
  permuted(weights, (g, d) => [g!, weights.shape[1]! - 1 - d!])

const penaltyProperties = properties(
  group,
  agreementTwice(groupPenalty, {
    name: 'penalty',
    kills: [squaresNorms, oneGroup, forgetsSize, sizeWithoutRoot, sumsMagnitudes, ignoresWeights],
  }),
  agreementTwice(groupPenaltyGradient, {
    name: 'gradient',
    kills: [gradientNaN, gradientOfSquares, gradientForgetsFactor],
  }),
  agreementTwice(groupStep, {
    name: 'step',
    kills: [
      thresholdsEach,
      shrinksQuadratically,
      flipsGroups,
      stepForgetsSize,
      hardGroups,
      stepOverColumns,
      weighsPlaces,
    ],
  }),
  law('euler', {
    of: groupPenaltyGradient,
    asks: [groupPenalty, groupPenaltyGradient],
    values: 'reals',
    title: 'weights times their gradients are the penalty times its own: ⟨W, dW⟩ = R dR',
    kills: [gradientOfSquares, gradientForgetsFactor],
    share: 0.5,
    async holds({ arithmetic, array, inputs: { weights, dValue }, measure, parameters }) {
      const { value } = await measure(groupPenalty, { weights }, parameters)
      const { dWeights } = await measure(groupPenaltyGradient, { weights, dValue }, parameters)
      return [
        {
          label: '⟨W, dW⟩',
          expected: scalar(arithmetic.multiply(value.at(), array('dValue').at())),
          actual: scalar(inner(arithmetic, array('weights'), dWeights)),
        },
      ]
    },
  }),
  equivariance('members', {
    of: groupStep,
    values: 'reals',
    title: 'the order of the weights in a group makes no difference',
    kills: [weighsPlaces],
    share: 0.5,
    inputs: ({ weights }) => ({ weights: reversed(weights) }),
    outputs: ({ weights }) => ({ weights: reversed(weights) }),
  }),
  law('all-or-nothing', {
    of: groupStep,
    title: 'a group with one weight at 0 that was not 0 has all of them at 0',
    kills: [thresholdsEach, stepOverColumns],
    share: 0.5,
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const { weights } = await answer(groupStep, inputs, parameters)
      const before = plain(inputs.weights)
      const [G, D] = before.shape as [number, number]
      const isGone = (g: number) =>
        Array.from({ length: D }, (_, d) => d).some(
          (d) => before.at(g, d) !== 0 && arithmetic.toNumber(weights.at(g, d)) === 0,
        )
      const gone = Array.from({ length: G }, (_, g) => isGone(g))
      const only = build([G, D], (g, d) => (gone[g] ? arithmetic.toNumber(weights.at(g, d)) : 0))
      return [{ label: 'groups that vanish', expected: exact(zeros([G, D])), actual: exact(only) }]
    },
  }),
  law('one-weight', {
    of: { ...groupStep, dimensions: { G: free(1, 4, 'groups'), D: derived(() => 1, 'weight') } },
    asks: [groupStep, l1Minimum],
    title: 'with one weight to a group it is the soft threshold',
    kills: [shrinksQuadratically, flipsGroups, hardGroups],
    share: 0.5,
    async holds({ inputs: { weights }, measure, parameters: { penalty }, sizes: { G } }) {
      const trained = build([G], (g) => plain(weights).at(g, 0))
      const each = await measure(l1Minimum, { trained }, { curvature: 1, penalty })
      const grouped = await measure(groupStep, { weights }, { penalty })
      return [
        {
          label: 'weights',
          expected: each.weights,
          actual: build([G], (g) => grouped.weights.at(g, 0)),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: groupStep,
    title: 'the group 1, 1, 1, 1, of norm 2, loses twice the penalty and vanishes at 1',
    kills: [shrinksQuadratically, stepForgetsSize, hardGroups],
    cases: [
      {
        says: 'λ = ½',
        inputs: { weights: tensor([2, 4], [1, 1, 1, 1, 0, 0, 0, 0]) },
        parameters: { penalty: 0.5 },
        gives: { weights: [0.5, 0.5, 0.5, 0.5, 0, 0, 0, 0] },
      },
      {
        says: 'λ = 2.5, groups of the norms 2.5 and 10',
        inputs: { weights: tensor([2, 4], [1.5, 0, 0, 2, 6, 0, 0, -8]) },
        parameters: { penalty: 2.5 },
        gives: { weights: [0, 0, 0, 0, 3, 0, 0, -4] },
      },
    ],
  }),
  worked('E-25', {
    of: groupStep,
    title: 'norms that are not squared take a group away as a whole',
    kills: [shrinksQuadratically],
    inputs: { weights: tensor([1, 4], [1, 1, 1, 1]) },
    parameters: { penalty: 1 },
    notes: { weights: [0.5, 0.5, 0.5, 0.5] },
    gives: { weights: [0, 0, 0, 0] },
  }),
)

/** All weights in the first group, and none in the others. */
const concentrated = (weights: Argument, G: number) => {
  const [, D] = weights.shape as [number, number]
  return build([G, D], (g, d) => (g === 0 ? weights.data[d]! : 0))
}

const contrastProperties = properties(
  contrast,
  law('between', {
    of: groupPenalty,
    values: 'reals',
    title: 'the sum of norms is between the norm of all weights and √G times that',
    kills: [squaresNorms, forgetsSize, sizeWithoutRoot],
    async holds({ arithmetic, array, inputs, measure, sizes: { G, D } }) {
      const { exact, multiply, sqrt } = arithmetic
      const { value } = await measure(groupPenalty, inputs, { penalty: 1 })
      const all = multiply(
        sqrt(exact(D)),
        sqrt(inner(arithmetic, array('weights'), array('weights'))),
      )
      return [
        atMost(
          arithmetic,
          '√D ‖W‖ ≤ R ≤ √G √D ‖W‖',
          all,
          value.at(),
          multiply(sqrt(exact(G)), all),
        ),
      ]
    },
  }),
  law('spread', {
    of: groupPenalty,
    asks: [groupPenalty, l2Penalty],
    title: 'the same weights in every group: √G times what they cost in one, and the same squares',
    kills: [oneGroup, squaresNorms, squaresSum],
    async holds({ arithmetic, inputs, measure, parameters, sizes: { D } }) {
      const { exact, multiply } = arithmetic
      const first = Array.from({ length: D }, (_, d) => plain(inputs.weights).at(0, d))
      // Four groups together have the squares of one with twice the weights.
      const everywhere = build([4, D], (_, d) => first[d]!)
      const alone = concentrated(
        build([1, D], (_, d) => 2 * first[d]!),
        4,
      )
      const one = await measure(groupPenalty, { weights: alone }, parameters)
      const many = await measure(groupPenalty, { weights: everywhere }, parameters)
      const decay = { decay: parameters.penalty }
      const weights2 = zeros([D, 1])
      const squaresOne = await measure(l2Penalty, { weights1: alone, weights2 }, decay)
      const squaresMany = await measure(l2Penalty, { weights1: everywhere, weights2 }, decay)
      return [
        {
          label: 'penalty of norms',
          expected: elementwise(one.value, (v) => multiply(exact(2), v)),
          actual: many.value,
        },
        { label: 'quadratic penalty', expected: squaresOne.penalty, actual: squaresMany.penalty },
      ]
    },
  }),
)

export const groupProperties = [...penaltyProperties, ...contrastProperties]
