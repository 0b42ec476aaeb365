import { expect, it } from 'vitest'
import { inLastPlaces, isSlight } from './slight.ts'

// Beside 1, numbers of float32 are 2^-23 apart, and those of bfloat16 2^-7.
it('a number that is a few last places off is slightly wrong', () => {
  expect(isSlight({ expected: 1, actual: 1 + 3 * 2 ** -23, bound: 0 }, 'float32')).toBe(true)
  expect(isSlight({ expected: -1, actual: -1 - 17 * 2 ** -23, bound: 0 }, 'float32')).toBe(false)
  expect(isSlight({ expected: 1, actual: 1 + 3 * 2 ** -23, bound: 0 }, 'float64')).toBe(false)
})

it('so is one that is a few bounds off, unless that is much of it', () => {
  expect(isSlight({ expected: 1, actual: 1.002, bound: 0.001 }, 'float32')).toBe(true)
  expect(isSlight({ expected: 1, actual: 1.2, bound: 0.1 }, 'float32')).toBe(false)
  expect(isSlight({ expected: 0, actual: 1e-9, bound: 1e-9 }, 'float32')).toBe(false)
})

it('what is no number is not slightly wrong', () => {
  const { NaN: none, POSITIVE_INFINITY: infinite } = Number
  expect(isSlight({ expected: 1, actual: none, bound: 0 }, 'float32')).toBe(false)
  expect(isSlight({ expected: 1, actual: infinite, bound: 0 }, 'float32')).toBe(false)
  expect(isSlight({ expected: infinite, actual: 1, bound: 0 }, 'float32')).toBe(false)
})

it('last places are those of the format', () => {
  expect(inLastPlaces(1, 1 + 3 * 2 ** -23, 'float32')).toBe(3)
  expect(inLastPlaces(-4, -4 - 2 ** -21, 'float32')).toBe(1)
  expect(inLastPlaces(1, 1 + 2 ** -7, 'bfloat16')).toBe(1)
})
