import type { contractionRate as spec } from '../../spec/federated/contraction-rate.ts'
import { build, elementwise } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { svd } from '../matrix.ts'
import type { Reference } from '../reference.ts'
import { metropolisWeights } from './gossip.ts'

/**
 * Rate at which gossip on a graph converges.
 *
 * Formula    rate = ‖P − 11ᵀ/K‖₂ = max(|λ_2|, |λ_K|) of the Metropolis weights P, of which the largest eigenvalue is 1
 * Clauses    federated.topology.contraction-rate
 * Shapes     graph: [K, K] → rate: []
 * Edges      one client: 0
 * Source     Xiao, Boyd (2004), section 2. P is off by one rounding of each element, K + 1 of the diagonal and 2 more
 *            where the mean is taken off, less than K + 4 of ‖P‖_F; an eigenvalue of a symmetric matrix by 90 K
 *            where it comes from rotations, reflections, or norms of powers (Higham 2002, section 3.5: each product
 *            adds K √K, and the root of a power divides that by its exponent)
 * Example    three clients, of whom the first is connected with both others: P = ⅓, ⅓, ⅓ | ⅓, ⅔, 0 | ⅓, 0, ⅔ → ⅔
 */
export const contractionRate: Reference<typeof spec> = (
  { exact, normwise, toNumber },
  { graph },
) => {
  const { weights } = metropolisWeights(number, { graph: elementwise(graph, toNumber) }, {})
  const K = weights.shape[0]!
  // Without the mean, of which the eigenvalue is 1, the largest modulus of those that are left is the norm.
  const apart = build([K, K], (k, l) => weights.at(k, l) - 1 / K)
  const rate = Math.min(1, svd(apart).s[0]!)
  const norm = Math.hypot(...weights.data)
  return { rate: build([], () => normwise?.(rate, 91 * K + 4, norm) ?? exact(rate)) }
}
