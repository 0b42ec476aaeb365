import type { backend_util } from '@tensorflow/tfjs-core'

export type Padding = 'valid' | 'same' | readonly [number, number, number, number]
type Pair = readonly [vertical: number, horizontal: number]

/** `same` as four amounts; TensorFlow puts the larger half at the bottom and right. */
export function resolvePadding(
  padding: Padding,
  image: Pair,
  kernel: Pair,
  strides: Pair,
  dilations: Pair,
): readonly [number, number, number, number] {
  if (padding === 'valid') return [0, 0, 0, 0]
  if (padding !== 'same') return padding
  const [top, bottom] = halves(image[0], kernel[0], strides[0], dilations[0])
  const [left, right] = halves(image[1], kernel[1], strides[1], dilations[1])
  return [top, bottom, left, right]
}

function halves(size: number, kernel: number, stride: number, dilation: number): Pair {
  const lastWindowEnd = (Math.ceil(size / stride) - 1) * stride + dilation * (kernel - 1) + 1
  const missing = Math.max(0, lastWindowEnd - size)
  return [missing >> 1, missing - (missing >> 1)]
}

/** Four amounts as TensorFlow.js wants them, one pair an axis of `N × H × W × K`. */
export function explicitPadding([top, bottom, left, right]: readonly [
  number,
  number,
  number,
  number,
]): backend_util.ExplicitPadding {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]
}
