import { describe, expect, it } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { bounded } from '../arithmetic/bounded.ts'
import { ieee } from '../arithmetic/profile.ts'
import { randomizedSvd } from './randomized-svd.ts'

const double = bounded('float64', ieee)
const float32 = bounded('float32', ieee)

/** How far the largest value of diag(1, least) may be off, seen through the whole plane. */
function errorOfValue(least: number, powers: number): number {
  const diagonal = fromData([2, 2], [1, 0, 0, least].map(double.exact))
  const test = fromData([2, 2], [1, 0, 0, 1].map(double.exact))
  return double.error(randomizedSvd(double, { weights: diagonal, test }, { powers }).S!.at(0))
}

describe('what may be off of a value', () => {
  it.each([0, 1, 2])(
    'grows as the images come to depend on each other, after %d powers',
    (powers) => {
      // Their least singular value is that of the matrix to the power 2q + 1, of which the share of the norm is so large
      // that neither the other terms of the bound nor that of the norm itself (1 + 2^-13 and less) make a tenth of it.
      const growth = errorOfValue(2 ** -7, powers) / errorOfValue(2 ** -6, powers)
      const expected = 2 ** (2 * powers + 1)
      expect(growth / expected).toBeGreaterThan(0.9)
      expect(growth / expected).toBeLessThan(1.1)
    },
  )

  it('is of zeros what is flushed on the way, whatever the images span', () => {
    const of = (shape: readonly number[], ...data: readonly number[]) =>
      fromData(shape, data.map(float32.exact))
    const inputs = { weights: of([2, 2], 0, 0, 0, 0), test: of([2, 1], 1, 2) }
    const { S } = randomizedSvd(float32, inputs, { powers: 1 })
    expect(float32.toNumber(S!.at(0))).toBe(0)
    // Four decompositions of 90 roundings for either column, each of which may lose the least normal number.
    expect(float32.error(S!.at(0))).toBeLessThanOrEqual(4 * 180 * 2 ** -126)
  })
})
