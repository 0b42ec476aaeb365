import { elements, isAbsent, type Tensor } from '../../spec/language/tensor.ts'
import type { Argument } from '../engine/property.ts'

/** An array that is left out. */
export function leftOut(shape: readonly number[]): Tensor {
  const count = elements(shape)
  return { dtype: 'float32', shape, data: new Float32Array(count), absent: true }
}

/** What was made of an array: left out as well where that was, and all of it is 0. */
export function stillLeftOut(before: Argument, after: Argument): Argument {
  const wasLeftOut = 'dtype' in before && isAbsent(before)
  return wasLeftOut && after.data.every((v) => v === 0) ? leftOut(after.shape) : after
}

/** A small array written out by hand. */
export function tensor(shape: readonly number[], data: readonly number[]): Tensor {
  return { dtype: 'float32', shape, data: Float32Array.from(data) }
}
