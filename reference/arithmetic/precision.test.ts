import { describe, expect, test } from 'vitest'
import { formats, roundTo } from './precision.ts'

describe('rounding', () => {
  test.each([
    // bfloat16 has 8 bits: the neighbours of 1 are 1 − 2^-8 and 1 + 2^-7.
    ['bfloat16', 1 + 2 ** -8, 1],
    ['bfloat16', 1 + 3 * 2 ** -8, 1 + 2 ** -6],
    ['bfloat16', 1 + 2 ** -8 + 2 ** -30, 1 + 2 ** -7],
    ['bfloat16', -(1 + 3 * 2 ** -8), -(1 + 2 ** -6)],
    ['bfloat16', 1 - 2 ** -9, 1],
    ['bfloat16', 3.140625, 3.140625],
    ['bfloat16', Math.PI, 3.140625],
    ['bfloat16', 2 ** -133, 2 ** -133],
    ['bfloat16', 2 ** -134, 0],
    ['bfloat16', 1.5 * 2 ** -133, 2 ** -132],
    ['bfloat16', 3.4e38, Number.POSITIVE_INFINITY],
    // float16 has 11 bits.
    ['float16', 1 + 2 ** -11, 1],
    ['float16', 1 + 3 * 2 ** -11, 1 + 2 ** -9],
    ['float16', 2049, 2048],
    ['float16', 2051, 2052],
    ['float16', 65519, 65504],
    ['float16', 65520, Number.POSITIVE_INFINITY],
    ['float16', -65520, Number.NEGATIVE_INFINITY],
    ['float16', 2 ** -24, 2 ** -24],
    ['float16', 2 ** -25, 0],
    ['float16', 3 * 2 ** -25, 2 ** -23],
    ['float16', 0.1, 0.0999755859375],
    // float32 has 24 bits, and so have the sums of TF32.
    ['float32', 1 + 2 ** -24, 1],
    ['float32', 1 + 3 * 2 ** -24, 1 + 2 ** -22],
    ['tf32', 1 + 2 ** -23, 1 + 2 ** -23],
    ['float32', 2 ** -149, 2 ** -149],
    ['float32', 2 ** -150, 0],
    ['float64', 1 + 2 ** -52, 1 + 2 ** -52],
  ] as const)('to %s of %d gives %d', (precision, x, expected) => {
    expect(roundTo(precision, x)).toBe(expected)
  })

  test.each(['bfloat16', 'float16', 'float32'] as const)('to %s keeps what it can hold', (name) => {
    const { minNormal, max } = formats[name]
    for (const x of [0, -0, 1, -1.5, minNormal, max, -max, Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(roundTo(name, x)).toBe(x)
    }
  })

  test.each(['bfloat16', 'float16'] as const)('to %s keeps the sign of what becomes 0', (name) => {
    expect(roundTo(name, -1e-60)).toBe(-0)
  })

  test('to any format gives the nearer neighbour, on every power of two', () => {
    for (const name of ['bfloat16', 'float16'] as const) {
      const { bits } = formats[name]
      for (let k = -10; k <= 10; k++) {
        const step = 2 ** (k - bits + 1)
        for (let i = 0; i < 2 ** (bits - 1); i++) {
          const x = 2 ** k + i * step
          expect(roundTo(name, x)).toBe(x)
          expect(roundTo(name, x + 0.49 * step)).toBe(x)
          expect(roundTo(name, -(x + 0.51 * step))).toBe(-(x + step))
        }
      }
    }
  })
})
