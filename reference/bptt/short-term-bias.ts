import type { shortTermShare as spec } from '../../spec/bptt/short-term-bias.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** |a|^k, as a product or by a power function. */
function powerOf<T>(
  { anyOf, exact, multiply, power }: Arithmetic<T>,
  a: T,
  k: number,
  isZero: boolean,
) {
  let product = exact(1)
  for (let factor = 0; factor < k; factor++) product = multiply(product, a)
  return isZero || k < 2
    ? product
    : anyOf(
        () => product,
        () => power(a, exact(k)),
      )
}

/**
 * Share of the last steps in what a state depends on.
 *
 * Formula    contributions[s] = |a|^(T−s), s = 1..T; share = Σ_(s > T−m) |a|^(T−s) / Σ_s |a|^(T−s)
 * Clauses    bptt.short-term-bias
 * Shapes     → contributions: [T], share: []
 * Edges      0⁰ = 1: without a weight the last step has all
 * Source     by the chain rule
 * Example    a = 1/2, T = 3, m = 1 → contributions = 1/4, 1/2, 1, share = 4/7
 */
export const shortTermShare: Reference<typeof spec> = (
  arithmetic,
  _,
  { weight, steps: T, last: m },
) => {
  const { abs, divide, exact } = arithmetic
  const a = abs(exact(weight))
  const powers = Array.from({ length: T }, (_, k) => powerOf(arithmetic, a, k, weight === 0))
  const share = divide(
    sum(arithmetic, [m], (k) => powers[k]!),
    sum(arithmetic, [T], (k) => powers[k]!),
  )
  return { contributions: build([T], (s) => powers[T - 1 - s]!), share: build([], () => share) }
}
