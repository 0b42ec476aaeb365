import { layWindows, type Padding } from '../layers/window.ts'

type Pair = readonly [vertical: number, horizontal: number]
type Pixel = readonly [p: number, q: number]

/** Where the windows of a pooling layer lie. */
export interface Pooling {
  readonly kernel: Pair
  readonly strides: Pair
  readonly padding: Padding
}

/** The windows of a pooling layer: how many, and which pixels each covers. */
export interface PoolWindows {
  readonly Ho: number
  readonly Wo: number
  /** Ω[i,j]: the pixels of the image under a window, row by row. */
  readonly pixels: (i: number, j: number) => readonly Pixel[]
}

/**
 * Lays the windows of a pooling layer over an image.
 *
 * Formula    Ω[i,j] = {(p, q) : 0 ≤ p − S_h i + P_t < h, 0 ≤ q − S_w j + P_l < w, (p, q) in the image}
 * Clauses    cnn.pool.max, cnn.pool.avg, cnn.pool.output-size
 */
export function layPoolWindows([H, W]: Pair, { kernel, strides, padding }: Pooling): PoolWindows {
  const [h, w] = kernel
  const [Sh, Sw] = strides
  const { top, left, Ho, Wo } = layWindows([H, W], kernel, strides, [1, 1], padding)

  const under = (i: number, j: number) => {
    const pixels: Pixel[] = []
    for (let u = 0; u < h; u++) {
      for (let v = 0; v < w; v++) {
        const [p, q] = [Sh * i + u - top, Sw * j + v - left]
        if (p >= 0 && p < H && q >= 0 && q < W) pixels.push([p, q])
      }
    }
    return pixels
  }
  // The same for every image and every channel, but of a large image only where it is asked for.
  const laid: (readonly Pixel[])[] = []
  const pixels = (i: number, j: number) => {
    laid[i * Wo + j] ??= under(i, j)
    return laid[i * Wo + j]!
  }
  return { Ho, Wo, pixels }
}
