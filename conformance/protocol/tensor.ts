import { type DType, elements, type Tensor, type TypedArrays } from '../../spec/language/tensor.ts'

/** An array on the wire and in a capsule: its elements as base64, little-endian, row-major. */
export interface WireTensor {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: string
}

const arrayTypes: {
  readonly [D in DType]: {
    readonly BYTES_PER_ELEMENT: number
    new (buffer: ArrayBuffer, offset: number, length: number): TypedArrays[D]
  }
} = { float32: Float32Array, float64: Float64Array, int32: Int32Array }

/** The elements to the bit; Node runs on no machine that stores numbers otherwise. */
export function toWire({ dtype, shape, data }: Tensor): WireTensor {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  return { dtype, shape, data: bytes.toString('base64') }
}

/**
 * The array that was written so.
 *
 * @throws {RangeError} the data are no base64 or do not fill the shape
 */
export function fromWire({ dtype, shape, data }: WireTensor): Tensor {
  const ArrayType = arrayTypes[dtype]
  const count = elements(shape)
  const size = count * ArrayType.BYTES_PER_ELEMENT
  // What is not of the alphabet is passed over by the decoder and so shows in the length.
  const length = Buffer.byteLength(data, 'base64')
  const bytes = new ArrayBuffer(length === size ? size : 0)
  const written = length === size ? Buffer.from(bytes).write(data, 'base64') : -1
  if (written !== size || data.length !== 4 * Math.ceil(size / 3)) {
    throw new RangeError(
      `its data are not the ${size} bytes of ${count} elements of ${dtype} in base64, but ${data.length} characters that stand for ${length} bytes`,
    )
  }
  return { dtype, shape, data: new ArrayType(bytes, 0, count) }
}
