import type { layerCounts as spec } from '../../spec/gru/param-ratio.ts'
import { build } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/**
 * Parameters and products of recurrent layers of one size.
 *
 * Formula    P = H I + H H + H; recurrent = P, gated = 3 P, secondBias = 3 P + H, twoBiases = 3 P + 3 H,
 *            memory = 4 P, gatedProducts = 3 H (I + H), memoryProducts = 4 H (I + H)
 * Clauses    gru.param-ratio
 * Shapes     → each []
 * Edges      none
 * Source     Chung et al. (2014), section 3
 * Example    I = 5, H = 7 → 91, 273, 280, 294, 364, 252, 336
 */
export const layerCounts: Reference<typeof spec> = (arithmetic, _, { inputs: I, units: H }) => {
  const { total } = arithmetic
  const of = (layers: number, biases: number) =>
    build([], () =>
      total([
        product(arithmetic, layers, H, I),
        product(arithmetic, layers, H, H),
        product(arithmetic, biases, H),
      ]),
    )
  return {
    recurrent: of(1, 1),
    gated: of(3, 3),
    secondBias: of(3, 4),
    twoBiases: of(3, 6),
    memory: of(4, 4),
    gatedProducts: of(3, 0),
    memoryProducts: of(4, 0),
  }
}
