import { expect, test } from 'vitest'
import { fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { clipUpdates, noisyMean } from './differential-privacy.ts'
import { gossip, metropolisWeights } from './gossip.ts'
import { krum, medianAggregate, trimmedMean } from './robustness.ts'
import { secureSum } from './secure-aggregation.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const numbersOf = (outputs: Readonly<Record<string, NumberArray<number>>>) =>
  Object.values(outputs).map(({ data }) => data)
const models = (w: readonly number[], b: readonly number[]) => ({
  w: of([w.length, 1, 1], ...w),
  b: of([b.length, 1], ...b),
})

test('medians of three models and of two', () => {
  expect(numbersOf(medianAggregate(number, models([5, 1, 3], [0, 0, 9]), {}))).toEqual([[3], [0]])
  expect(numbersOf(medianAggregate(number, models([5, 1], [0, 0]), {}))).toEqual([[3], [0]])
})

test('a trimmed mean of four models', () => {
  const four = models([9, 1, 2, 4], [0, 0, 0, 0])
  expect(numbersOf(trimmedMean(number, four, { trim: 1 }))).toEqual([[3], [0]])
})

test('the scores of three models, and the one that is taken', () => {
  const given = models([0, 1, 3], [0, 0, 0])
  const taken = krum(number, given, { attackers: 0, kept: 1 })
  expect(numbersOf(taken)).toEqual([[0], [0], [1, 1, 4], [1, 0, 0]])
})

test('a secure sum of two numbers modulo 10', () => {
  const inputs = {
    values: of([2, 1], 3, 4),
    masks: of([2, 2, 1], 0, 9, 0, 0),
    present: of([2], 1, 1),
  }
  expect(numbersOf(secureSum(number, inputs, { modulus: 10 }))).toEqual([[2, 5], [7]])
})

test('clipped updates, and their mean with noise', () => {
  const updates = models([3, 0], [4, 1])
  const clipped = numbersOf(clipUpdates(number, updates, { bound: 1 })).flat()
  for (const [i, x] of [0.6, 0, 0.8, 1, 5, 1].entries()) expect(clipped[i]).toBeCloseTo(x, 14)
  const noise = { noiseW: of([1, 1], 1), noiseB: of([1], -1) }
  const mean = noisyMean(number, { ...updates, ...noise }, { bound: 1, multiplier: 2 })
  expect(mean.w.at(0, 0)).toBeCloseTo(1.3, 14)
  expect(mean.b.at(0)).toBeCloseTo(-0.1, 14)
})

test('weights of two clients, and a round of gossip', () => {
  const { weights } = metropolisWeights(number, { graph: of([2, 2], 0, 1, 0, 0) }, {})
  expect(weights.data).toEqual([0.5, 0.5, 0.5, 0.5])
  const after = gossip(number, { weights, ...models([1, 3], [0, 0]) }, { rounds: 1 })
  expect(numbersOf(after)).toEqual([
    [2, 2],
    [0, 0],
  ])
})
