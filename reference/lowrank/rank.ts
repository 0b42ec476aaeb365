import type { rank as spec } from '../../spec/lowrank/rank.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Numerical rank of a matrix and of its truncation.
 *
 * Formula    whole = #{l : S[l] > τ max S}, truncated = min(t, whole)
 * Clauses    lowrank.rank
 * Shapes     S: [R] → whole: [], truncated: []
 * Edges      zeros alone have the rank 0, whatever the tolerance
 * Source     Golub and Van Loan (2013), section 5.4.1
 * Example    S = 5, 0, τ = 0, t = 2 → 1, 1
 */
export const rank: Reference<typeof spec> = (arithmetic, { S }, { tolerance, count: t }) => {
  const { exact, less, maximum, multiply } = arithmetic
  const least = multiply(exact(tolerance), maximum(S.data))
  const whole = S.data.filter((s) => less(least, s)).length
  return {
    whole: build([], () => exact(whole)),
    truncated: build([], () => exact(Math.min(t, whole))),
  }
}
