import type { network as spec } from '../../spec/rnn/network.ts'
import { fromData } from '../arithmetic/array.ts'
import { recurrence } from '../layers/recurrent.ts'
import { scoresOf } from '../layers/scores.ts'
import { softmax } from '../layers/softmax.ts'
import type { Reference } from '../reference.ts'

/**
 * Recurrent network with an output at every step.
 *
 * Formula    h_t = φ(U x_t + W h_{t−1} + b), o_t = V h_t + c, y_t = softmax(o_t)
 * Clauses    rnn.forward.output, rnn.variant.hidden-recurrent, rnn.three-blocks, rnn.param-shapes,
 *            rnn.output-from-memory, rnn.graph.loss-of-sequence
 * Shapes     x: [T, N, I], U: [H, I], W: [H, H], b: [H], h0: [N, H], padded: [T, N], V: [O, H], c: [O] →
 *            h: [T, N, H], o, y: [T, N, O]
 * Edges      a padded step says again what its state says
 * Source     Goodfellow, Bengio, Courville (2016), equations 10.8 to 10.11
 * Example    one unit without activation, U = 1, W = 2, V = 3, 3, x = 1, 1 → h = 1, 3, o = 3, 3, 9, 9,
 *            y = ½ throughout
 */
export const network: Reference<typeof spec> = (arithmetic, { V, c, ...layer }, parameters) => {
  const { h } = recurrence(arithmetic, layer, parameters)
  const o = scoresOf(arithmetic, h, V, c)
  const [T, N, O] = o.shape as [number, number, number]
  const y = softmax(arithmetic, fromData([T * N, O], o.data))
  return { h, o, y: fromData([T, N, O], y.data) }
}
