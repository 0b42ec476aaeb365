import type { Parameters, Sizes } from '../language/operation.ts'
import { alternatives, choice, integer, pair, tuple } from '../language/parameter.ts'

/** How far the windows of a convolution or pooling layer reach, per axis; the notes' H', S and D. */
const amount = integer({ min: 0, upTo: 3 })

/**
 * What surrounds an image before windows are laid over it: nothing (`valid`), as much as keeps
 * ⌈H / S⌉ window positions with the larger half at the bottom and right (`same`, as in TensorFlow),
 * or four amounts `[top, bottom, left, right]`.
 */
export const padding = alternatives(choice('valid', 'same'), tuple(amount, amount, amount, amount))
export const strides = pair(integer({ min: 1, upTo: 3 }))
export const dilations = pair(integer({ min: 1, upTo: 3 }))

/** The rows (or columns) from the first to the last that a dilated kernel touches: D(H' − 1) + 1. */
export function extent(kernel: number, dilation: number): number {
  return dilation * (kernel - 1) + 1
}

/** The amounts before and after one axis (0 vertical, 1 horizontal) that a padding stands for. */
export function paddingAmounts(
  padding: 'valid' | 'same' | readonly number[],
  axis: 0 | 1,
  size: number,
  kernelExtent: number,
  stride: number,
): readonly [before: number, after: number] {
  if (padding === 'valid') return [0, 0]
  if (padding === 'same') {
    const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernelExtent - size, 0)
    return [Math.floor(total / 2), Math.ceil(total / 2)]
  }
  return axis === 0 ? [padding[0]!, padding[1]!] : [padding[2]!, padding[3]!]
}

/** The number of positions of a window: ⌊(H + P_t + P_b − extent) / S⌋ + 1. */
export function windowCount(
  size: number,
  before: number,
  after: number,
  kernelExtent: number,
  stride: number,
): number {
  return Math.floor((size + before + after - kernelExtent) / stride) + 1
}

/** The names of the sizes that belong to the vertical (0) and the horizontal (1) axis. */
const imageAxis = ['H', 'W'] as const
const kernelAxis = ['Hf', 'Wf'] as const

/** The size of the smallest image that a convolution accepts along an axis. */
export function smallestImage(axis: 0 | 1) {
  return (sizes: Sizes, { dilations, padding }: Parameters): number => {
    const needed = extent(sizes[kernelAxis[axis]]!, dilations[axis])
    if (padding === 'same') return 1
    const [before, after] = paddingAmounts(padding, axis, 0, needed, 1)
    return Math.max(1, needed - before - after)
  }
}

/** The number of output positions of a convolution along an axis. */
export function outputSize(axis: 0 | 1) {
  return (sizes: Sizes, { strides, dilations, padding }: Parameters): number => {
    const size = sizes[imageAxis[axis]]!
    const reach = extent(sizes[kernelAxis[axis]]!, dilations[axis])
    const [before, after] = paddingAmounts(padding, axis, size, reach, strides[axis])
    return windowCount(size, before, after, reach, strides[axis])
  }
}
