import { expect, it } from 'vitest'
import { fits } from './right.ts'

const right = { y: { shape: [3], data: [1, Number.NaN, 2], errors: [0.25, 0, 1 / 0] } }

it.each([
  [
    'within its error, NaN where that is due, and anything where nothing is known',
    [1.25, NaN, 7],
    true,
  ],
  ['beyond its error', [1.5, NaN, 2], false],
  ['of the wrong sign', [-1, NaN, 2], false],
  ['a number where NaN is due', [1, 0, 2], false],
  ['NaN where a number is due', [NaN, NaN, 2], false],
])('an answer that is %s', (_, data, isRight) => {
  expect(fits({ y: { dtype: 'float64', shape: [3], data: Float64Array.from(data) } }, right)).toBe(
    isRight,
  )
})

it('of another shape is not right, and of what is not returned nothing is said', () => {
  expect(
    fits({ y: { dtype: 'float64', shape: [1, 3], data: Float64Array.from(right.y.data) } }, right),
  ).toBe(false)
  expect(fits({}, right)).toBe(true)
})
