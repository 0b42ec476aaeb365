import { build, type NumberArray } from '../arithmetic/array.ts'

type Three = [number, number, number]

/**
 * The channels of two arrays of images, side by side.
 *
 * Formula    [x ‖ y][n,i,j,c] = x[n,i,j,c] for c < C, y[n,i,j,c − C] for the others
 * Shapes     x: [N, H, W, C], y: [N, H, W, D] → [N, H, W, C + D]
 * Source     Szegedy et al. (2015), section 4
 */
export function beside<T>(x: NumberArray<T>, y: NumberArray<T>): NumberArray<T> {
  const [N, H, W, C] = x.shape as [...Three, number]
  return build([N, H, W, C + y.shape[3]!], (n, i, j, c) =>
    c < C ? x.at(n, i, j, c) : y.at(n, i, j, c - C),
  )
}

/**
 * Some of the channels of images, from one on.
 *
 * Formula    y[n,i,j,c] = x[n,i,j,from + c]
 * Shapes     x: [N, H, W, C] → y: [N, H, W, count]
 */
export function channels<T>(x: NumberArray<T>, from: number, count: number): NumberArray<T> {
  const [N, H, W] = x.shape as Three
  return build([N, H, W, count], (n, i, j, c) => x.at(n, i, j, from + c))
}
