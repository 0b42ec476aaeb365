import { expect, test } from 'vitest'
import { fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { aggregate } from './aggregate.ts'
import { clientUpdate } from './client-update.ts'
import { fedAvg } from './fedavg.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const numbersOf = (outputs: Readonly<Record<string, NumberArray<number>>>) =>
  Object.values(outputs).map(({ data }) => data)

test('a mean of two models', () => {
  const models = { w: of([2, 1, 1], 3, 9), b: of([2, 1], 1, 4), counts: of([2], 2, 1) }
  expect(numbersOf(aggregate(number, models, {}))).toEqual([[5], [2]])
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
