import type {
  objective as objectiveSpec,
  sizes as sizesSpec,
} from '../../spec/federated/objective.ts'
import { build, memberOf, type NumberArray } from '../arithmetic/array.ts'
import { crossEntropyTerms } from '../layers/cross-entropy.ts'
import { dense } from '../layers/dense.ts'
import type { Reference } from '../reference.ts'

/**
 * Points of clients, and their shares.
 *
 * Formula    n_k = Σ_p holds[k,p], n = Σ_k n_k, p_k = n_k / n; different: points p with holds[k,p] = 1 for some k
 * Clauses    federated.sizes
 * Shapes     holds: [K, Points] → counts, shares: [K], total, different: []
 * Edges      nobody has a point: shares of 0
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), section 2
 * Example    1, 1 | 0, 1 → counts 2, 1, total 3, different 2, shares 2/3, 1/3
 */
export const sizes: Reference<typeof sizesSpec> = (arithmetic, { holds }) => {
  const { divide, exact, toNumber } = arithmetic
  const [K, Points] = holds.shape as [number, number]
  const held = (k: number, p: number) => toNumber(holds.at(k, p)) === 1
  const own = (k: number) =>
    Array.from({ length: Points }, (_, p) => held(k, p)).filter(Boolean).length
  const counts = Array.from({ length: K }, (_, k) => own(k))
  const n = counts.reduce((all, n_k) => all + n_k, 0)
  const somebody = (p: number) => counts.some((_, k) => held(k, p))
  const different = Array.from({ length: Points }, (_, p) => somebody(p)).filter(Boolean).length
  return {
    counts: build([K], (k) => exact(counts[k]!)),
    total: build([], () => exact(n)),
    different: build([], () => exact(different)),
    shares: build([K], (k) => (n === 0 ? exact(0) : divide(exact(counts[k]!), exact(n)))),
  }
}

/**
 * Loss of each client, and of all.
 *
 * Formula    F_k = (1/n_k) Σ_(d ∈ D_k) f(θ; d), F = Σ_k n_k F_k / Σ_k n_k, or Σ_k Σ_(d ∈ D_k) f(θ; d) / Σ_k n_k;
 *            f = ½ Σ_o (z_o − y_o)² or −Σ_o y_o ln softmax(z)_o, z = x w + b
 * Clauses    federated.objective, federated.objective.pooled-erm
 * Shapes     w: [I, O], b: [O], x: [K, N, I], y: [K, N, O], counts: [K] → clientLosses: [K], loss: []
 * Edges      a client without points: 0
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), section 2
 * Example    w = 0, b = 0, D_1 = {0}, D_2 = {2, 2, 2} → 0, 2 and 3/2
 */
export const objective: Reference<typeof objectiveSpec> = (
  arithmetic,
  { w, b, x, y, counts },
  { loss },
) => {
  const { anyOf, divide, exact, multiply, subtract, toNumber, total } = arithmetic
  const [K, N, I] = x.shape as [number, number, number]
  const O = b.shape[0]!
  const half = exact(0.5)
  const cut = (points: NumberArray<typeof half>, k: number, n: number, size: number) =>
    build([n, size], (p, i) => memberOf(points, k).at(p, i))

  const clients = Array.from({ length: K }, (_, k) => {
    const n = Math.min(N, toNumber(counts.at(k)))
    const targets = cut(y, k, n, O)
    const z = dense(arithmetic, cut(x, k, n, I), w, b)
    const terms =
      loss === 'squares'
        ? build([n, O], (p, o) => {
            const e = subtract(z.at(p, o), targets.at(p, o))
            return multiply(half, multiply(e, e))
          })
        : crossEntropyTerms(arithmetic, z, targets)
    return {
      n: exact(n),
      terms: terms.data,
      mean: n === 0 ? exact(0) : divide(total(terms.data), exact(n)),
    }
  })
  const all = total(clients.map(({ n }) => n))
  return {
    clientLosses: build([K], (k) => clients[k]!.mean),
    loss: build([], () =>
      anyOf(
        () => divide(total(clients.map(({ n, mean }) => multiply(n, mean))), all),
        () => divide(total(clients.flatMap(({ terms }) => terms)), all),
      ),
    ),
  }
}
