import { describe, expect, it } from 'vitest'
import { Indeterminate } from '../arithmetic/arithmetic.ts'
import { fromData } from '../arithmetic/array.ts'
import { bounded } from '../arithmetic/bounded.ts'
import { ieee } from '../arithmetic/profile.ts'
import { affineScale } from './affine-scale.ts'

const float32 = bounded('float32', ieee)

/** The zero point of numbers in float32; `null` where rounding may put it on either of two codes. */
function zeroPointOf(...numbers: readonly number[]): number | null {
  const w = fromData([numbers.length, 1], numbers.map(float32.exact))
  try {
    const { zeroPoints } = affineScale(
      float32,
      { w },
      { bits: 8, range: 'unsigned', per: 'tensor' },
    )
    return float32.toNumber(zeroPoints!.data[0]!)
  } catch (thrown) {
    if (thrown instanceof Indeterminate) return null
    throw thrown
  }
}

describe('a scale below the normal numbers', () => {
  const leastNormal = 2 ** -126

  it('leaves the zero point of negative numbers open, whose scale may have lost its digits', () => {
    // The range is a normal number, and 1/255 of it may be taken for 0.
    expect(zeroPointOf(-(2 ** -120))).toBe(null)
    expect(zeroPointOf(-255 * leastNormal)).toBe(255)
    expect(zeroPointOf(-1)).toBe(255)
  })

  it('leaves that of numbers above 0 as it is, whatever the scale', () => {
    expect(zeroPointOf(2 ** -120)).toBe(0)
  })
})
