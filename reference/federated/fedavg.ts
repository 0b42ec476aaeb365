import type { fedAvg as spec } from '../../spec/federated/fedavg.ts'
import { build, memberOf, stacked } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { aggregate } from './aggregate.ts'
import { localModels } from './client-update.ts'

/**
 * FedAvg.
 *
 * Formula    for t = 1, …, T: θ_k = ClientUpdate(k, θ) for each k of S_t; θ = Σ_k n_k θ_k / Σ_k n_k
 * Clauses    federated.fedavg.server
 * Shapes     w: [I, O], b: [O], x: [K, N, I], y: [K, N, O], counts: [K], participants: [T, M],
 *            batches: [T, M, L, B] → w: [T, I, O], b: [T, O], clientW: [T, M, I, O], clientB: [T, M, O]
 * Edges      a participant without points sends back what it was sent, with weight 0; a round without
 *            points leaves the model as it is
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), algorithm 1
 * Example    w = b = 0, two clients with one point each, x = 0, y = 4 and 8, η = ½, L = 1: b = 3
 */
export const fedAvg: Reference<typeof spec> = (arithmetic, inputs, parameters) => {
  const { exact, toNumber } = arithmetic
  const { x, y, counts, participants, batches } = inputs
  const [T, M] = participants.shape as [number, number]

  let model = { w: inputs.w, b: inputs.b }
  const rounds = Array.from({ length: T }, (_, t) => {
    const clients = Array.from({ length: M }, (_, m) => toNumber(participants.at(t, m)))
    const n = clients.map((k) => toNumber(counts.at(k)))
    const models = clients.map((k, m) => {
      const own = { x: memberOf(x, k), y: memberOf(y, k), count: n[m]! }
      const client = { ...own, batches: memberOf(memberOf(batches, t), m) }
      return localModels(arithmetic, model, client, parameters).at(-1)!
    })
    const sent = { w: stacked(models.map(({ w }) => w)), b: stacked(models.map(({ b }) => b)) }
    const weights = build([M], (m) => exact(n[m]!))
    if (n.some((count) => count > 0))
      model = aggregate(arithmetic, { ...sent, counts: weights }, {})
    return { ...model, sent }
  })
  return {
    w: stacked(rounds.map(({ w }) => w)),
    b: stacked(rounds.map(({ b }) => b)),
    clientW: stacked(rounds.map(({ sent }) => sent.w)),
    clientB: stacked(rounds.map(({ sent }) => sent.b)),
  }
}
