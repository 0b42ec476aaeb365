import type { unfoldedDepth as spec } from '../../spec/bptt/depth-equals-length.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** The edges of the unfolded network: x_s → h_s, h_(s−1) → h_s, h_s → y_s. */
function edgesInto(steps: number): ReadonlyMap<string, readonly string[]> {
  const edges = new Map<string, readonly string[]>()
  for (let t = 1; t <= steps; t++) {
    edges.set(`h${t}`, [`x${t}`, `h${t - 1}`])
    edges.set(`y${t}`, [`h${t}`])
  }
  return edges
}

/**
 * Depth of an unfolded recurrent network.
 *
 * Formula    the longest way in the graph with the edges x_s → h_s, h_(s−1) → h_s and h_s → y_s, and how
 *            many of its edges lie between states
 * Clauses    bptt.depth-equals-length
 * Shapes     → layers, recurrent, edges: []
 * Edges      from 0 on, the way begins at the first state
 * Source     Goodfellow, Bengio, Courville (2016), section 10.7
 * Example    5 steps, from 1 to 5 → layers 5, recurrent 4, edges 6
 */
export const unfoldedDepth: Reference<typeof spec> = ({ exact }, _, { steps, start, end }) => {
  const into = edgesInto(steps)
  const begin = start === 0 ? 'h0' : `x${start}`
  // Every way goes back from the output, one node after the other; none goes on from an input.
  let [node, edges, recurrent] = [`y${end}`, 0, 0]
  while (node !== begin) {
    const sources = into.get(node)!
    const next = sources.includes(begin) ? begin : sources.find((source) => source.startsWith('h'))!
    if (node.startsWith('h') && next.startsWith('h')) recurrent++
    edges++
    node = next
  }
  const layers = [...into.keys()].filter((name) => name.startsWith('h')).length
  const count = (value: number) => build([], () => exact(value))
  return { layers: count(layers), recurrent: count(recurrent), edges: count(edges) }
}
