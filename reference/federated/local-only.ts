import type { meanErrors as spec } from '../../spec/federated/local-only.ts'
import { build, sum, sumOfProducts } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Expected squared errors of means of local and of all points.
 *
 * Formula    μ = Σ_k n_k μ_k / n; local[k] = σ²[k] / n[k] + (μ[k] − μ)²; pooled = Σ_k n_k σ²[k] / n²
 * Clauses    federated.local-only-variance
 * Shapes     means, variances, counts: [K] → mean, pooled: [], variance, bias, local: [K]
 * Edges      one client: no bias, and both errors are the same
 * Source     Geman, Bienenstock, Doursat (1992)
 * Example    μ = 0, 4, σ² = 4, 8, n = 2, 2 → mean 2, local 2 + 4, 4 + 4, pooled 24 / 16
 */
export const meanErrors: Reference<typeof spec> = (arithmetic, { means, variances, counts }) => {
  const { add, anyOf, divide, multiply, subtract } = arithmetic
  const K = means.shape[0]!
  const n = (k: number) => counts.at(k)
  const all = sum(arithmetic, [K], n)
  const mean = (of: typeof means) =>
    anyOf(
      () =>
        divide(
          sumOfProducts(arithmetic, [K], n, (k) => of.at(k)),
          all,
        ),
      () => sum(arithmetic, [K], (k) => multiply(divide(n(k), all), of.at(k))),
    )
  const mu = mean(means)
  const variance = build([K], (k) => divide(variances.at(k), n(k)))
  const bias = build([K], (k) => {
    const off = subtract(means.at(k), mu)
    return multiply(off, off)
  })
  return {
    mean: build([], () => mu),
    variance,
    bias,
    local: build([K], (k) => add(variance.at(k), bias.at(k))),
    pooled: build([], () =>
      anyOf(
        () => divide(mean(variances), all),
        // As it is printed: the square of many points may leave the range of the numbers.
        () =>
          divide(
            sumOfProducts(arithmetic, [K], n, (k) => variances.at(k)),
            multiply(all, all),
          ),
      ),
    ),
  }
}
