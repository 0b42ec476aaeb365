import { describe, expect, it } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { bounded } from '../arithmetic/bounded.ts'
import { number } from '../arithmetic/number.ts'
import { ieee } from '../arithmetic/profile.ts'
import { norm } from './norm.ts'

const row = (...elements: readonly number[]) => fromData([elements.length], elements)

/** The power of two that numbers are divided by. */
function powerOf(...elements: readonly number[]): number {
  const exact: number[] = []
  const noting = { ...number, exact: (x: number) => exact[exact.push(x) - 1]! }
  norm(noting, row(...elements))
  return exact[0]!
}

describe('a norm', () => {
  it.each([
    ['of none', [], 1],
    ['of zeros', [0, -0], 1],
    ['below the largest magnitude', [0.75, -6, 5], 4],
    ['the largest magnitude itself', [-8, 1], 8],
    ['the largest that single precision holds with its inverse', [2 ** 127, 1], 2 ** 126],
    ['the least that it holds in full', [2 ** -140], 2 ** -126],
    ['of what is infinite', [Number.NEGATIVE_INFINITY, 4], 1],
    ['of what is no number', [Number.NaN, 4], 1],
  ] as const)('divides by a power of two: %s', (_, elements, power) => {
    expect(powerOf(...elements)).toBe(power)
  })

  it('is that of all arrays together', () => {
    expect(norm(number, row(3), row(), row(-4, 12))).toBe(13)
  })

  it.each([2 ** 100, 1, 2 ** -100])('is off by a few roundings of itself near %s', (size) => {
    const float32 = bounded('float32', ieee)
    const exact = fromData([2], [3 * size, 4 * size].map(float32.exact))
    // Eight in the quotients, squares, their sum, the root and the product; one for their products, and for underflow.
    expect(float32.error(norm(float32, exact))).toBeLessThanOrEqual(5 * size * 9 * 2 ** -24)
  })
})
