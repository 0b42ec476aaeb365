import { elements, type Tensor } from '../../spec/language/tensor.ts'
import type { Order } from './order.ts'

type Data = Tensor['data']

/** An array with its axes in another order: `order[i]` is the axis that comes at place `i`. */
export function transposed(tensor: Tensor, order: Order): Tensor {
  const { shape, data } = tensor
  // An array with other axes than it should have is for whoever gets it to reject.
  if (shape.length !== order.length || data.length !== elements(shape)) return tensor
  const strides = shape.map((_, axis) => elements(shape.slice(axis + 1)))
  const turned = order.map((axis) => shape[axis]!)
  const steps = order.map((axis) => strides[axis]!)
  const result = likeIn(data, data.length)
  const last = turned.length - 1
  const index = turned.map(() => 0)
  let from = 0
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from]!
    // As an odometer: the last axis first.
    for (let axis = last; axis >= 0; axis--) {
      from += steps[axis]!
      index[axis]!++
      if (index[axis]! < turned[axis]!) break
      from -= steps[axis]! * turned[axis]!
      index[axis] = 0
    }
  }
  return { ...tensor, shape: turned, data: result }
}

/** The order that undoes another one. */
export function inverse(order: Order): Order {
  return order.map((_, axis) => order.indexOf(axis))
}

/** Room for elements of the same type, within a larger buffer where those are. */
function likeIn(data: Data, length: number): Data {
  const ArrayType = data.constructor as Float32ArrayConstructor
  const before = data.byteOffset / data.BYTES_PER_ELEMENT
  const after = data.buffer.byteLength / data.BYTES_PER_ELEMENT - before - data.length
  const larger = new ArrayType(before + length + after)
  if (before + after > 0) larger.fill(Number.NaN)
  return larger.subarray(before, before + length)
}
