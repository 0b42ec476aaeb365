import * as tf from '@tensorflow/tfjs-core'
import { explicitPadding, type Padding, resolvePadding } from '../layers/window.ts'

type Pair = readonly [vertical: number, horizontal: number]

export interface Pooling {
  readonly kernel: Pair
  readonly strides: Pair
  readonly padding: Padding
}

/** The padding as the pooling kernels of TensorFlow.js want it. */
export function poolPadding([H, W]: Pair, { kernel, strides, padding }: Pooling) {
  return explicitPadding(resolvePadding(padding, [H, W], kernel, strides, [1, 1]))
}

/** The number of windows along both axes. */
function countWindows([H, W]: Pair, { kernel, strides, padding }: Pooling): Pair {
  const [t, b, l, r] = resolvePadding(padding, [H, W], kernel, strides, [1, 1])
  return [
    Math.floor((H + t + b - kernel[0]) / strides[0]) + 1,
    Math.floor((W + l + r - kernel[1]) / strides[1]) + 1,
  ]
}

/** For each window along an axis, the pixels under it. */
function pixelsUnder(size: number, count: number, kernel: number, stride: number, before: number) {
  return Array.from({ length: count }, (_, i) => {
    const first = stride * i - before
    const places = Array.from({ length: kernel }, (_, u) => first + u)
    return places.filter((pixel) => pixel >= 0 && pixel < size)
  })
}

/** For each pixel along an axis, the windows over it and its place among the pixels under each. */
function windowsOver(under: readonly (readonly number[])[], size: number) {
  const over: [window: number, place: number][][] = Array.from({ length: size }, () => [])
  under.forEach((pixels, window) => {
    pixels.forEach((pixel, place) => {
      over[pixel]!.push([window, place])
    })
  })
  return over
}

/** Which pixels lie under which windows, as tables to gather by, made from one table an axis. */
export function tabulateWindows([H, W]: Pair, pooling: Pooling) {
  const { kernel, strides, padding } = pooling
  const [top, , left] = resolvePadding(padding, [H, W], kernel, strides, [1, 1])
  const [Ho, Wo] = countWindows([H, W], pooling)
  const rows = pixelsUnder(H, Ho, kernel[0], strides[0], top)
  const columns = pixelsUnder(W, Wo, kernel[1], strides[1], left)
  const [area, windows] = [kernel[0] * kernel[1], Ho * Wo]

  /** The pixels under each window, then H · W up to as many as there are places in it. */
  const pixels = () => {
    const table = new Int32Array(windows * area).fill(H * W)
    let window = 0
    for (const under of rows) {
      for (const beside of columns) {
        let at = area * window++
        for (const p of under) for (const q of beside) table[at++] = p * W + q
      }
    }
    return tf.tensor2d(table, [windows, area], 'int32')
  }

  /** How many pixels each window covers. */
  const counts = () => {
    const table = rows.flatMap((under) => columns.map((beside) => under.length * beside.length))
    return tf.tensor3d(table, [1, windows, 1], 'float32')
  }

  /** The windows over each pixel, and its place among those under each; -1 where there are no more windows. */
  const cover = () => {
    const [down, across] = [windowsOver(rows, H), windowsOver(columns, W)]
    const most = (over: readonly (readonly unknown[])[]) =>
      over.reduce((longest, { length }) => Math.max(longest, length), 0)
    const width = most(down) * most(across)
    const window = new Int32Array(H * W * width)
    const place = new Int32Array(H * W * width).fill(-1)
    for (let p = 0; p < H; p++) {
      for (let q = 0; q < W; q++) {
        let at = (p * W + q) * width
        for (const [i, u] of down[p]!) {
          for (const [j, v] of across[q]!) {
            window[at] = i * Wo + j
            place[at++] = u * columns[j]!.length + v
          }
        }
      }
    }
    return {
      window: tf.tensor2d(window, [H * W, width], 'int32'),
      place: tf.tensor4d(place, [1, H * W, width, 1], 'int32'),
    }
  }
  return { pixels, counts, cover }
}
