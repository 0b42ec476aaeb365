import type {
  connectivity as connectivitySpec,
  protocol as spec,
} from '../../spec/federated/protocol.ts'
import { build, fromData, stacked } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Messages of rounds, and the models that clients begin with.
 *
 * Formula    where the server is there: it sends its model v to each participant, gets a model of each that
 *            replies, and v ← v + 1 where one did; else nothing happens
 * Clauses    federated.round.protocol, federated.topology.server
 * Shapes     participants, replies: [T, M], server: [T] → sent, received: [T, K + 1], begins: [T, M], held: [T, K],
 *            version: [T]
 * Edges      nobody replies: the model stays; no server: nobody begins with anything, −1
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), algorithm 1
 * Example    2 clients, both asked twice, the second drops out of the first round: sent 1, 0, 2 and 1, 1, 2,
 *            begins 0, 0 and 1, 1, version 1, 2
 */
export const protocol: Reference<typeof spec> = (
  { exact, toNumber },
  { participants, replies, server },
  { clients: K },
) => {
  const [T, M] = participants.shape as [number, number]
  let v = 0
  const held = new Array<number>(K).fill(-1)
  const rounds = Array.from({ length: T }, (_, t) => {
    const sent = new Array<number>(K + 1).fill(0)
    const received = new Array<number>(K + 1).fill(0)
    const isThere = toNumber(server.at(t)) === 1
    const begins = isThere ? v : -1
    for (let m = 0; m < M && isThere; m++) {
      const k = toNumber(participants.at(t, m))
      const reply = toNumber(replies.at(t, m))
      sent[K]! += 1
      received[k]! += 1
      held[k] = v
      sent[k]! += reply
      received[K]! += reply
    }
    if (received[K]! > 0) v++
    const row = (numbers: readonly number[]) => fromData([numbers.length], numbers.map(exact))
    return {
      sent: row(sent),
      received: row(received),
      begins: build([M], () => exact(begins)),
      held: row(held),
      version: exact(v),
    }
  })
  return {
    sent: stacked(rounds.map(({ sent }) => sent)),
    received: stacked(rounds.map(({ received }) => received)),
    begins: stacked(rounds.map(({ begins }) => begins)),
    held: stacked(rounds.map(({ held }) => held)),
    version: build([T], (t) => rounds[t]!.version),
  }
}

/**
 * Groups of parties that are left when some fail.
 *
 * Formula    k and l are connected where both are there and k = l, or a neighbour of k that is there is connected
 *            with l; a group has a party that no earlier one is connected with; load[k] = 2 d[k] of those that are there
 * Clauses    federated.topology.server
 * Shapes     graph: [K, K], failed: [K] → connected: [K, K], groups: [], load: [K]
 * Edges      nobody left: no groups
 * Source     Kairouz, McMahan et al. (2021), table 3
 * Example    a star of three, the first in the middle, without it: two groups, loads 0, 0, 0
 */
export const connectivity: Reference<typeof connectivitySpec> = (
  { exact, toNumber },
  { graph, failed },
) => {
  const K = failed.shape[0]!
  const there = Array.from({ length: K }, (_, k) => k).filter((k) => toNumber(failed.at(k)) === 0)
  const bit = (k: number, l: number) => toNumber(graph.at(k, l)) === 1
  const neighbours = (k: number) => there.filter((l) => l !== k && (bit(k, l) || bit(l, k)))
  const groupOf = (k: number) => {
    const found = new Set([k])
    // A set that grows while it is gone through is gone through to its end.
    for (const member of found) for (const l of neighbours(member)) found.add(l)
    return found
  }
  const groups = new Map(there.map((k) => [k, groupOf(k)]))
  const firsts = there.filter((k) => Math.min(...groups.get(k)!) === k)
  return {
    connected: build([K, K], (k, l) => exact(groups.get(k)?.has(l) ? 1 : 0)),
    groups: build([], () => exact(firsts.length)),
    load: build([K], (k) => exact(there.includes(k) ? 2 * neighbours(k).length : 0)),
  }
}
