import { expect, test } from 'vitest'
import { decomposedByLoops } from './svd-loops.ts'

const rows = (n: number, m: number, ...data: readonly number[]) => ({
  ...{ n, m },
  data: Float64Array.from(data),
})

test('values come in order, with unit vectors, and what is 0 has a vector as well', () => {
  const { values, left, right } = decomposedByLoops(rows(3, 3, 0, 3, 0, 0, 0, 0, 0, 0, -4))
  expect([...values]).toEqual([4, 3, 0])
  expect([...left.data]).toEqual([0, 0, 1, 1, 0, 0, 0, 1, 0])
  expect([...right.data]).toEqual([-0, 0, -1, 0, 1, 0, 1, 0, 0].map((x) => x || expect.closeTo(0)))
})

test('what is no number comes to an end', () => {
  const { values } = decomposedByLoops(rows(2, 2, Number.NaN, 1, 1, 1))
  expect(values).toHaveLength(2)
})
