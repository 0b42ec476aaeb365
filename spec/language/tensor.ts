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
  /** Whether these zeros stand for an array that is left out. */
  readonly absent?: true
}

/** Whether an array is left out. One that a law has made something else of is not. */
export function isAbsent({ absent, data }: Tensor): boolean {
  return absent === true && data.every((element) => element === 0)
}

/** The arrays that are not left out: what an implementation is given. */
export function present(
  inputs: Readonly<Record<string, Tensor>>,
): Readonly<Record<string, Tensor>> {
  const given = Object.entries(inputs).filter(
    ([, tensor]) => tensor !== undefined && !isAbsent(tensor),
  )
  return given.length === Object.keys(inputs).length ? inputs : Object.fromEntries(given)
}

/** The number of elements of an array of this shape. */
export function elements(shape: readonly number[]): number {
  let product = 1
  for (const size of shape) product *= size
  return product
}
