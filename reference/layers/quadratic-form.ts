import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { type NumberArray, sum } from '../arithmetic/array.ts'

/**
 * Half a quadratic form.
 *
 * Formula    ½ Σ_i Σ_j d[i] A[i,j] d[j], of dᵀ A or of A d first: either may overflow where the other meets a 0
 * Shapes     A: [D, D], d: [D] → one number
 * Edges      A need not be symmetric
 * Source     Goodfellow, Bengio, Courville (2016), section 4.3
 */
export function halfForm<T>(arithmetic: Arithmetic<T>, A: NumberArray<T>, d: NumberArray<T>): T {
  const { anyOf, exact, multiply } = arithmetic
  const [D] = d.shape as [number]
  const row = (i: number) => sum(arithmetic, [D], (j) => multiply(A.at(i, j), d.at(j)))
  const form = anyOf(
    () => sum(arithmetic, [D, D], (i, j) => multiply(multiply(d.at(i), A.at(i, j)), d.at(j))),
    () => sum(arithmetic, [D], (i) => multiply(d.at(i), row(i))),
  )
  return multiply(exact(0.5), form)
}
