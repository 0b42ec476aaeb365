import { describe, expect, it } from 'vitest'
import type { Tensor } from '../../spec/language/tensor.ts'
import { lineOf } from './messages.ts'
import { fromWire, toWire } from './tensor.ts'

/** Numbers whose bits are easily lost: NaNs with a payload and of both signs, −0, subnormals… */
const float32 = new Float32Array(
  Uint32Array.of(
    0x7fc00000,
    0xffc00000,
    0x7fc12345,
    0x7f800001,
    0x80000000,
    0x00000001,
    0x807fffff,
    0x7f800000,
    0xff800000,
    0x3f800000,
    0x7f7fffff,
  ).buffer,
)
const float64 = new Float64Array(
  BigUint64Array.of(0x7ff8000000000001n, 0xfff0000000000001n, 1n << 63n, 1n, 0x7fefffffffffffffn)
    .buffer,
)
const bits = ({ data }: Tensor) => [
  ...new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
]

describe('an array on the wire', () => {
  it('says that it is left out, unless something was made of its zeros', () => {
    const zeros = { dtype: 'float32', shape: [2], absent: true } as const
    expect(fromWire(toWire({ ...zeros, data: Float32Array.of(0, 0) })).absent).toBe(true)
    expect(fromWire(toWire({ ...zeros, data: Float32Array.of(0, 1) })).absent).toBeUndefined()
  })

  it.each<Tensor>([
    { dtype: 'float32', shape: [11], data: float32 },
    { dtype: 'float64', shape: [5, 1], data: float64 },
    { dtype: 'int32', shape: [2], data: Int32Array.of(-(2 ** 31), 2 ** 31 - 1) },
    { dtype: 'float32', shape: [], data: Float32Array.of(1) },
    { dtype: 'float32', shape: [3, 0], data: new Float32Array(0) },
    // A part of a larger buffer.
    { dtype: 'float32', shape: [2], data: float32.subarray(3, 5) },
  ])('comes back to the bit: $dtype $shape', (tensor) => {
    const { dtype, shape, data } = fromWire(JSON.parse(JSON.stringify(toWire(tensor))))
    expect({ dtype, shape }).toEqual({ dtype: tensor.dtype, shape: tensor.shape })
    expect(bits({ dtype, shape, data })).toEqual(bits(tensor))
  })

  it('is little-endian', () => {
    const wire = toWire({ dtype: 'float32', shape: [1], data: Float32Array.of(1) })
    expect([...Buffer.from(wire.data, 'base64')]).toEqual([0, 0, 0x80, 0x3f])
  })

  it.each([
    ['too short', [2], 'AACAPw=='],
    ['too long', [0], 'AACAPw=='],
    ['not of the alphabet', [1], '*ACAPw=='],
    ['without padding', [1], 'AACAPw'],
    ['with something behind', [1], 'AACAPw==AACAPw=='],
  ])('is refused when its data are %s', (_, shape, data) => {
    expect(() => fromWire({ dtype: 'float32', shape, data })).toThrow(RangeError)
  })
})

it('writes numbers that JSON has no form for as words', () => {
  const parameters = { a: NaN, b: [-Infinity, -0, 0], c: { d: Infinity }, e: 'same' }
  const params = { operation: 'x', inputs: {}, parameters }
  const line = lineOf({ jsonrpc: '2.0', id: 1, method: 'evaluate', params })
  expect(JSON.parse(line).params.parameters).toEqual({
    a: 'NaN',
    b: ['-Infinity', '-0', 0],
    c: { d: 'Infinity' },
    e: 'same',
  })
})
