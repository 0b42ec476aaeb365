import * as tf from '@tensorflow/tfjs-core'
import type { Repair } from './replaced-kernels.ts'
import type { WasmMemory } from './wasm-memory.ts'

/**
 * Parts of arrays, copied by themselves: the package copies the whole of an array for each part of it, so that to take
 * all 128 steps of a sequence, one after the other, copies it 128 times.
 */
export const ofTheirOwn: Repair = (original) => (call) => {
  const x = call.inputs.x as tf.Tensor
  if (!isOfNumbers(x)) return original(call)
  const { begin, size } = call.attrs as Record<'begin' | 'size', number | number[]>
  const [first, sizes] = tf.slice_util.parseSliceParams(x, begin, size)
  return part(memoryOf(call), x, first, sizes)
}

/** Each part along an axis, which is then gone. */
export const unpackedOneByOne: Repair = (original) => (call) => {
  const value = call.inputs.value as tf.Tensor
  if (!isOfNumbers(value)) return original(call)
  const { axis } = call.attrs as { readonly axis: number }
  const along = axis < 0 ? axis + value.shape.length : axis
  const shape = value.shape.toSpliced(along, 1)
  const starts = Array.from({ length: value.shape[along]! }, (_, place) => place)
  return partsAlong(memoryOf(call), value, along, starts, () => 1).map((info) => ({
    ...info,
    shape,
  }))
}

/** Parts of given sizes along an axis. */
export const splitOneByOne: Repair = (original) => (call) => {
  const x = call.inputs.x as tf.Tensor
  if (!isOfNumbers(x)) return original(call)
  const { axis, numOrSizeSplits } = call.attrs as {
    readonly axis: number
    readonly numOrSizeSplits: number | number[]
  }
  const [along] = tf.util.parseAxisParam(axis, x.shape) as [number]
  const sizes = tf.backend_util.prepareSplitSize(x, numOrSizeSplits, along)
  let next = 0
  const starts = sizes.map((size) => {
    next += size
    return next - size
  })
  return partsAlong(memoryOf(call), x, along, starts, (at) => sizes[at]!)
}

const isOfNumbers = ({ dtype }: tf.Tensor) => ['float32', 'int32', 'bool'].includes(dtype)

const memoryOf = ({ backend }: { readonly backend: unknown }) => backend as WasmMemory

function partsAlong(
  memory: WasmMemory,
  x: tf.Tensor,
  axis: number,
  starts: readonly number[],
  sizeOf: (at: number) => number,
) {
  const none = x.shape.map(() => 0)
  return starts.map((start, at) =>
    part(memory, x, none.with(axis, start), x.shape.with(axis, sizeOf(at))),
  )
}

/** A part of an array from the first index of each axis on, run by run of what lies behind one another. */
function part(
  memory: WasmMemory,
  x: tf.Tensor,
  first: readonly number[],
  sizes: readonly number[],
): tf.TensorInfo {
  const out = memory.makeOutput(sizes, x.dtype)
  // Only now: to make room may move the memory.
  const [from, to] = [memory.typedArrayFromHeap(x), memory.typedArrayFromHeap(out)]
  const strides = [...tf.util.computeStrides(x.shape), 1]
  const isWhole = (axis: number) => sizes[axis] === x.shape[axis]
  let apart = Math.max(0, x.shape.length - 1)
  while (apart > 0 && isWhole(apart)) apart--
  const run = tf.util.sizeFromShape(sizes.slice(apart) as number[])
  const outer = sizes.slice(0, apart)
  const begin = first.reduce((sum, index, axis) => sum + index * strides[axis]!, 0)
  const index = outer.map(() => 0)
  for (let done = 0; done < to.length; done += run) {
    const start = begin + index.reduce((sum, i, axis) => sum + i * strides[axis]!, 0)
    to.set(from.subarray(start, start + run), done)
    for (let axis = apart - 1; axis >= 0 && ++index[axis]! === outer[axis]; axis--) index[axis] = 0
  }
  return out
}
