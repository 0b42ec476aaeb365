import type { jacobian as spec } from '../../spec/bptt/jacobian.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sumOfProducts } from '../arithmetic/array.ts'
import { recurrence, slope } from '../layers/recurrent.ts'
import type { Reference } from '../reference.ts'

/** A B, of square matrices, one for each sequence. */
function product<T>(arithmetic: Arithmetic<T>, A: NumberArray<T>, B: NumberArray<T>) {
  const H = A.shape[1]!
  return build(A.shape, (n, i, j) =>
    sumOfProducts(
      arithmetic,
      [H],
      (k) => A.at(n, i, k),
      (k) => B.at(n, k, j),
    ),
  )
}

/**
 * Jacobian between the states of two steps.
 *
 * Formula    J = F_t ⋯ F_(k+1), F_s[n] = diag(φ′(a_s[n])) W, from step k to step t
 * Clauses    bptt.jacobian-product, bptt.vanishing, bptt.exploding
 * Shapes     x: [T, N, I], U: [H, I], W: [H, H], b: [H], h0: [N, H] → J: [N, H, H]
 * Edges      no step between: the identity; φ′(0) = 0 of the rectifier
 * Source     Pascanu, Mikolov, Bengio (2013), equation 5
 * Example    one unit without activation, W = 2, from 0 to 3 → J = 8
 */
export const jacobian: Reference<typeof spec> = (
  arithmetic,
  { x, U, W, b, h0 },
  { activation, start, end },
) => {
  const { anyOf, exact, multiply } = arithmetic
  const [T, N] = x.shape as [number, number]
  const H = b.shape[0]!
  const padded = build([T, N], () => exact(0))
  const { h } = recurrence(
    arithmetic,
    { x, U, W, b, h0, padded },
    { activation, direction: 'forward' },
  )
  const factors = Array.from({ length: end - start }, (_, s) =>
    build([N, H, H], (n, i, j) =>
      multiply(slope(arithmetic, { activation }, h.at(start + s, n, i)), W.at(i, j)),
    ),
  )
  const [first, ...others] = factors
  if (first === undefined) return { J: build([N, H, H], (_, i, j) => exact(i === j ? 1 : 0)) }
  const upwards = others.reduce((J, F) => product(arithmetic, F, J), first)
  const downwards = factors.reduceRight((J, F) => product(arithmetic, J, F))
  return {
    J: build([N, H, H], (...at) =>
      anyOf(
        () => upwards.at(...at),
        () => downwards.at(...at),
      ),
    ),
  }
}
