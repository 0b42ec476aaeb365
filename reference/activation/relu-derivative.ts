import type { pathDerivative as spec } from '../../spec/activation/relu-derivative.ts'
import { build } from '../arithmetic/array.ts'
import { activationSlope } from '../layers/slope.ts'
import type { Reference } from '../reference.ts'

/**
 * Product of the slopes along a path.
 *
 * Formula    product[p] = Π_t φ′(z[t,p])
 * Clauses    activation.relu-derivative
 * Shapes     z: [T, P] → product: [P]
 * Edges      φ′(0) = 0 of the rectifier
 * Source     by the chain rule
 * Example    rectifier: z = 1, 2 at two steps → product = 1; z = 1, −2 → 0
 */
export const pathDerivative: Reference<typeof spec> = (arithmetic, { z }, { activation }) => {
  const { exact, multiply } = arithmetic
  const [T, P] = z.shape as [number, number]
  return {
    product: build([P], (p) => {
      let product = exact(1)
      for (let t = 0; t < T; t++) {
        product = multiply(product, activationSlope(arithmetic, activation, z.at(t, p)))
      }
      return product
    }),
  }
}
