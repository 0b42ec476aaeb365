import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { fromData, type NumberArray } from '../arithmetic/array.ts'

export type Padding = 'valid' | 'same' | readonly [number, number, number, number]
type Pair = readonly [vertical: number, horizontal: number]

/** How windows are laid over an image. */
export interface Sliding {
  readonly strides: Pair
  readonly dilations: Pair
  readonly padding: Padding
}

/** Where windows lie on an image: amounts of padding and number of positions, per axis. */
export interface Windows {
  readonly top: number
  readonly left: number
  readonly Hp: number
  readonly Wp: number
  readonly Ho: number
  readonly Wo: number
}

/**
 * Lays windows over one axis.
 *
 * Formula    padded = size + before + after,  count = ⌊(padded − D(kernel − 1) − 1) / S⌋ + 1;
 *            `same`: count = ⌈size / S⌉, before = ⌊total / 2⌋
 *            with total = max((count − 1)·S + D(kernel − 1) + 1 − size, 0)
 * Clauses    cnn.conv2d.output-size-general, cnn.pad.same-size
 * Source     Dumoulin and Visin (2016), relationship 6 with dilation 15
 */
export function axisWindows(
  size: number,
  kernel: number,
  stride: number,
  dilation: number,
  amounts: 'same' | Pair,
) {
  const reach = dilation * (kernel - 1) + 1
  if (amounts === 'same') {
    const count = Math.ceil(size / stride)
    const total = Math.max((count - 1) * stride + reach - size, 0)
    return { before: Math.floor(total / 2), padded: size + total, count }
  }
  const padded = size + amounts[0] + amounts[1]
  return { before: amounts[0], padded, count: Math.floor((padded - reach) / stride) + 1 }
}

/** Lays windows over both axes of an image. */
export function layWindows(
  [H, W]: Pair,
  [Hf, Wf]: Pair,
  strides: Pair,
  dilations: Pair,
  padding: Padding,
): Windows {
  const [t, b, l, r] = padding === 'valid' || padding === 'same' ? [0, 0, 0, 0] : padding
  const same = padding === 'same'
  const rows = axisWindows(H, Hf, strides[0], dilations[0], same ? 'same' : [t, b])
  const columns = axisWindows(W, Wf, strides[1], dilations[1], same ? 'same' : [l, r])
  return {
    top: rows.before,
    left: columns.before,
    Hp: rows.padded,
    Wp: columns.padded,
    Ho: rows.count,
    Wo: columns.count,
  }
}

/** The image surrounded by zeros, so that a window may reach over its border. */
export function zeroPad<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  { top, left, Hp, Wp }: Pick<Windows, 'top' | 'left' | 'Hp' | 'Wp'>,
): NumberArray<T> {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  // There may be far more zeros than pixels: only the latter are looked at.
  const padded = new Array<T>(N * Hp * Wp * K).fill(arithmetic.exact(0))
  for (let n = 0; n < N; n++)
    for (let i = Math.max(0, -top); i < Math.min(H, Hp - top); i++)
      for (let j = Math.max(0, -left); j < Math.min(W, Wp - left); j++)
        for (let k = 0; k < K; k++)
          padded[((n * Hp + top + i) * Wp + left + j) * K + k] = x.at(n, i, j, k)
  return fromData([N, Hp, Wp, K], padded)
}

/** The position of a window, of `count`, that begins at a pixel; `undefined` if none does. */
export function positionOf(pixel: number, stride: number, count: number): number | undefined {
  const position = pixel / stride
  return Number.isInteger(position) && position >= 0 && position < count ? position : undefined
}
