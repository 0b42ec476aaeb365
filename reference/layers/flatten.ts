import { build, type NumberArray } from '../arithmetic/array.ts'

/**
 * Images as rows of numbers.
 *
 * Formula    y[n, (iW + j)K + k] = x[n,i,j,k]
 * Shapes     x: [N, H, W, K] → y: [N, H · W · K]
 * Source     Long, Shelhamer, Darrell (2015), section 3.1
 */
export function flattened<T>(x: NumberArray<T>): NumberArray<T> {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  return build([N, H * W * K], (n, d) =>
    x.at(n, Math.floor(d / (W * K)), Math.floor(d / K) % W, d % K),
  )
}
