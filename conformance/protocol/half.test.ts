import { describe, expect, it } from 'vitest'
import { fromHalf, halves, toHalf } from './half.ts'

const all = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits)

describe.each(halves)('%s', (half) => {
  it('keeps every bit of every number there and back, but for the payload of NaN', () => {
    const numbers = fromHalf(half, all)
    const again = toHalf(half, numbers)
    const lost = all.filter((bits) => !Number.isNaN(numbers[bits]) && again[bits] !== bits)
    expect([...lost]).toEqual([])
    expect(numbers.filter((x) => Number.isNaN(x))).toHaveLength(half === 'float16' ? 2046 : 254)
    expect(fromHalf(half, toHalf(half, [Number.NaN]))[0]).toBeNaN()
  })

  it('refuses what it would have to round', () => {
    expect(() => toHalf(half, [0.1])).toThrow(`0.1 is no number of ${half}`)
    expect(() => toHalf(half, [1e39])).toThrow(RangeError)
  })
})

// IEEE 754-2019, table 3.5, and the documentation of bfloat16: sign, exponent, fraction.
it.each([
  ['float16', 65504, 0x7bff],
  ['float16', 2 ** -24, 0x0001],
  ['float16', -(2 ** -14), 0x8400],
  ['float16', 1, 0x3c00],
  ['float16', Number.NEGATIVE_INFINITY, 0xfc00],
  ['bfloat16', 1, 0x3f80],
  ['bfloat16', -2, 0xc000],
  ['bfloat16', 2 ** -133, 0x0001],
  ['bfloat16', Number.POSITIVE_INFINITY, 0x7f80],
  ['bfloat16', -0, 0x8000],
] as const)('%s writes %d as %i', (half, number, bits) => {
  expect(toHalf(half, [number])).toEqual(Uint16Array.of(bits))
  expect(Object.is(fromHalf(half, [bits])[0], number)).toBe(true)
})
