import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { type NumberArray, sum, sumOfProducts } from '../arithmetic/array.ts'

/** Σ_n w_n x_n / Σ_n w_n, or the sum of shares; each of them counts 1 where no weights are given. */
export function mean<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  w: (n: number) => T = () => arithmetic.exact(1),
): T {
  const { anyOf, divide } = arithmetic
  const [N] = x.shape as [number]
  const all = sum(arithmetic, [N], w)
  const at = (n: number) => x.at(n)
  return anyOf(
    () => divide(sumOfProducts(arithmetic, [N], w, at), all),
    () => sumOfProducts(arithmetic, [N], (n) => divide(w(n), all), at),
  )
}
