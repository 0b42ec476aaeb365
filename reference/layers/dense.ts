import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sumOfProducts } from '../arithmetic/array.ts'

type Two = [number, number]

/**
 * Fully connected layer, a sample a row.
 *
 * Formula    y[n,j] = b[j] + Σ_k x[n,k] W[k,j]
 * Shapes     x: [N, K], W: [K, J], b: [J] or null → y: [N, J]
 * Edges      null is no bias at all: the sum alone
 * Source     Goodfellow, Bengio, Courville (2016), section 6.1
 */
export function dense<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  W: NumberArray<T>,
  b: NumberArray<T> | null,
): NumberArray<T> {
  const { add } = arithmetic
  const [K, J] = W.shape as Two
  return build([x.shape[0]!, J], (n, j) => {
    const weighted = sumOfProducts(
      arithmetic,
      [K],
      (k) => x.at(n, k),
      (k) => W.at(k, j),
    )
    return b === null ? weighted : add(b.at(j), weighted)
  })
}

/**
 * Gradient of a fully connected layer by its input.
 *
 * Formula    dx[n,k] = Σ_j dy[n,j] W[k,j]
 * Shapes     W: [K, J], dy: [N, J] → dx: [N, K]
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 6.5
 */
export function denseInputGradient<T>(
  arithmetic: Arithmetic<T>,
  W: NumberArray<T>,
  dy: NumberArray<T>,
): NumberArray<T> {
  const [K, J] = W.shape as Two
  return build([dy.shape[0]!, K], (n, k) =>
    sumOfProducts(
      arithmetic,
      [J],
      (j) => dy.at(n, j),
      (j) => W.at(k, j),
    ),
  )
}

/**
 * Gradient of a fully connected layer by its weights.
 *
 * Formula    dW[k,j] = Σ_n x[n,k] dy[n,j]
 * Shapes     x: [N, K], dy: [N, J] → dW: [K, J]
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 6.5
 */
export function denseWeightGradient<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  dy: NumberArray<T>,
): NumberArray<T> {
  const [N, K] = x.shape as Two
  return build([K, dy.shape[1]!], (k, j) =>
    sumOfProducts(
      arithmetic,
      [N],
      (n) => x.at(n, k),
      (n) => dy.at(n, j),
    ),
  )
}
