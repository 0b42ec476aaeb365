import type { Arithmetic, TransformSize } from '../arithmetic/arithmetic.ts'
import { indices, type NumberArray } from '../arithmetic/array.ts'

/** An operand of a convolution, and the axis along which its slices are convolved one by one, if any. */
type Operand<T> = readonly [array: NumberArray<T>, axis?: number]

/**
 * What an implementation may make of the elements of a convolution where it declares that it convolves by
 * transforms: an error of a share of the norms of both operands. Elsewhere nothing changes.
 *
 * @returns for a response, the slice of the images and that of the filters which it is made of
 */
export function transformed<T>(
  arithmetic: Arithmetic<T>,
  images: Operand<T>,
  filters: Operand<T>,
  size: TransformSize,
): (response: T, image: number, filter: number) => T {
  const { transforms } = arithmetic
  if (transforms === undefined) return (response) => response
  const [ofImages, ofFilters] = [images, filters].map(([array, axis]) =>
    slices(array, axis).map(transforms.norm),
  ) as [number[], number[]]
  return (response, image, filter) =>
    transforms.widen(response, [ofImages[image]!, ofFilters[filter]!], size)
}

/** The elements with each index of an axis; without one, all of them. */
function slices<T>(array: NumberArray<T>, axis?: number): (readonly T[])[] {
  if (axis === undefined) return [array.data]
  const parts = Array.from({ length: array.shape[axis]! }, (): T[] => [])
  for (const index of indices(array.shape)) parts[index[axis]!]!.push(array.at(...index))
  return parts
}
