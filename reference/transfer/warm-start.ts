import type { warmStart as spec } from '../../spec/transfer/warm-start.ts'
import { build } from '../arithmetic/array.ts'
import { ceiling } from '../arithmetic/ceiling.ts'
import type { Reference } from '../reference.ts'

/**
 * Steps from a cold and from a warm start.
 *
 * Formula    cold = max(0, ⌈ln(d / ε) / −ln q⌉), warm = max(0, ⌈ln(r d / ε) / −ln q⌉)
 * Clauses    transfer.warm-start
 * Shapes     → cold: [], warm: []
 * Edges      within the tolerance already: no step
 * Source     Nesterov (2004), theorem 2.1.15
 * Example    q = ½, d = 8, r = ¼, ε = 3 → cold 2, warm 0
 */
export const warmStart: Reference<typeof spec> = (
  arithmetic,
  _,
  { contraction, distance, ratio, tolerance },
) => {
  const { anyOf, divide, exact, less, log, multiply, negate, subtract } = arithmetic
  const shrinks = negate(log(exact(contraction)))
  const steps = (from: ReturnType<typeof exact>) => {
    const way = anyOf(
      () => log(divide(from, exact(tolerance))),
      () => subtract(log(from), log(exact(tolerance))),
    )
    const count = divide(way, shrinks)
    const needed = less(exact(0), count) ? ceiling(arithmetic, count) : exact(0)
    return build([], () => needed)
  }
  return {
    cold: steps(exact(distance)),
    warm: steps(multiply(exact(ratio), exact(distance))),
  }
}
