import type { layerCost as costSpec, layer as spec } from '../../spec/lowrank/fc-matrix.ts'
import { build } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import { dense } from '../layers/dense.ts'
import type { Reference } from '../reference.ts'

/**
 * Fully connected layer as a matrix.
 *
 * Formula    y[n,j] = b[j] + Σ_i x[n,i] W[i,j]
 * Clauses    lowrank.fc-matrix
 * Shapes     x: [N, H], weights: [H, W], bias: [W] → y: [N, W]
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 6.1
 * Example    x = [[1, 2]], weights = [[3, 0], [4, 1]], bias = [5, 0] → y = [[16, 2]]
 */
export const layer: Reference<typeof spec> = (arithmetic, { x, weights, bias }) => ({
  y: dense(arithmetic, x, weights, bias),
})

/**
 * Weights and multiply-adds of a fully connected layer.
 *
 * Formula    weights = H W, multiplyAdds = N H W
 * Clauses    lowrank.fc-matrix
 * Shapes     → weights: [], multiplyAdds: []
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 6.5.4
 * Example    N = 2, H = 3, W = 4 → 12, 24
 */
export const layerCost: Reference<typeof costSpec> = (
  arithmetic,
  _,
  { samples: N, before: H, units: W },
) => ({
  weights: build([], () => product(arithmetic, H, W)),
  multiplyAdds: build([], () => product(arithmetic, N, H, W)),
})
