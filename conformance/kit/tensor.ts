import type { Tensor } from '../../spec/language/tensor.ts'

/** A small array written out by hand. */
export function tensor(shape: readonly number[], data: readonly number[]): Tensor {
  return { dtype: 'float32', shape, data: Float32Array.from(data) }
}
