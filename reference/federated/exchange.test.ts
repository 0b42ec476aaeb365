import { expect, test } from 'vitest'
import { fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { averagedNetwork } from './broadcast-init.ts'
import { contractionRate } from './contraction-rate.ts'
import { clipUpdates, noisyMean } from './differential-privacy.ts'
import { gossip, metropolisWeights } from './gossip.ts'
import { meanErrors } from './local-only.ts'
import { metaFirstOrder, metaObjective, metaObjectiveGradient } from './meta.ts'
import { dirichletPartition } from './noniid.ts'
import {
  personalizedObjective,
  personalizedObjectiveGradient,
  personalizedOptimum,
} from './personalized.ts'
import { connectivity, protocol } from './protocol.ts'
import { krum, medianAggregate, trimmedMean } from './robustness.ts'
import { secureSum } from './secure-aggregation.ts'
import { iidPartition, setting } from './settings.ts'

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
  expect(numbersOf(clipUpdates(number, updates, { bound: 2.5 }))).toEqual([
    [1.5, 0],
    [2, 1],
    [5, 1],
  ])
  const noise = { noiseW: of([1, 1], 1), noiseB: of([1], -1) }
  const mean = noisyMean(number, { ...updates, ...noise }, { bound: 2.5, multiplier: 2 })
  expect(numbersOf(mean)).toEqual([[3.25], [-1]])
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

test('biases of two clients that are pulled together', () => {
  const inputs = {
    ...models([0, 0], [1, 3]),
    x: of([2, 1, 1], 0, 0),
    y: of([2, 1, 1], 0, 4),
    counts: of([2], 1, 1),
  }
  const parameters = { points: 1, loss: 'squares', weight: 2 } as const
  expect(personalizedObjective(number, inputs, parameters).objective.at()).toBe(1.5)
  const slopes = { ...inputs, dObjective: of([], 1) }
  expect(numbersOf(personalizedObjectiveGradient(number, slopes, parameters))).toEqual([
    [0, 0],
    [-0.5, 0.5],
  ])
})

test('the optimum of two quadratics with λ = 3', () => {
  const inputs = { curvatures: of([2, 1], 1, 3), centres: of([2, 1], 0, 3) }
  expect(numbersOf(personalizedOptimum(number, inputs, { weight: 3 }))).toEqual([[1.5, 2.5], [2]])
})

test('a common bias that two clients adapt', () => {
  const inputs = {
    w: of([1, 1], 0),
    b: of([1], 0),
    x: of([2, 1, 1], 0, 0),
    y: of([2, 1, 1], 0, 4),
    counts: of([2], 1, 1),
  }
  const parameters = { points: 1, loss: 'squares', alpha: 0.5 } as const
  const { objective, adaptedB } = metaObjective(number, inputs, parameters)
  expect([objective.at(), ...adaptedB.data]).toEqual([1, 0, 2])
  const whole = metaObjectiveGradient(number, { ...inputs, dObjective: of([], 1) }, parameters)
  expect(whole.db.data).toEqual([-0.5])
  expect(metaFirstOrder(number, inputs, parameters).db.data).toEqual([-1])
})

test('a hundred clients, and three points for two workers', () => {
  const hundred = { clients: 100, reliable: true, available: true }
  expect(setting(number, {}, hundred).crossSilo.at()).toBe(1)
  const { owners, counts } = iidPartition(number, { draws: of([3], 5, 1, 3) }, { speeds: [1, 2] })
  expect([owners.data, counts.data]).toEqual([
    [1, 0, 1],
    [1, 2],
  ])
})

test('four points of two classes for two clients', () => {
  const inputs = { labels: of([4], 0, 0, 0, 1), gammas: of([2, 2], 1, 2, 4, 0) }
  const { owners, counts } = dirichletPartition(number, inputs, { classes: 2, clients: 2 })
  expect([owners.data, counts.data]).toEqual([
    [0, 1, 1, 0],
    [1, 2, 1, 0],
  ])
})

test('errors of two clients that learn a mean alone, and of both together', () => {
  const inputs = { means: of([2], 0, 4), variances: of([2], 4, 8), counts: of([2], 2, 2) }
  expect(numbersOf(meanErrors(number, inputs, {}))).toEqual([[2], [2, 4], [4, 4], [6, 8], [1.5]])
})

test('two networks that are the same but for the order of their units, and their mean', () => {
  const inputs = {
    x: of([1, 1], 3),
    hidden: of([2, 1, 2], 1, -1, -1, 1),
    hiddenBias: of([2, 2], 0, 0, 0, 0),
    output: of([2, 2, 1], 1, 1, 1, 1),
    outputBias: of([2, 1], 0, 0),
    counts: of([2], 1, 1),
  }
  expect(numbersOf(averagedNetwork(number, inputs, {}))).toEqual([[3, 3], [0]])
})

test('messages of two rounds, of which one loses a client', () => {
  const inputs = {
    participants: of([2, 2], 0, 1, 0, 1),
    replies: of([2, 2], 1, 0, 1, 1),
    server: of([2], 1, 1),
  }
  const { sent, begins, version } = protocol(number, inputs, { clients: 2 })
  expect(numbersOf({ sent, begins, version })).toEqual([
    [1, 0, 2, 1, 1, 2],
    [0, 0, 1, 1],
    [1, 2],
  ])
})

test('a star without its middle', () => {
  const inputs = { graph: of([3, 3], 0, 1, 1, 0, 0, 0, 0, 0, 0), failed: of([3], 1, 0, 0) }
  const { groups, load } = connectivity(number, inputs, {})
  expect(numbersOf({ groups, load })).toEqual([[2], [0, 0, 0]])
})

test('what a round of gossip leaves on a path of three', () => {
  const graph = of([3, 3], 0, 1, 1, 0, 0, 0, 0, 0, 0)
  // One division, and an eigenvalue of a matrix of norm below 2 to a few roundings.
  const { rate } = contractionRate(number, { graph }, {})
  expect(Math.abs(rate.at() - 2 / 3)).toBeLessThanOrEqual(64 * 2 ** -53)
})
