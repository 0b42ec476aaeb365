import { elements, type Tensor } from '../../spec/language/tensor.ts'

/** Which element of an axis of a size stands at an index, once the axis has another size. */
export type Kept = (index: number, symbol: string, size: number, smaller: number) => number

/** What is wrong may be at either end. */
export const ends: readonly Kept[] = [
  (index) => index,
  (index, _, size, smaller) => index + Math.max(0, size - smaller),
]

/** Or whatever the place is, if only the numbers there come often enough: one of the first, over again. */
export const overAgain: readonly Kept[] = [0, 1, 2, 3].map(
  (one) => (index, _, size, smaller) => (smaller < size && one < size ? one : index),
)

/** Or at both ends: all but so many from an index on. */
export function without(from: number, many: number, of: string): Kept {
  return (index, symbol) => (symbol === of && index >= from ? index + many : index)
}

/** The elements that are kept; where an axis grows, its elements over again. */
export function keptOf(
  tensor: Tensor,
  axes: readonly string[],
  shape: readonly number[],
  kept: Kept,
): Tensor {
  if (shape.every((size, axis) => size === tensor.shape[axis])) return tensor
  const data = new (tensor.data.constructor as Float32ArrayConstructor)(elements(shape))
  if (tensor.data.length === 0) return { ...tensor, shape, data }
  const sources = shape.map((smaller, axis) => {
    const size = tensor.shape[axis]!
    return Array.from({ length: smaller }, (_, i) => kept(i, axes[axis]!, size, smaller) % size)
  })
  const index = shape.map(() => 0)
  for (let i = 0; i < data.length; i++) {
    const from = index.reduce((at, of, axis) => at * tensor.shape[axis]! + sources[axis]![of]!, 0)
    data[i] = tensor.data[from]!
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis]! < shape[axis]!) break
      index[axis] = 0
    }
  }
  return { ...tensor, shape, data }
}

/** The elements times a number; whole numbers and codes as they are. */
export function multiplied(tensor: Tensor, by: number): Tensor {
  if (tensor.dtype === 'int32') return tensor
  const data = tensor.data.slice() as Float32Array
  return { ...tensor, data: data.map((element) => element * by) }
}
