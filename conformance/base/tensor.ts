import type { Tensor } from '../../spec/language/tensor.ts'

/** Whether two arrays are the same to the bit, as far as a number can tell its bits. */
export function sameTensor(a: Tensor, b: Tensor): boolean {
  if (a.dtype !== b.dtype || a.data.length !== b.data.length) return false
  if (!sameShape(a.shape, b.shape)) return false
  for (let i = 0; i < a.data.length; i++) if (!Object.is(a.data[i], b.data[i])) return false
  return true
}

/** Whether two arrays have as many elements along each axis. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false
  return true
}

/** A copy between numbers that are none, as a part of a larger array is. */
export function withinLarger(tensor: Tensor): Tensor {
  const { shape, data } = tensor
  const larger = new (data.constructor as Float32ArrayConstructor)(data.length + 4).fill(Number.NaN)
  larger.set(data, 2)
  return { ...tensor, shape: shape.slice(), data: larger.subarray(2, 2 + data.length) }
}
