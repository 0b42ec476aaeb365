import type { truncate as spec } from '../../spec/lowrank/truncate.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** The indices of singular values, the largest first; of equal ones, the smaller index. */
export function byDecreasingValue<T>({ less }: Arithmetic<T>, S: NumberArray<T>): number[] {
  const indices = Array.from(S.data, (_, l) => l)
  return indices.sort((a, b) => {
    const [x, y] = [S.at(a), S.at(b)]
    return less(y, x) ? -1 : less(x, y) ? 1 : a - b
  })
}

/**
 * Truncation of a singular value decomposition.
 *
 * Formula    matrix[i,j] = Σ_l kept[l] S[l] U[i,l] V[j,l];
 *            kept[l] = 1 for the t largest values, or where S[l] ≥ τ, else 0
 * Clauses    lowrank.truncate
 * Shapes     U: [H, R], S: [R], V: [W, R] → kept: [R], matrix: [H, W]
 * Edges      of equal values at the end of a count the smaller indices; a value equal to τ is kept
 * Source     Golub and Van Loan (2013), theorem 2.4.8
 * Example    U = [[1, 0], [0, 1]], S = 2, 3, V = [[1, 0], [0, 1]], t = 1 → kept 0, 1, [[0, 0], [0, 3]]
 */
export const truncate: Reference<typeof spec> = (
  arithmetic,
  { U, S, V },
  { rule, count: t, threshold },
) => {
  const { exact, less, multiply } = arithmetic
  const R = S.shape[0]!
  const tau = exact(threshold)
  const T =
    rule === 'count'
      ? byDecreasingValue(arithmetic, S).slice(0, t)
      : Array.from({ length: R }, (_, l) => l).filter((l) => !less(S.at(l), tau))

  const matrix = build([U.shape[0]!, V.shape[0]!], (i, j) =>
    sum(arithmetic, [T.length], (n) => {
      const l = T[n]!
      return multiply(multiply(S.at(l), U.at(i, l)), V.at(j, l))
    }),
  )
  return {
    kept: fromData(
      [R],
      S.data.map((_, l) => exact(T.includes(l) ? 1 : 0)),
    ),
    matrix,
  }
}
