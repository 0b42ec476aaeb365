import type { factorStorage as spec } from '../../spec/lowrank/storage.ts'
import { build } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/**
 * Numbers that a truncated decomposition stores.
 *
 * Formula    whole = m k, factors = m t + t + t k, absorbed = m t + t k
 * Clauses    lowrank.storage
 * Shapes     → whole: [], factors: [], absorbed: []
 * Edges      none
 * Source     Denton et al. (2014), section 3.2.1
 * Example    m = 4, k = 3, t = 2 → 12, 8 + 2 + 6 = 16, 14
 */
export const factorStorage: Reference<typeof spec> = (
  arithmetic,
  _,
  { rows: m, columns: k, kept: t },
) => {
  const { exact, total } = arithmetic
  const [left, right] = [product(arithmetic, m, t), product(arithmetic, t, k)]
  return {
    whole: build([], () => product(arithmetic, m, k)),
    factors: build([], () => total([left, exact(t), right])),
    absorbed: build([], () => total([left, right])),
  }
}
