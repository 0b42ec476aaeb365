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
    const i = index[axis]
    if (!(i >= 0 && i < shape[axis])) {
      throw new RangeError(`index [${index.join(', ')}] outside shape [${shape.join(', ')}]`)
    }
    position = position * shape[axis] + i
  }
  return position
}

/** An array over existing elements, given in row-major order. */
export function fromData<T>(shape: readonly number[], data: readonly T[]): NumberArray<T> {
  if (data.length !== elements(shape)) {
    throw new RangeError(`${data.length} elements for the shape [${shape.join(', ')}]`)
  }
  // Four axes are by far the most frequent case, and reading is the innermost step of every formula.
  if (shape.length === 4) {
    const [A, B, C, D] = shape as [number, number, number, number]
    const at = (...index: number[]) => {
      const [a, b, c, d] = index as [number, number, number, number]
      const inside = a >= 0 && a < A && b >= 0 && b < B && c >= 0 && c < C && d >= 0 && d < D
      return inside && index.length === 4
        ? data[((a * B + b) * C + c) * D + d]
        : data[offset(shape, index)]
    }
    return { shape, data, at }
  }
  return { shape, data, at: (...index) => data[offset(shape, index)] }
}

/** Every index of a shape, in row-major order. The same array is reused: copy it to keep it. */
export function* indices(shape: readonly number[]): Generator<number[]> {
  const count = elements(shape)
  const index = shape.map(() => 0)
  for (let position = 0; position < count; position++) {
    yield index
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape[axis]) break
      index[axis] = 0
    }
  }
}

/** The array whose element at each index is `element(...index)`: a formula with free indices. */
export function build<T>(
  shape: readonly number[],
  element: (...index: number[]) => T,
): NumberArray<T> {
  return fromData(shape, gather(shape, element))
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
  return arithmetic.total(gather(ranges, term))
}

/** What a function gives at every index, in row-major order; up to four axes without a generator. */
function gather<T>(shape: readonly number[], at: (...index: number[]) => T): T[] {
  const gathered: T[] = []
  if (shape.length > 4 || shape.length === 0) {
    for (const index of indices(shape)) gathered.push(at(...index))
    return gathered
  }
  const axes = shape.length
  const [A, B, C, D] = [...shape, 1, 1, 1]
  for (let a = 0; a < A; a++) {
    for (let b = 0; b < B; b++) {
      for (let c = 0; c < C; c++) {
        for (let d = 0; d < D; d++) {
          if (axes === 4) gathered.push(at(a, b, c, d))
          else if (axes === 3) gathered.push(at(a, b, c))
          else if (axes === 2) gathered.push(at(a, b))
          else gathered.push(at(a))
        }
      }
    }
  }
  return gathered
}

/** The elements of a tensor, taken as exact numbers of an arithmetic. */
export function lift<T>(arithmetic: Arithmetic<T>, tensor: Tensor): NumberArray<T> {
  return fromData(
    tensor.shape,
    Array.from(tensor.data as Float64Array, (value) => arithmetic.exact(value)),
  )
}
