import { describe, expect, test } from 'vitest'
import { rotated } from './jacobi.ts'

const columns = (...each: readonly (readonly number[])[]) => each.map((c) => Float64Array.from(c))

describe('rotations of columns', () => {
  test('of the example give 5 and 0', () => {
    const [first, second] = rotated(columns([1, 2], [2, 4])).s
    // The norm is a root of 25 that comes of a few roundings, and 0 what they leave of the other column.
    expect(Math.abs(first! - 5)).toBeLessThanOrEqual(5 * 8 * 2 ** -53)
    expect(Math.abs(second!)).toBeLessThanOrEqual(5 * 8 * 2 ** -53)
  })

  test('end where nothing becomes orthogonal, with an error', () => {
    expect(() => rotated(columns([Number.NaN], [1]))).toThrow('no decomposition after 60 sweeps')
  })

  // Of whatever size the matrix is.
  test.each([2 ** 300, 1, 2 ** -300])('take for 0 what is 2^-100 of the largest, %s', (size) => {
    const of = (share: number) => rotated(columns([0, size * share], [size, 0])).s
    expect(of(2 ** -100)).toEqual([size, 0])
    expect(of(2 ** -99)).toEqual([size, size * 2 ** -99])
  })

  test('leave their arguments as they are', () => {
    const given = columns([1, 2], [2, 4], [2 ** -200, 0])
    rotated(given)
    expect(given).toEqual(columns([1, 2], [2, 4], [2 ** -200, 0]))
  })
})
