import { expect, test } from 'vitest'
import { fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { aggregate } from './aggregate.ts'
import { alternativeAggregate } from './alternatives.ts'
import { batchStatistics } from './batch-statistics.ts'
import { clientSampling } from './client-sampling.ts'
import { clientUpdate } from './client-update.ts'
import { fedAvg } from './fedavg.ts'
import { objective, sizes } from './objective.ts'
import { powerLawSizes } from './power-law.ts'
import { localFixedPoint, quadraticOptima, quadraticRounds } from './quadratics.ts'
import { parallelSgd, roundCosts } from './special.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const numbersOf = (outputs: Readonly<Record<string, NumberArray<number>>>) =>
  Object.values(outputs).map(({ data }) => data)

test('a mean of two models', () => {
  const models = { w: of([2, 1, 1], 3, 9), b: of([2, 1], 1, 4), counts: of([2], 2, 1) }
  expect(numbersOf(aggregate(number, models, {}))).toEqual([[5], [2]])
})

test('the statistics of two points, one of each participant', () => {
  const own = { means: of([2, 1], 0, 2), variances: of([2, 1], 0, 0), counts: of([2], 1, 1) }
  expect(numbersOf(batchStatistics(number, own, { divisor: 'points' }))).toEqual([[1], [1]])
  expect(numbersOf(batchStatistics(number, own, { divisor: 'points less one' }))).toEqual([
    [1],
    [2],
  ])
})

test('numbers of points by a power law', () => {
  const given = { exponent: 2, least: 1, most: 10 }
  const sizes = powerLawSizes(number, { draws: of([3], 0, 1, 5) }, given)
  expect(numbersOf(sizes)).toEqual([[1, 2, 10], [13]])
})

test('two local steps of a client', () => {
  const client = {
    w: of([1, 1], 0),
    b: of([1], 0),
    x: of([1, 1], 0),
    y: of([1, 1], 4),
    count: of([], 1),
    batches: of([2, 1], 0, 0),
  }
  const given = { points: 1, rate: 0.25, loss: 'squares' } as const
  expect(numbersOf(clientUpdate(number, client, given))).toEqual([
    [0, 0],
    [1, 1.75],
  ])
})

test('a round of two clients', () => {
  const inputs = {
    w: of([1, 1], 0),
    b: of([1], 0),
    x: of([2, 1, 1], 0, 0),
    y: of([2, 1, 1], 4, 8),
    counts: of([2], 1, 1),
    participants: of([1, 2], 0, 1),
    batches: of([1, 2, 1, 1], 0, 0),
  }
  const given = { clients: 2, points: 1, rate: 0.5, loss: 'squares' } as const
  expect(numbersOf(fedAvg(number, inputs, given))).toEqual([[0], [3], [0, 0], [2, 4]])
})

test('points of clients, and their losses', () => {
  expect(numbersOf(sizes(number, { holds: of([2, 2], 1, 1, 0, 1) }, {}))).toEqual([
    [2, 1],
    [3],
    [2],
    [2 / 3, 1 / 3],
  ])
  const inputs = {
    w: of([1, 1], 0),
    b: of([1], 0),
    x: of([2, 3, 1], 0, 0, 0, 0, 0, 0),
    y: of([2, 3, 1], 0, 9, 9, 2, 2, 2),
    counts: of([2], 1, 3),
  }
  const given = { clients: 2, points: 3, loss: 'squares' } as const
  expect(numbersOf(objective(number, inputs, given))).toEqual([[0, 2], [1.5]])
})

test('who takes part, and other ways to aggregate', () => {
  const sampled = clientSampling(number, { draws: of([3], 3, 1, 2) }, { clients: 3, rate: 0.5 })
  expect(numbersOf(sampled)).toEqual([[1, 2]])
  const inputs = {
    w0: of([1, 1], 0),
    b0: of([1], 0),
    w: of([2, 1, 1], 1, 3),
    b: of([2, 1], 1, 3),
    counts: of([4], 1, 1, 1, 1),
    participants: of([2], 0, 1),
  }
  const by = (rule: 'scaled' | 'kept' | 'plain') =>
    alternativeAggregate(number, inputs, { clients: 4, rule }).b.data
  expect([by('scaled'), by('kept'), by('plain')]).toEqual([[2], [1], [2]])
})

test('a step of parallel SGD, and what rounds cost', () => {
  const inputs = {
    w: of([1, 1], 0),
    b: of([1], 0),
    x: of([2, 1, 1], 0, 0),
    y: of([2, 1, 1], 4, 8),
    counts: of([2], 1, 1),
    batches: of([1, 2, 1], 0, 0),
  }
  const given = { clients: 2, points: 1, rate: 0.5, loss: 'squares' } as const
  expect(numbersOf(parallelSgd(number, inputs, given))).toEqual([[0], [3]])
  const costs = roundCosts(number, {}, { participants: 2, steps: 7, localSteps: 3, batch: 5 })
  expect(numbersOf(costs)).toEqual([[3], [12], [90], [4, 2]])
})

test('quadratic losses of two clients', () => {
  const inputs = { h: of([2, 1], 9, 1), c: of([2, 1], 0, 1), weights: of([2], 1, 1) }
  expect(numbersOf(quadraticOptima(number, inputs, {}))).toEqual([[1 / 10], [1 / 2]])
  const one = { h: of([1, 1], 1), c: of([1, 1], 8), weights: of([1], 1), start: of([1], 0) }
  const rounds = quadraticRounds(number, one, { rate: 0.5, localSteps: 2, rounds: 2 })
  expect(numbersOf(rounds)).toEqual([[6, 7.5]])
  const unlike = { ...inputs, h: of([2, 1], 1, 0.5) }
  expect(numbersOf(localFixedPoint(number, unlike, { rate: 1, localSteps: 2 }))).toEqual([[3 / 7]])
})
