import type {
  iidPartition as partitionSpec,
  setting as spec,
} from '../../spec/federated/settings.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Cross-silo or cross-device.
 *
 * Formula    crossSilo = 1 where 2 ≤ K ≤ 100, and clients are reliable and available, else 0
 * Clauses    federated.settings.taxonomy
 * Shapes     → crossSilo: []
 * Edges      100 clients may be silos, 101 are not
 * Source     Kairouz, McMahan et al. (2021), table 1
 * Example    K = 100, reliable and available → 1
 */
export const setting: Reference<typeof spec> = (
  { exact },
  _,
  { clients, reliable, available },
) => ({ crossSilo: build([], () => exact(clients <= 100 && reliable && available ? 1 : 0)) })

/**
 * Random partition of points, in proportion to speeds.
 *
 * Formula    the point at place r of the ascending draws comes to the worker k with ⌊N C_{k−1} / C_K⌋ ≤ r <
 *            ⌊N C_k / C_K⌋, C_k = c_1 + … + c_k
 * Clauses    federated.distributed.iid-partition
 * Shapes     draws: [N] → owners: [N], counts: [K]
 * Edges      of equal draws the lower index goes first
 * Source     Kairouz, McMahan et al. (2021), table 1
 * Example    draws 5, 1, 3, speeds 1, 2 → ends 1, 3: owners 1, 0, 1, counts 1, 2
 */
export const iidPartition: Reference<typeof partitionSpec> = (
  { exact, less },
  { draws },
  { speeds },
) => {
  const N = draws.shape[0]!
  const K = speeds.length
  const upTo = (k: number) => speeds.slice(0, k).reduce((sum, c) => sum + c, 0)
  const end = (k: number) => Math.floor((N * upTo(k + 1)) / upTo(K))
  const order = Array.from({ length: N }, (_, n) => n).sort((n, m) => {
    const [x, y] = [draws.at(n), draws.at(m)]
    return less(x, y) ? -1 : less(y, x) ? 1 : n - m
  })
  const place = new Map(order.map((n, r) => [n, r]))
  const workers = Array.from({ length: K }, (_, k) => k)
  const owner = (n: number) => workers.find((k) => place.get(n)! < end(k))!
  return {
    owners: build([N], (n) => exact(owner(n))),
    counts: build([K], (k) => exact(end(k) - (k === 0 ? 0 : end(k - 1)))),
  }
}
