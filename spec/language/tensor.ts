/** The element types an array may have on the wire and in a case. */
export type DType = 'float32' | 'float64' | 'int32'

/** The typed array that holds the elements of each element type. */
export interface TypedArrays {
  float32: Float32Array
  float64: Float64Array
  int32: Int32Array
}

/**
 * A dense array of numbers in row-major order (the last axis varies fastest).
 * A scalar has the empty shape and one element; an array with a zero in its shape has none.
 */
export interface Tensor {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array | Int32Array
}

/** The number of elements of an array of this shape. */
export function elements(shape: readonly number[]): number {
  let product = 1
  for (const size of shape) product *= size
  return product
}
