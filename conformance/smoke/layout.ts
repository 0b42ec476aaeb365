import type { Tensor } from '../../spec/language/tensor.ts'

/** Every order of `count` axes but the usual one; the reversed one, that of Fortran, first. */
export function orders(count: number): readonly (readonly number[])[] {
  if (count < 2) return []
  const usual = Array.from({ length: count }, (_, axis) => axis)
  const all = permutations(usual).filter((order) => order.some((axis, i) => axis !== i))
  const reversed = usual.toReversed()
  return [reversed, ...all.filter((order) => order.some((axis, i) => axis !== reversed[i]))]
}

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, i) =>
    permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]),
  )
}

/** The same elements laid out with the axes in another order: `order[0]` varies slowest. */
export function laidOut(
  data: ArrayLike<number>,
  shape: readonly number[],
  order: readonly number[],
): number[] {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
  const result: number[] = []
  const visit = (depth: number, position: number) => {
    if (depth === order.length) {
      result.push(data[position]!)
      return
    }
    const axis = order[depth]!
    for (let i = 0; i < shape[axis]!; i++) visit(depth + 1, position + i * strides[axis]!)
  }
  visit(0, 0)
  return result
}

/** What is seen of elements by someone who takes them to be laid out with the axes in this order. */
export function misread(tensor: Tensor, order: readonly number[]): Tensor {
  const { shape, data } = tensor
  // Where each element would be looked for, and which one is found there.
  const places = laidOut(
    Array.from(data, (_, position) => position),
    shape,
    order,
  )
  const seen = data.slice()
  for (const [at, position] of places.entries()) seen[position] = data[at]!
  return { ...tensor, data: seen }
}

/** Numbers of four bytes with the bytes of each the other way round. */
export function byteSwapped(data: ArrayLike<number>): number[] {
  const view = new DataView(new ArrayBuffer(4))
  return Array.from(data, (value) => {
    view.setFloat32(0, value, true)
    return view.getFloat32(0, false)
  })
}

/** The order of so many axes in which two have changed places. */
export function swapped(count: number, one: number, other: number): readonly number[] {
  const order = Array.from({ length: count }, (_, axis) => axis)
  return order.with(one, other).with(other, one)
}

/** An array with its axes in another order. */
export function turned(tensor: Tensor, order: readonly number[]): Tensor {
  const { shape, data } = tensor
  const other = data.slice()
  other.set(laidOut(data, shape, order))
  return { ...tensor, shape: order.map((axis) => shape[axis]!), data: other }
}

/** An array that runs backwards along some axes. */
export function flipped(tensor: Tensor, along: readonly number[]): Tensor {
  const { shape, data } = tensor
  const other = data.slice()
  for (let position = 0; position < data.length; position++) {
    let [from, step, rest] = [0, 1, position]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const index = rest % shape[axis]!
      from += step * (along.includes(axis) ? shape[axis]! - 1 - index : index)
      step *= shape[axis]!
      rest = Math.floor(rest / shape[axis]!)
    }
    other[position] = data[from]!
  }
  return { ...tensor, data: other }
}
