import type {
  metropolisWeights as metropolisSpec,
  gossip as spec,
} from '../../spec/federated/gossip.ts'
import { build, stacked, sum, sumOfProducts } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Metropolis weights of a graph of clients.
 *
 * Formula    P[k,l] = 1 / (1 + max(d[k], d[l])) for neighbours, else 0; P[k,k] = 1 − Σ_{l≠k} P[k,l]
 * Clauses    federated.topology.metropolis-weights, federated.topology.decentralized
 * Shapes     graph: [K, K] → weights: [K, K]
 * Edges      a client without neighbours keeps all for itself
 * Source     Xiao, Boyd, Lall (2005), A scheme for robust distributed sensor fusion
 * Example    two clients that are connected → ½, ½ | ½, ½
 */
export const metropolisWeights: Reference<typeof metropolisSpec> = (arithmetic, { graph }) => {
  const { divide, exact, subtract, toNumber } = arithmetic
  const K = graph.shape[0]!
  const clients = Array.from({ length: K }, (_, k) => k)
  const areNeighbours = (k: number, l: number) =>
    k !== l && (toNumber(graph.at(k, l)) === 1 || toNumber(graph.at(l, k)) === 1)
  const d = clients.map((k) => clients.filter((l) => areNeighbours(k, l)).length)
  const between = build([K, K], (k, l) =>
    areNeighbours(k, l) ? divide(exact(1), exact(1 + Math.max(d[k]!, d[l]!))) : exact(0),
  )
  return {
    weights: build([K, K], (k, l) =>
      k === l
        ? subtract(
            exact(1),
            sum(arithmetic, [K], (j) => between.at(k, j)),
          )
        : between.at(k, l),
    ),
  }
}

/**
 * Rounds of gossip averaging.
 *
 * Formula    θ^{t+1}[k] = Σ_l P[k,l] θ^t[l], of each parameter of a model θ = (w, b)
 * Clauses    federated.topology.decentralized
 * Shapes     weights: [K, K], w: [K, I, O], b: [K, O] → w: [T, K, I, O], b: [T, K, O]
 * Edges      none
 * Source     Xiao, Boyd (2004), section 2
 * Example    P = ½, ½ | ½, ½, w = 1 | 3, one round → w = 2 | 2
 */
export const gossip: Reference<typeof spec> = (arithmetic, { weights: P, w, b }, { rounds }) => {
  const K = P.shape[0]!
  const after = (theta: typeof w) =>
    build(theta.shape, (k, ...at) =>
      sumOfProducts(
        arithmetic,
        [K],
        (l) => P.at(k, l),
        (l) => theta.at(l, ...at),
      ),
    )
  const all = (start: typeof w) => {
    const states = [after(start)]
    while (states.length < rounds) states.push(after(states.at(-1)!))
    return stacked(states)
  }
  return { w: all(w), b: all(b) }
}
