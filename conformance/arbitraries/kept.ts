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
  const sources = shape.map((smaller, axis) => {
    const size = tensor.shape[axis]!
    return Array.from({ length: smaller }, (_, i) => kept(i, axes[axis]!, size, smaller) % size)
  })
  return gathered(tensor, shape, (of, axis) => sources[axis]![of]!)
}

/** Of two axes of an array, the slower one first. */
export type Two<T> = readonly [T, T]

/** Two axes whose sizes are exchanged for others. */
export interface Exchange {
  readonly axes: Two<string>
  readonly was: Two<number>
  readonly is: Two<number>
}

/**
 * The elements in the order in which they stand along two axes together, the first or the last ones, as
 * many as these have now; along the others the first. So do arrays with two axes of the same sizes, such
 * as a gradient by an output that is as large as an image.
 */
export function reflowed(
  tensor: Tensor,
  axes: readonly string[],
  shape: readonly number[],
  { axes: [slower, faster], was, is }: Exchange,
  from: 'first' | 'last',
): Tensor {
  const has = (sizes: readonly number[], [p, q]: Two<number>, at: number) =>
    sizes[at] === p && sizes[at + 1] === q
  const same = shape.findIndex((_, axis) => has(tensor.shape, was, axis) && has(shape, is, axis))
  const [slow, fast] = axes.includes(slower)
    ? [axes.indexOf(slower), axes.indexOf(faster)]
    : [same, same + 1]
  if (slow < 0 || fast < 0) return keptOf(tensor, axes, shape, ends[0]!)
  const width = tensor.shape[fast]!
  const left = tensor.shape[slow]! * width - shape[slow]! * shape[fast]!
  const skipped = from === 'last' ? Math.max(0, left) : 0
  return gathered(tensor, shape, (of, axis, index) => {
    if (axis !== slow && axis !== fast) return of % tensor.shape[axis]!
    const place = skipped + index[slow]! * shape[fast]! + index[fast]!
    return axis === fast ? place % width : Math.floor(place / width) % tensor.shape[slow]!
  })
}

/** A tensor of the elements at other places, which are given axis by axis. */
function gathered(
  tensor: Tensor,
  shape: readonly number[],
  source: (of: number, axis: number, index: readonly number[]) => number,
): Tensor {
  const data = new (tensor.data.constructor as Float32ArrayConstructor)(elements(shape))
  if (tensor.data.length === 0) return { ...tensor, shape, data }
  const index = shape.map(() => 0)
  for (let i = 0; i < data.length; i++) {
    const from = index.reduce(
      (at, of, axis) => at * tensor.shape[axis]! + source(of, axis, index),
      0,
    )
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
