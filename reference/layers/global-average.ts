import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray } from '../arithmetic/array.ts'

/**
 * Global average pooling: the mean of each channel over the whole image.
 *
 * Formula    y[n,k] = Σ_i Σ_j x[n,i,j,k] / (H W)
 * Shapes     x: [N, H, W, K] → y: [N, K]
 * Edges      one pixel is its own mean
 * Source     Lin, Chen, Yan (2014), section 3.2
 */
export function globalAverage<T>(arithmetic: Arithmetic<T>, x: NumberArray<T>): NumberArray<T> {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  return build([N, K], (n, k) => mean(arithmetic, [H, W], (i, j) => x.at(n, i, j, k)))
}
