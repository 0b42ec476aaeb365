import type { dirichletPartition as spec } from '../../spec/federated/noniid.ts'
import { build, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Partition of points by label skew.
 *
 * Formula    the point at place r of the n_c of its class c comes to the first client k with r < ⌊n_c S[c,k] / S[c,K]⌋,
 *            S[c,k] = Σ_{j≤k} G[c,j]; asked as n_c S[c,k] ≥ (r + 1) S[c,K], and the last client without a question
 * Clauses    federated.noniid-partition
 * Shapes     labels: [N], gammas: [C, K] → owners: [N], counts: [C, K]
 * Edges      a class of which nothing was drawn is shared out alike
 * Source     Yurochkin et al. (2019), section 4
 * Example    labels 0, 0, 0, 1, G = 1, 2 | 4, 0 → owners 0, 1, 1, 0, counts 1, 2 | 1, 0
 */
export const dirichletPartition: Reference<typeof spec> = (
  arithmetic,
  { labels, gammas },
  { classes: C, clients: K },
) => {
  const { exact, less, multiply, toNumber } = arithmetic
  const N = labels.shape[0]!
  const points = Array.from({ length: N }, (_, n) => n)
  const label = (n: number) => toNumber(labels.at(n))
  const clients = Array.from({ length: K }, (_, k) => k)
  const owners: number[] = []
  for (let c = 0; c < C; c++) {
    const nothing = clients.every((k) => toNumber(gammas.at(c, k)) === 0)
    const G = (k: number) => (nothing ? exact(1) : gammas.at(c, k))
    const S = clients.map((k) => sum(arithmetic, [k + 1], G))
    const own = points.filter((n) => label(n) === c)
    const isBefore = (r: number, k: number) =>
      !less(multiply(exact(own.length), S[k]!), multiply(exact(r + 1), S[K - 1]!))
    for (const [r, n] of own.entries()) {
      owners[n] = clients.find((k) => k === K - 1 || isBefore(r, k))!
    }
  }
  return {
    owners: build([N], (n) => exact(owners[n]!)),
    counts: build([C, K], (c, k) =>
      exact(points.filter((n) => label(n) === c && owners[n] === k).length),
    ),
  }
}
