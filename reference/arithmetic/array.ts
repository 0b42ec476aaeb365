import { elements, type Tensor } from '../../spec/language/tensor.ts'
import type { Arithmetic } from './arithmetic.ts'

/** An array of numbers of any arithmetic, row-major; an index outside its shape is an error. */
export interface NumberArray<T> {
  readonly shape: readonly number[]
  readonly data: readonly T[]
  at(...index: number[]): T
}

/** The position of an element in row-major order. Throws `RangeError` outside the shape. */
export function offset(shape: readonly number[], index: readonly number[]): number {
  if (index.length !== shape.length) {
    throw new RangeError(`${index.length} indices for an array of shape [${shape.join(', ')}]`)
  }
  let position = 0
  for (let axis = 0; axis < shape.length; axis++) {
    const i = index[axis]!
    if (!(i >= 0 && i < shape[axis]!)) {
      throw new RangeError(`index [${index.join(', ')}] outside shape [${shape.join(', ')}]`)
    }
    position = position * shape[axis]! + i
  }
  return position
}

/** An array over existing elements, given in row-major order. */
export function fromData<T>(shape: readonly number[], data: readonly T[]): NumberArray<T> {
  if (data.length !== elements(shape)) {
    throw new RangeError(`${data.length} elements for the shape [${shape.join(', ')}]`)
  }
  return { shape, data, at: (...index) => data[offset(shape, index)]! }
}

/** Every index of a shape, in row-major order. The same array is reused: copy it to keep it. */
export function* indices(shape: readonly number[]): Generator<number[]> {
  const count = elements(shape)
  const index = shape.map(() => 0)
  for (let position = 0; position < count; position++) {
    yield index
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis]! < shape[axis]!) break
      index[axis] = 0
    }
  }
}

/** The array whose element at each index is `element(...index)`: a formula with free indices. */
export function build<T>(
  shape: readonly number[],
  element: (...index: number[]) => T,
): NumberArray<T> {
  const data: T[] = []
  for (const index of indices(shape)) data.push(element(...index))
  return fromData(shape, data)
}

/**
 * The sum over every index of a shape: `sum(a, [Hf, Wf, K], (u, v, k) => …)` is Σ_u Σ_v Σ_k …
 * with 0 ≤ u < Hf and so on.
 */
export function sum<T>(
  arithmetic: Arithmetic<T>,
  ranges: readonly number[],
  term: (...index: number[]) => T,
): T {
  function* terms() {
    for (const index of indices(ranges)) yield term(...index)
  }
  return arithmetic.total(terms())
}

/** The elements of a tensor, taken as exact numbers of an arithmetic. */
export function lift<T>(arithmetic: Arithmetic<T>, tensor: Tensor): NumberArray<T> {
  return fromData(
    tensor.shape,
    Array.from(tensor.data, (value) => arithmetic.exact(value)),
  )
}
