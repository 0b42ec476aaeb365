import type { clipByNorm as normSpec, clipByValue as valueSpec } from '../../spec/bptt/clipping.ts'
import { build, elementwise, type NumberArray } from '../arithmetic/array.ts'
import { norm as normOf } from '../layers/norm.ts'
import type { Reference } from '../reference.ts'

/**
 * Clipping of gradients by their norm.
 *
 * Formula    g ← g min(1, θ / ‖g‖), written g / max(1, ‖g‖ / θ); ‖g‖² = Σ dU² + Σ dW² + Σ db²
 * Clauses    bptt.clipping
 * Shapes     dU: [H, I], dW: [H, H], db: [H] → the same, and norm: []
 * Edges      zeros stay zeros
 * Source     Pascanu, Mikolov, Bengio (2013), algorithm 1
 * Example    one input and one unit, dU = 3, dW = 4, db = 0, θ = 1 → 3/5, 4/5, 0, norm 5
 */
export const clipByNorm: Reference<typeof normSpec> = (
  arithmetic,
  { dU, dW, db },
  { threshold },
) => {
  const { divide, exact, maximum, multiply } = arithmetic
  const norm = normOf(arithmetic, dU, dW, db)
  const one = exact(1)
  const factor = divide(one, maximum([one, divide(norm, exact(threshold))]))
  const clipped = (g: NumberArray<typeof norm>) => elementwise(g, (v) => multiply(factor, v))
  return {
    dU: clipped(dU),
    dW: clipped(dW),
    db: clipped(db),
    norm: build([], () => norm),
  }
}

/**
 * Clipping of gradients by value.
 *
 * Formula    g ← min(max(g, −c), c), number by number
 * Clauses    bptt.clipping
 * Shapes     dU: [H, I], dW: [H, H], db: [H] → the same
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 10.11.1
 * Example    one input and one unit, dU = 3, dW = −4, db = 0, c = 1 → 1, −1, 0
 */
export const clipByValue: Reference<typeof valueSpec> = (arithmetic, { dU, dW, db }, { limit }) => {
  const { exact, maximum, negate } = arithmetic
  const c = exact(limit)
  const atLeast = (v: typeof c) => maximum([v, negate(c)])
  const clipped = (g: NumberArray<typeof c>) =>
    elementwise(g, (v) => negate(maximum([negate(atLeast(v)), negate(c)])))
  return { dU: clipped(dU), dW: clipped(dW), db: clipped(db) }
}
