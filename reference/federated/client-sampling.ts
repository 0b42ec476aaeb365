import type { clientSampling as spec } from '../../spec/federated/client-sampling.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Sampling of clients without replacement.
 *
 * Formula    m = min{m : m / K ≥ ρ}; a client takes part if fewer than m others drew less, or the same before it
 * Clauses    federated.client-sampling
 * Shapes     draws: [K] → participants: [M], M = m
 * Edges      a rate of 1 takes all
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), algorithm 1
 * Example    ρ = ½, draws 3, 1, 2 → m = 2: clients 1, 2
 */
export const clientSampling: Reference<typeof spec> = (
  { exact, less },
  { draws },
  { clients: K, rate },
) => {
  const clients = Array.from({ length: K }, (_, k) => k)
  const m = 1 + clients.findIndex((k) => (k + 1) / K >= rate)
  const isBefore = (l: number, k: number) =>
    less(draws.at(l), draws.at(k)) || (l < k && !less(draws.at(k), draws.at(l)))
  const chosen = clients.filter((k) => clients.filter((l) => isBefore(l, k)).length < m)
  return { participants: build([m], (i) => exact(chosen[i]!)) }
}
