import { expect, test } from 'vitest'
import { fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { aggregate } from './aggregate.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const numbersOf = (outputs: Readonly<Record<string, NumberArray<number>>>) =>
  Object.values(outputs).map(({ data }) => data)

test('a mean of two models', () => {
  const models = { w: of([2, 1, 1], 3, 9), b: of([2, 1], 1, 4), counts: of([2], 2, 1) }
  expect(numbersOf(aggregate(number, models, {}))).toEqual([[5], [2]])
})
