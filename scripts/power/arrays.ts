import { fromData, indices, type NumberArray } from '../../reference/arithmetic/array.ts'

/** The words in which mistakes are made of right arrays. */

export type Numbers = NumberArray<number>

/** Other elements in the same places. */
export function change(
  array: Numbers,
  element: (value: number, ...index: number[]) => number,
): Numbers {
  const data: number[] = []
  let position = 0
  for (const index of indices(array.shape)) data.push(element(array.data[position++], ...index))
  return fromData(array.shape, data)
}

/** The same elements wherever the index on an axis does not meet a condition, and 0 where it does. */
export function clear(array: Numbers, axis: number, when: (i: number) => boolean): Numbers {
  return change(array, (value, ...index) => (when(index[axis]) ? 0 : value))
}

/** An array whose element at an index of an axis is the one at another index of that axis. */
export function reread(array: Numbers, axis: number, from: (i: number) => number): Numbers {
  return change(array, (_, ...index) => array.at(...index.with(axis, from(index[axis]))))
}

/** An array in which the elements where a condition holds come from another of the same shape. */
export function mixed(
  array: Numbers,
  other: Numbers,
  when: (...index: number[]) => boolean,
): Numbers {
  return change(array, (value, ...index) => (when(...index) ? other.at(...index) : value))
}

export function times(array: Numbers, factor: number): Numbers {
  return change(array, (value) => value * factor)
}

/** One of the slices along the first axis, as an array with a single one. */
export function only(array: Numbers, first: number): Numbers {
  const step = array.data.length / array.shape[0]
  return fromData([1, ...array.shape.slice(1)], array.data.slice(first * step, (first + 1) * step))
}

export function scalar(value: number): Numbers {
  return fromData([], [value])
}

/** How much of a size whole tiles cover. */
export function whole(size: number, tile: number): number {
  return size - (size % tile)
}

/** Whether a size is longer than a tile and no multiple of it, so that a part of a tile remains. */
export function remains(size: number, tile: number): boolean {
  return size > tile && size % tile > 0
}

/** A matrix, or the last two axes, with rows and columns exchanged. */
export function transposed(array: Numbers): Numbers {
  return change(array, (_, ...index) => {
    const [row, column] = index.slice(-2)
    return array.at(...index.slice(0, -2), column, row)
  })
}

/** Gives the array of the call before for that of this one, where the shapes are the same: a buffer that is kept. */
export function ofCallBefore(): (now: Numbers) => Numbers {
  let before: Numbers | undefined
  return (now) => {
    const given = before?.shape.join() === now.shape.join() ? before : now
    before = now
    return given
  }
}
