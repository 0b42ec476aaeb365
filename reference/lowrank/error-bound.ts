import type { errorCurve as spec } from '../../spec/lowrank/error-bound.ts'
import { build, fromData, sum, sumOfProducts } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { byDecreasingValue } from './truncate.ts'

/**
 * Errors of truncated layers, and their bounds.
 *
 * Formula    errors[t] = ‖Σ_{l > t} (x u_l) s_l v_lᵀ‖_F, bounds[t] = s_{t+1} ‖x‖_F,
 *            where s₁ ≥ s₂ ≥ … ≥ s_R are the values of S in order, and s_{R+1} = 0
 * Clauses    lowrank.error-bound, lowrank.error-monotone
 * Shapes     x: [N, H], U: [H, R], S: [R], V: [W, R] → errors: [R + 1], bounds: [R + 1]
 * Edges      with all values kept both are 0
 * Source     Denton et al. (2014), section 3.2.1
 * Example    x = [[3, 4]], U = V = I, S = 2, 1 → errors √52, 4, 0, bounds 10, 5, 0
 */
export const errorCurve: Reference<typeof spec> = (arithmetic, { x, U, S, V }) => {
  const { abs, add, anyOf, divide, exact, maximum, multiply, sqrt, toNumber } = arithmetic
  const [N, H] = x.shape as [number, number]
  const [W, R] = V.shape as [number, number]
  type T = (typeof x.data)[number]
  const squares = (a: readonly T[]) => sum(arithmetic, [a.length], (i) => multiply(a[i]!, a[i]!))
  const norm = ({ data }: typeof x) => {
    const m = maximum(data.map(abs))
    const scaled = () => multiply(m, sqrt(squares(data.map((a) => divide(a, m)))))
    return toNumber(m) === 0 ? sqrt(squares(data)) : anyOf(() => sqrt(squares(data)), scaled)
  }
  const ordered = byDecreasingValue(arithmetic, S)

  const along = build([N, R], (n, l) =>
    multiply(
      sumOfProducts(
        arithmetic,
        [H],
        (i) => x.at(n, i),
        (i) => U.at(i, l),
      ),
      S.at(l),
    ),
  )
  const ofInputs = norm(x)
  const zero = exact(0)
  const [errors, bounds] = [[zero], [zero]]
  let lost = build([N, W], () => zero)
  for (const l of ordered.toReversed()) {
    const before = lost
    lost = build([N, W], (n, j) => add(before.at(n, j), multiply(along.at(n, l), V.at(j, l))))
    errors.unshift(norm(lost))
    bounds.unshift(multiply(S.at(l), ofInputs))
  }
  return { errors: fromData([R + 1], errors), bounds: fromData([R + 1], bounds) }
}
