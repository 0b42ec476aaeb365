import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'

/**
 * Global average pooling: the mean of each channel over the whole image.
 *
 * Formula    y[n,k] = Σ_i Σ_j x[n,i,j,k] / (H W): every pixel gives its share, so that it may be divided
 *            before or after the sum
 * Shapes     x: [N, H, W, K] → y: [N, K]
 * Edges      one pixel is its own mean
 * Source     Lin, Chen, Yan (2014), section 3.2
 */
export function globalAverage<T>(arithmetic: Arithmetic<T>, x: NumberArray<T>): NumberArray<T> {
  const { divide, exact } = arithmetic
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const pixels = exact(H * W)
  return build([N, K], (n, k) =>
    sum(arithmetic, [H, W], (i, j) => divide(x.at(n, i, j, k), pixels)),
  )
}
