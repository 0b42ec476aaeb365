import type { Precision } from '../../reference/arithmetic/precision.ts'
import {
  type DType,
  elements,
  isAbsent,
  type Tensor,
  type TypedArrays,
} from '../../spec/language/tensor.ts'
import { fromBase64, lengthInBase64, toBase64 } from '../base/base64.ts'
import { fromHalf, type Half, isHalf, toHalf } from './half.ts'

/** An array on the wire and in a capsule: its elements as base64, little-endian, row-major. */
export interface WireTensor {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: string
  /** In a capsule: that these zeros stand for an array that is left out. */
  readonly absent?: true
}

const arrayTypes: {
  readonly [D in DType]: {
    readonly BYTES_PER_ELEMENT: number
    new (buffer: ArrayBuffer, offset: number, length: number): TypedArrays[D]
  }
} = { float32: Float32Array, float64: Float64Array, int32: Int32Array }

/** The elements to the bit; nothing that this runs on stores numbers otherwise. */
export function toWire(tensor: Tensor): WireTensor {
  const { dtype, shape, data } = tensor
  const absent = isAbsent(tensor) && { absent: true as const }
  return { dtype, shape, data: toBase64(data), ...absent }
}

/**
 * The array that was written so.
 *
 * @throws {RangeError} the data are no base64 or do not fill the shape
 */
export function fromWire({ dtype, shape, data, absent }: WireTensor): Tensor {
  const ArrayType = arrayTypes[dtype]
  const count = elements(shape)
  const bytes = bytesOf(data, count, ArrayType.BYTES_PER_ELEMENT, dtype)
  return { dtype, shape, data: new ArrayType(bytes, 0, count), ...(absent && { absent }) }
}

function bytesOf(data: string, count: number, each: number, dtype: DType | Half): ArrayBuffer {
  const size = count * each
  // What is not of the alphabet is passed over by the decoder and so shows in the length.
  const length = lengthInBase64(data)
  const bytes = length === size ? fromBase64(data) : null
  if (bytes?.length !== size || data.length !== 4 * Math.ceil(size / 3)) {
    throw new RangeError(
      `its data are not the ${size} bytes of ${count} elements of ${dtype} in base64, but ${data.length} characters that stand for ${length} bytes`,
    )
  }
  return bytes.buffer
}

/** An array on the wire to and from an implementation, which may compute in a format of two bytes. */
export interface SentTensor {
  readonly dtype: DType | Half
  readonly shape: readonly number[]
  readonly data: string
}

/**
 * An array as it is sent to or by an implementation of a precision.
 *
 * @throws {RangeError} a number that the format of two bytes does not hold
 */
export function toSent(tensor: Tensor, precision: Precision): SentTensor {
  const { dtype, shape, data } = tensor
  if (!isHalf(precision) || dtype !== 'float32') return toWire(tensor)
  const bits = toHalf(precision, data)
  return { dtype: precision, shape, data: toBase64(bits) }
}

/**
 * The array that was sent so; numbers of two bytes lie in float32, which holds them all.
 *
 * @throws {RangeError} the data are no base64 or do not fill the shape
 */
export function fromSent({ dtype, shape, data }: SentTensor): Tensor {
  if (dtype !== 'float16' && dtype !== 'bfloat16') return fromWire({ dtype, shape, data })
  const bits = new Uint16Array(bytesOf(data, elements(shape), 2, dtype))
  return { dtype: 'float32', shape, data: fromHalf(dtype, bits) }
}
