import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromLossless, toLossless } from './lossless.ts'

const value = fc.anything({
  withNullPrototype: false,
  values: [
    fc.string(),
    fc.boolean(),
    fc.double(),
    fc.constantFrom(null, -0, Number.NaN, Number.NEGATIVE_INFINITY),
    fc.float32Array(),
    fc.float64Array({ maxLength: 3 }),
    fc.int32Array({ maxLength: 3 }),
  ],
})

describe('JSON without loss', () => {
  it('is read back as it was, to the bit', () => {
    const isKept = (it: unknown) => {
      expect(fromLossless(toLossless(it))).toStrictEqual(it)
    }
    fc.assert(fc.property(value, isKept))
  })

  it('keeps a part of a larger buffer, and nothing beside it', () => {
    const part = new Float32Array([1, 2, 3, 4]).subarray(1, 3)
    const read = fromLossless(toLossless(part)) as Float32Array
    expect([...read]).toEqual([2, 3])
    expect(read.buffer.byteLength).toBe(8)
  })
})
