import type { alternativeAggregate as spec } from '../../spec/federated/alternatives.ts'
import { build, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Aggregation that is unbiased over who takes part.
 *
 * Formula    scaled: (K/m) Σ_k (n_k/n) θ_k; kept: θ + Σ_k (n_k/n) (θ_k − θ); plain: (1/m) Σ_k θ_k; sums over the
 *            participants, n = Σ_j n_j over all clients
 * Clauses    federated.aggregate.unbiased-alternatives
 * Shapes     w0: [I, O], b0: [O], w: [M, I, O], b: [M, O], counts: [K], participants: [M] → w: [I, O], b: [O]
 * Edges      a client that is named twice counts twice; the plain mean looks at no points
 * Source     Li, Huang, Yang, Wang, Zhang (2020), section 3.3
 * Example    b0 = 0, K = 4 with one point each, b = 1 | 3 → scaled 2, kept 1, plain 2
 */
export const alternativeAggregate: Reference<typeof spec> = (
  arithmetic,
  { w0, b0, w, b, counts, participants },
  { clients: K, rule },
) => {
  const { add, anyOf, divide, exact, multiply, subtract, toNumber } = arithmetic
  const [M, I, O] = w.shape as [number, number, number]
  const n = sum(arithmetic, [K], (k) => counts.at(k))
  const own = (m: number) => counts.at(toNumber(participants.at(m)))
  type T = typeof n
  /** Σ_k (n_k/n) θ_k, divided at the end or with the shares first. */
  const weighted = (theta: (m: number) => T) =>
    anyOf(
      () =>
        divide(
          sum(arithmetic, [M], (m) => multiply(own(m), theta(m))),
          n,
        ),
      () => sum(arithmetic, [M], (m) => multiply(divide(own(m), n), theta(m))),
    )
  const rules = {
    scaled: (_: T, theta: (m: number) => T) =>
      divide(multiply(exact(K), weighted(theta)), exact(M)),
    kept: (sent: T, theta: (m: number) => T) =>
      add(
        sent,
        weighted((m) => subtract(theta(m), sent)),
      ),
    plain: (_: T, theta: (m: number) => T) => divide(sum(arithmetic, [M], theta), exact(M)),
  }
  return {
    w: build([I, O], (i, o) => rules[rule](w0.at(i, o), (m) => w.at(m, i, o))),
    b: build([O], (o) => rules[rule](b0.at(o), (m) => b.at(m, o))),
  }
}
