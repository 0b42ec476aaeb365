import type { secureSum as spec } from '../../spec/federated/secure-aggregation.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Secure sum of whole numbers by masks that cancel.
 *
 * Formula    u[k] = (v[k] + Σ_{l>k} s[k,l] − Σ_{l<k} s[l,k]) mod R; of the clients A that are there, sum =
 *            Σ_{k∈A} (u[k] − Σ_{l>k, l∉A} s[k,l] + Σ_{l<k, l∉A} s[l,k]) mod R
 * Clauses    federated.secure-aggregation
 * Shapes     values: [K, P], masks: [K, K, P], present: [K] → uploads: [K, P], sum: [P]
 * Edges      nobody is there: the sum is 0
 * Precision  whole numbers below 2^53, without rounding
 * Source     Bonawitz et al. (2017), section 4.1
 * Example    R = 10, v = 3 | 4, s = 9 → uploads 2 | 5, sum 7
 */
export const secureSum: Reference<typeof spec> = (
  { exact, toNumber },
  { values, masks, present },
  { modulus: R },
) => {
  const [K, P] = values.shape as [number, number]
  const clients = Array.from({ length: K }, (_, k) => k)
  const isThere = (k: number) => toNumber(present.at(k)) === 1
  const residue = (x: number) => ((x % R) + R) % R
  /** What client k adds for those of the others that are asked for. */
  const mask = (k: number, i: number, others: readonly number[]) =>
    others.reduce((sum, l) => {
      if (l === k) return sum
      return l > k ? sum + toNumber(masks.at(k, l, i)) : sum - toNumber(masks.at(l, k, i))
    }, 0)
  const uploads = build([K, P], (k, i) => residue(toNumber(values.at(k, i)) + mask(k, i, clients)))
  const there = clients.filter(isThere)
  const absent = clients.filter((k) => !isThere(k))
  const sum = (i: number) =>
    there.reduce((found, k) => found + uploads.at(k, i) - mask(k, i, absent), 0)
  return {
    uploads: build([K, P], (k, i) => exact(uploads.at(k, i))),
    sum: build([P], (i) => exact(residue(sum(i)))),
  }
}
