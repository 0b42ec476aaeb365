import { describe, expect, it } from 'vitest'
import { Indeterminate } from '../arithmetic/arithmetic.ts'
import { fromData } from '../arithmetic/array.ts'
import { bounded, withError } from '../arithmetic/bounded.ts'
import { ieee } from '../arithmetic/profile.ts'
import { quotientOfWhole, stepsIn } from './codes-nearest.ts'
import { encodeHalf } from './formats.ts'

const float32 = bounded('float32', ieee)
const { error, exact, toNumber } = float32

describe('a whole number times two scales, by a third', () => {
  const rescaled = (a: number, b: number, y: number, s: number) =>
    quotientOfWhole(float32, [exact(a), exact(b), exact(y)], exact(s))

  it.each([
    [3, 5, -7, 8],
    [2 ** 12, 2 ** 12, 1, 8],
    [1, 1, -(2 ** 24), 2 ** 20],
    [1, 1, 3, 1],
  ])('is exact where no factor rounds: %d · %d · %d / %d', (a, b, y, s) => {
    const x = rescaled(a, b, y, s)
    expect([toNumber(x), error(x)]).toEqual([(a * b * y) / s, 0])
  })

  it.each([
    ['scales that are not whole', Math.fround(0.3), Math.fround(0.3), 7, 1],
    ['the first that is not', Math.fround(0.7), 7, 3, 1],
    ['the second that is not', 7, Math.fround(0.7), 3, 1],
    ['a divisor that is no power of two', 1, 1, 7, 3],
  ])('may be as float32 rounds it in either order: %s', (_, a, b, y, s) => {
    const x = rescaled(a, b, y, s)
    const { fround } = Math
    const ab = fround(a * b)
    const orders = [fround(fround(ab * y) / s), fround(fround(ab / s) * y)]
    const off = Math.max(...orders.map((rounded) => Math.abs(rounded - (a * b * y) / s)))
    // More than one rounding brings, which a number has that is merely held.
    expect(off).toBeGreaterThan(error(exact((a * b * y) / s)))
    expect(off).toBeLessThanOrEqual(error(x))
  })

  it('has the error of a whole number that was rounded', () => {
    const x = quotientOfWhole(float32, [exact(1), exact(1), withError(2 ** 25, 2)], exact(2))
    expect(error(x)).toBeGreaterThanOrEqual(1)
  })

  it('may be anything by a divisor below the normal numbers, or after an overflow', () => {
    expect(error(rescaled(1, 1, 0, 2 ** -130))).toBe(Number.POSITIVE_INFINITY)
    expect(error(rescaled(2 ** 100, 2 ** 100, 0, 1))).toBe(Number.POSITIVE_INFINITY)
    // Either scale may be divided first: 2^127 by a half is beyond the format, and times 0 not a number.
    expect(error(rescaled(0.3, 2 ** 127, 0, 0.5))).toBe(Number.POSITIVE_INFINITY)
    expect(error(rescaled(2 ** 127, 0.3, 0, 0.5))).toBe(Number.POSITIVE_INFINITY)
    expect(error(rescaled(0.3, 2 ** 120, 0, 0.5))).toBeLessThan(1)
  })
})

describe('the steps of a size in a number', () => {
  const steps = (x: number, s: number) => stepsIn(float32, exact(x), exact(s))

  it('are exact by a power of two', () => {
    expect([toNumber(steps(-5, 4)), error(steps(-5, 4))]).toEqual([-1.25, 0])
    expect([toNumber(steps(0, 2 ** -126)), error(steps(0, 2 ** -126))]).toEqual([0, 0])
  })

  it('are as float32 rounds them by other sizes', () => {
    expect(error(steps(1, 3))).toBeGreaterThanOrEqual(Math.abs(Math.fround(1 / 3) - 1 / 3))
  })

  it.each([-1, 1])(
    'are as good as 2^20 where no code is as far away, with their sign %d',
    (sign) => {
      const many = steps(sign * 3 * 2 ** 22, 3)
      expect([toNumber(many), error(many)]).toEqual([sign * 2 ** 20, 0])
    },
  )

  it('are open of a size below the normal numbers, or of a number there', () => {
    expect(error(steps(1, 2 ** -127))).toBe(Number.POSITIVE_INFINITY)
    expect(error(steps(2 ** -127, 2 ** -126))).toBeGreaterThanOrEqual(0.5)
  })
})

describe('the code of a number below the normal ones', () => {
  const code = (x: number, format: 'float16' | 'bfloat16') =>
    encodeHalf(float32, { x: fromData([1], [exact(x)]) }, { format }).codes!.data.map(toNumber)

  it('is 0 in float16, which has none as small, whether a device takes it for 0 or not', () => {
    expect([code(2 ** -140, 'float16'), code(-(2 ** -140), 'float16')]).toEqual([[0], [2 ** 15]])
  })

  it('is open in bfloat16', () => {
    expect(() => code(2 ** -130, 'bfloat16')).toThrow(Indeterminate)
  })
})
