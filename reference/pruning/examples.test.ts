import { expect, test } from 'vitest'
import { fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { shareOfNetwork } from './fc-share.ts'
import { brainDamage } from './obd-rounds.ts'
import { deletionCost, saliencies } from './obd-saliency.ts'
import { retrainRegression } from './retrain-convex.ts'
import { evolveMasks, maskFitness, maskFromCode } from './search.ts'
import { keepFilters, keepUnits, pruningCosts } from './structured.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const numbersOf = (outputs: Readonly<Record<string, NumberArray<number>>>) =>
  Object.values(outputs).map(({ data }) => data)

test('saliencies, and what the deletion of two weights costs', () => {
  const parameters = { curvature: of([2], 4, 2), weights: of([2], 3, -1) }
  expect(numbersOf(saliencies(number, parameters, {}))).toEqual([[18, 1]])
  const pair = { matrix: of([2, 2], 4, 3, 3, 4), weights: of([2], 1, -1), mask: of([2], 0, 0) }
  expect(numbersOf(deletionCost(number, pair, {}))).toEqual([[4], [-3], [1]])
})

test('a round of deletion', () => {
  const inputs = {
    matrix: of([2, 2], 8, 0, 0, 1),
    minimum: of([2], 1, 2),
    weights: of([2], 1, 2),
    mask: of([2], 1, 1),
  }
  const round = brainDamage(number, inputs, { remove: 1, steps: 0, rate: 0 })
  expect(numbersOf(round)).toEqual([[4, 2], [1, 0], [1, 0], [2]])
})

test('a regression with one of two weights', () => {
  const inputs = {
    x: of([2, 2], 1, 1, 0, 1),
    y: of([2], 1, 3),
    weights: of([2], -2, 3),
    mask: of([2], 0, 1),
  }
  expect(numbersOf(retrainRegression(number, inputs, { rate: 1, steps: 1 }))).toEqual([
    [0, 2],
    [1, 0.5],
  ])
})

test('masks, what they are worth, and a generation', () => {
  expect(numbersOf(maskFromCode(number, {}, { connections: 4, code: 6 }))).toEqual([[0, 1, 1, 0]])
  const loss = { matrix: of([2, 2], 2, 0, 0, 4), minimum: of([2], 1, 1) }
  const network = { masks: of([1, 2], 1, 0), weights: of([2], 3, 5), ...loss }
  expect(numbersOf(maskFitness(number, network, { price: 1 }))).toEqual([[3, 0], [7]])
  const generation = {
    masks: of([1, 1], 1),
    weights: of([1, 1], 3),
    flips: of([1, 1], 1),
    noise: of([1, 1], 0),
    matrix: of([1, 1], 2),
    minimum: of([1], 1),
  }
  expect(numbersOf(evolveMasks(number, generation, { price: 0 }))).toEqual([[0], [3], [1]])
})

test('a network without a unit, convolutions without a filter', () => {
  const network = {
    weights1: of([1, 2], 3, -1),
    bias1: of([2], 0, 2),
    weights2: of([2, 1], 1, 5),
    bias2: of([1], 1),
  }
  const left = keepUnits(number, network, { kept: 1, removal: 'incoming weights' })
  expect(numbersOf(left)).toEqual([[1, 0], [3], [0], [1], [11]])
  const banks = {
    filters: of([1, 1, 1, 2], -2, 1),
    bias: of([2], 5, 6),
    next: of([1, 1, 2, 1], 7, 8),
  }
  expect(numbersOf(keepFilters(number, banks, { kept: 1 }))).toEqual([[1, 0], [-2], [5], [7]])
})

test('what pruning saves', () => {
  const layer = { samples: 1, before: 2, units: 4, kept: 2, valueBits: 8, indexBits: 8 }
  expect(numbersOf(pruningCosts(number, {}, layer))).toEqual([[64], [32], [88], [40], [8], [4]])
  const network = { convolutional: 25, dense: 75, convolutionalShare: 0, denseShare: 0.65 }
  expect(numbersOf(shareOfNetwork(number, {}, network))).toEqual([[48], [52], [0.75], [0.48]])
})
