import type { aggregate as spec } from '../../spec/federated/aggregate.ts'
import { build, sum, sumOfProducts } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Mean of the participants’ models, weighted by their points.
 *
 * Formula    θ′ = Σ_k n_k θ_k / Σ_k n_k, of each parameter of a model θ = (w, b)
 * Clauses    federated.aggregate.weighted-mean, federated.robustness.mean-breakdown
 * Shapes     w: [M, I, O], b: [M, O], counts: [M] → w: [I, O], b: [O]
 * Edges      a participant without points has no influence; no points at all are rejected
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), algorithm 1
 * Example    b = 1 | 4, counts 2, 1 → b = (2 · 1 + 1 · 4) / 3 = 2
 */
export const aggregate: Reference<typeof spec> = (arithmetic, { w, b, counts }) => {
  const { anyOf, divide, multiply } = arithmetic
  const [M, I, O] = w.shape as [number, number, number]
  const n = (k: number) => counts.at(k)
  const all = sum(arithmetic, [M], n)
  const mean = (theta: (k: number) => typeof all) =>
    anyOf(
      () => divide(sumOfProducts(arithmetic, [M], n, theta), all),
      () => sum(arithmetic, [M], (k) => multiply(divide(n(k), all), theta(k))),
    )
  return {
    w: build([I, O], (i, o) => mean((k) => w.at(k, i, o))),
    b: build([O], (o) => mean((k) => b.at(k, o))),
  }
}
