import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import { array, free } from '../../../spec/language/operation.ts'
import {
  networkOfUnits,
  neuron,
  removeUnit,
  unitScore,
  unitScores,
} from '../../../spec/pruning/unit.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, numbers, permuted } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsAnyUnit,
  acceptsNegative,
  cancelsSigns,
  forgetsBiasCount,
  ignoresSwitches,
  keepsBias,
  keepsSmall,
  leavesBias,
  leavesOutgoing,
  removesEqual,
  removesLast,
  removesNext,
  sumsRows,
  sumsSquares,
  switchesNeighbours,
  switchesOff,
  takesLargest,
  takesMean,
} from './unit-faults.ts'

const scoreProperties = properties(
  unitScore,
  agreementTwice(unitScores, {
    kills: [cancelsSigns, sumsSquares, takesLargest, takesMean, removesEqual, keepsSmall, sumsRows],
  }),
  worked('E-19', {
    of: unitScores,
    title: 'weights 1 and −1 score 2, not 0, and the unit stays',
    kills: [cancelsSigns],
    inputs: { weights: tensor([2, 1], [1, -1]), threshold: tensor([], [1]) },
    parameters: {},
    notes: { scores: [0], kept: [0] },
    gives: { scores: [2], kept: [1] },
  }),
  equivariance('signs', {
    of: unitScores,
    title: 'every second weight of the other sign: the same scores',
    kills: [cancelsSigns],
    share: 0.5,
    inputs: ({ weights }) => ({ weights: changed(weights, (w, at) => (at % 2 === 0 ? -w : w)) }),
  }),
  equivariance('order', {
    of: unitScores,
    title: 'units in the opposite order have the scores in that order',
    kills: [sumsRows],
    share: 0.5,
    inputs: ({ weights }) => ({
      weights: permuted(weights, (i, j) => [i!, weights.shape[1]! - 1 - j!]),
    }),
    outputs: ({ scores, kept }) => {
      const turn = <A extends typeof scores>(values: A) =>
        permuted(values, (j) => [values.shape[0]! - 1 - j!])
      return { scores: turn(scores), kept: turn(kept) }
    },
  }),
  equivariance('scale', {
    of: unitScores,
    title:
      'twice the weights score twice as much, and with twice the threshold the same units stay',
    kills: [sumsSquares],
    share: 0.5,
    inputs: ({ weights, threshold }) => ({
      weights: changed(weights, (w) => 2 * w),
      threshold: changed(threshold, (t) => 2 * t),
    }),
    outputs: ({ scores }, { arithmetic: { exact, multiply } }) => ({
      scores: elementwise(scores, (s) => multiply(exact(2), s)),
    }),
  }),
  rejection('rejected', unitScores, invalidities(unitScores), {
    title: 'a negative threshold and other wrong arguments are rejected',
    kills: [acceptsNegative],
  }),
)

const neuronProperties = properties(
  neuron,
  agreementTwice(networkOfUnits, {
    name: 'network',
    kills: [switchesOff, ignoresSwitches, keepsBias, switchesNeighbours],
  }),
  agreementTwice(removeUnit, {
    name: 'removal',
    kills: [removesNext, removesLast, leavesBias, leavesOutgoing, forgetsBiasCount],
  }),
  law('as-if-off', {
    of: {
      ...removeUnit,
      dimensions: { ...removeUnit.dimensions, N: free(1, 3, 'samples') },
      inputs: {
        ...removeUnit.inputs,
        x: array('the samples, one a row', 'N', 'D'),
        bias2: array('the biases of the outputs', 'C'),
      },
    },
    asks: [removeUnit, networkOfUnits],
    title: 'the smaller network gives what the whole one does with the unit held at 0',
    kills: [
      removesNext,
      removesLast,
      leavesBias,
      leavesOutgoing,
      ignoresSwitches,
      keepsBias,
      switchesNeighbours,
    ],
    async holds({ answer, arithmetic, inputs, measure, parameters: { unit }, sizes: { M } }) {
      const { x, bias2, ...layers } = inputs
      const units = build([M], (j) => (j === unit ? 0 : 1))
      const whole = await measure(networkOfUnits, { ...inputs, units }, {})
      const smaller = await answer(removeUnit, layers, { unit })
      const given = {
        x,
        bias2,
        weights1: numbers(arithmetic, smaller.weights1),
        bias1: numbers(arithmetic, smaller.bias1),
        weights2: numbers(arithmetic, smaller.weights2),
        units: filled([M - 1], 1),
      }
      const { y } = await measure(networkOfUnits, given, {})
      return [{ label: 'y', expected: whole.y, actual: y }]
    },
  }),
  rejection('rejected', removeUnit, invalidities(removeUnit), {
    title: 'a unit that the layer does not have, and the only one of it, are rejected',
    kills: [acceptsAnyUnit],
  }),
)

export const unitProperties = [...scoreProperties, ...neuronProperties]
