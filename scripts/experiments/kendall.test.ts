import { expect, it } from 'vitest'
import { kendall } from './kendall.ts'

it('is 1 where both rise, −1 where one falls, and counts pairs in between', () => {
  expect(kendall([1, 2, 3], [10, 20, 21])).toBe(1)
  expect(kendall([1, 2, 3], [3, 2, 1])).toBe(-1)
  // Of three pairs, two are alike and one is not.
  expect(kendall([1, 2, 3], [2, 1, 3])).toBe(1 / 3)
})

it('counts equal numbers as neither', () => {
  expect(kendall([1, 1], [1, 2])).toBe(0)
})
