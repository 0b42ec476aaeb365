import * as tf from '@tensorflow/tfjs-core'
import { resolvePadding } from '../layers/window.ts'
import type { Pooling } from './pool-window.ts'

type Pair = readonly [vertical: number, horizontal: number]
type Four = [number, number, number, number]

/** The pixels of an axis under each window, from the first to before the last. */
function spans(size: number, count: number, kernel: number, stride: number, before: number) {
  return Array.from({ length: count }, (_, i) => {
    const from = stride * i - before
    return [Math.max(0, from), Math.min(size, from + kernel)] as const
  })
}

/** For each window its place in dy and the pixels under it, as places in an image of K channels. */
function forEachWindow(
  dy: tf.Tensor,
  [H, W]: Pair,
  { kernel, strides, padding }: Pooling,
  visit: (window: number, pixels: Int32Array) => void,
): void {
  const [N, Ho, Wo, K] = dy.shape as Four
  const [top, , left] = resolvePadding(padding, [H, W], kernel, strides, [1, 1])
  const rows = spans(H, Ho, kernel[0], strides[0], top)
  const columns = spans(W, Wo, kernel[1], strides[1], left)
  const under = new Int32Array(kernel[0] * kernel[1])
  let window = 0
  for (let n = 0; n < N; n++) {
    for (const [firstRow, endRow] of rows) {
      for (const [firstColumn, endColumn] of columns) {
        let count = 0
        for (let p = firstRow; p < endRow; p++) {
          for (let q = firstColumn; q < endColumn; q++) under[count++] = ((n * H + p) * W + q) * K
        }
        visit(window, under.subarray(0, count))
        window += K
      }
    }
  }
}

/** What arrives at each window, at the first of the largest pixels under it. */
export function scatterLargest(x: tf.Tensor, dy: tf.Tensor, pooling: Pooling): tf.Tensor {
  const [, H, W, K] = x.shape as Four
  const [numbers, arriving] = [x.dataSync(), dy.dataSync()]
  const dx = new Float32Array(numbers.length)
  forEachWindow(dy, [H, W], pooling, (window, pixels) => {
    for (let k = 0; k < K; k++) {
      let place = pixels[0]! + k
      let largest = numbers[place]!
      for (let i = 1; i < pixels.length; i++) {
        const number = numbers[pixels[i]! + k]!
        if (number > largest) {
          largest = number
          place = pixels[i]! + k
        }
      }
      dx[place]! += arriving[window + k]!
    }
  })
  return tf.tensor(dx, x.shape)
}

/** An equal share of what arrives at each window, at all pixels under it. */
export function scatterShares(dy: tf.Tensor, [H, W]: Pair, pooling: Pooling): tf.Tensor {
  const [N, , , K] = dy.shape as Four
  const arriving = dy.dataSync()
  const dx = new Float32Array(N * H * W * K)
  const shares = new Float32Array(K)
  forEachWindow(dy, [H, W], pooling, (window, pixels) => {
    for (let k = 0; k < K; k++) shares[k] = arriving[window + k]! / pixels.length
    for (const pixel of pixels) for (let k = 0; k < K; k++) dx[pixel + k]! += shares[k]!
  })
  return tf.tensor(dx, [N, H, W, K])
}
