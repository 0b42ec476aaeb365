import type { compressionRate as spec } from '../../spec/lowrank/compression-rate.ts'
import { build } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/**
 * Compression rate of a truncated decomposition.
 *
 * Formula    rate = m k / t (m + k + 1), most = ⌈m k / (m + k + 1)⌉ − 1
 * Clauses    lowrank.compression-rate
 * Shapes     → rate: [], most: []
 * Edges      where one value is too many already, most is 0
 * Source     Denton et al. (2014), section 3.2.1
 * Example    m = k = 4, t = 3 → rate 16/27, most 1
 */
export const compressionRate: Reference<typeof spec> = (
  arithmetic,
  _,
  { rows: m, columns: k, kept: t },
) => {
  const { divide, exact } = arithmetic
  const most = Math.ceil((m * k) / (m + k + 1)) - 1
  return {
    rate: build([], () => divide(product(arithmetic, m, k), product(arithmetic, t, m + k + 1))),
    most: build([], () => exact(most)),
  }
}
