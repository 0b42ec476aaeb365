import type {
  dense as denseSpec,
  flattenGradient as gradientSpec,
  flatten as spec,
} from '../../spec/cnn/flatten.ts'
import { build, sumOfProducts } from '../arithmetic/array.ts'
import { flattened } from '../layers/flatten.ts'
import type { Reference } from '../reference.ts'

/**
 * Flattening of images into rows of numbers.
 *
 * Formula    y[n, (iW + j)K + k] = x[n,i,j,k]
 * Clauses    cnn.flatten
 * Shapes     x: [N, H, W, K] → y: [N, H · W · K]
 * Edges      none
 * Source     Long, Shelhamer, Darrell (2015), section 3.1
 * Example    x = [[[1, 2], [3, 4]]], two pixels of two channels → y = [1, 2, 3, 4]
 */
export const flatten: Reference<typeof spec> = (_, { x }) => ({ y: flattened(x) })

/**
 * Gradient of flattening.
 *
 * Formula    dx[n,i,j,k] = dy[n, (iW + j)K + k]
 * Clauses    cnn.flatten
 * Shapes     dy: [N, H · W · K] → dx: [N, H, W, K]
 * Edges      none
 * Source     the inverse of flattening, which is its transpose
 * Example    dy = [1, 2, 3, 4], an image of 1 × 2 × 2 → dx = [[[1, 2], [3, 4]]]
 */
export const flattenGradient: Reference<typeof gradientSpec> = (_, { dy }, { image }) => {
  const [H, W, K] = image as readonly [number, number, number]
  const dx = build([dy.shape[0]!, H, W, K], (n, i, j, k) => dy.at(n, (i * W + j) * K + k))
  return { dx }
}

/**
 * Fully connected layer.
 *
 * Formula    y[n,m] = b[m] + Σ_d x[n,d] weights[d,m]
 * Clauses    cnn.flatten
 * Shapes     x: [N, D], weights: [D, M], bias: [M] → y: [N, M]
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 6.1
 * Example    x = [[1, 2]], weights = [[3], [4]], bias = [5] → y = [[16]]
 */
export const dense: Reference<typeof denseSpec> = (arithmetic, { x, weights, bias }) => {
  const { add } = arithmetic
  const [N, D] = x.shape as [number, number]
  const M = bias.shape[0]!

  const y = build([N, M], (n, m) =>
    add(
      bias.at(m),
      sumOfProducts(
        arithmetic,
        [D],
        (d) => x.at(n, d),
        (d) => weights.at(d, m),
      ),
    ),
  )
  return { y }
}
