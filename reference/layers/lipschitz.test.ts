import { expect, test } from 'vitest'
import { bounded, withError } from '../arithmetic/bounded.ts'
import { number } from '../arithmetic/number.ts'
import { ieee } from '../arithmetic/profile.ts'
import { lipschitz } from './lipschitz.ts'
import { roundingsOfSvd } from './svd-accuracy.ts'

const float32 = bounded('float32', ieee)
const norm = (value: number) => ({ value, roundings: 4, norm: value, slope: 1 })

test('a number without errors is the value', () => {
  expect(lipschitz(number, [3, 4], norm(5))).toBe(5)
})

test('errors of operands add up to what a norm may be off, also at 0', () => {
  for (const [operands, size] of [
    [[3, 4], 5],
    [[0, 0], 0],
  ] as const) {
    const off = operands.map((x) => withError(x, 2 ** -10))
    const error = float32.error(lipschitz(float32, off, norm(size)))
    expect(error).toBeGreaterThanOrEqual(2 ** -9)
    expect(error).toBeLessThan(2 ** -9 * 1.01)
  }
})

test('the errors of exact operands are those of the evaluation alone', () => {
  const error = float32.error(lipschitz(float32, [3, 4].map(float32.exact), norm(5)))
  expect(error).toBeGreaterThanOrEqual(4 * 5 * 2 ** -24)
  expect(error).toBeLessThan(5.01 * 5 * 2 ** -24)
})

test('a slope takes its share of them', () => {
  const off = [withError(3, 2 ** -10), withError(4, 2 ** -10)]
  const half = float32.error(lipschitz(float32, off, { ...norm(5), slope: 0.5 }))
  expect(half).toBeLessThan(2 ** -10 * 1.01)
})

test('a decomposition is off by ninety roundings for each row or column, of whichever there are more', () => {
  expect([roundingsOfSvd(3, 2), roundingsOfSvd(2, 5)]).toEqual([3 * 90, 5 * 90])
})
