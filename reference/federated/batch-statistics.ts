import type { batchStatistics as spec } from '../../spec/federated/batch-statistics.ts'
import { build, sum, sumOfProducts } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Mean and variance of all points from those of each participant.
 *
 * Formula    μ = Σ_k n_k μ_k / n; σ² = Σ_k n_k (σ_k² + (μ_k − μ)²) / n, n = Σ_k n_k;
 *            with one less, s² = (Σ_k (n_k − 1) s_k² + Σ_k n_k (μ_k − μ)²) / (n − 1)
 * Clauses    federated.batch-statistics
 * Shapes     means, variances: [M, I], counts: [M] → mean, variance: [I]
 * Edges      who has no point has no influence; a single point has the variance 0 with one less
 * Source     Chan, Golub, LeVeque (1979)
 * Example    one point each, means 0 and 2, variances 0 → mean 1, variance 1, with one less 2
 */
export const batchStatistics: Reference<typeof spec> = (
  arithmetic,
  { means, variances, counts },
  { divisor },
) => {
  const { add, anyOf, divide, exact, multiply, subtract, toNumber } = arithmetic
  const [M, I] = means.shape as [number, number]
  const points = Array.from({ length: M }, (_, k) => toNumber(counts.at(k)))
  const less = divisor === 'points' ? 0 : 1
  // Sums of up to 2^53 points are exact here, and rounded where an implementation counts.
  const of = (k: number) => exact(Math.max(0, points[k]! - less))
  const n = (k: number) => counts.at(k)
  const all = sum(arithmetic, [M], n)
  const whole = points.reduce((total, count) => total + count, 0)
  const divided = subtract(all, exact(less))
  type Number = typeof all

  const mean = (i: number) =>
    anyOf(
      () =>
        divide(
          sumOfProducts(arithmetic, [M], n, (k) => means.at(k, i)),
          all,
        ),
      () => sum(arithmetic, [M], (k) => multiply(divide(n(k), all), means.at(k, i))),
    )
  const variance = (i: number, mu: Number) => {
    const apart = (k: number) => {
      const off = subtract(means.at(k, i), mu)
      return multiply(off, off)
    }
    const within = (share: (count: Number) => Number) =>
      sumOfProducts(
        arithmetic,
        [M],
        (k) => share(of(k)),
        (k) => variances.at(k, i),
      )
    const between = (share: (count: Number) => Number) =>
      sumOfProducts(arithmetic, [M], (k) => share(n(k)), apart)
    const together = (share: (count: Number) => Number) => add(within(share), between(share))
    return anyOf(
      () =>
        divide(
          together((count) => count),
          divided,
        ),
      () => together((count) => divide(count, divided)),
    )
  }

  const mu = build([I], mean)
  return {
    mean: mu,
    variance: build([I], (i) => (whole === less ? exact(0) : variance(i, mu.at(i)))),
  }
}
