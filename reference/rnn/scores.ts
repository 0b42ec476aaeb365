import type { scoresGradient as gradientSpec, scores as spec } from '../../spec/rnn/scores.ts'
import { scoresGradientOf, scoresOf } from '../layers/scores.ts'
import type { Reference } from '../reference.ts'

/**
 * Scores of a recurrent network.
 *
 * Formula    o_t = V h_t + c
 * Clauses    rnn.output-from-memory
 * Shapes     h: [T, N, H], V: [O, H], c: [O] → o: [T, N, O]
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), equation 10.10
 * Example    h = 1, 2, V = 3, 4, c = 5 → 1 · 3 + 2 · 4 + 5 = 16
 */
export const scores: Reference<typeof spec> = (arithmetic, { h, V, c }) => ({
  o: scoresOf(arithmetic, h, V, c),
})

/**
 * Gradients of the scores of a recurrent network.
 *
 * Formula    dh_t = V^T do_t, dV = Σ_t do_t h_tᵀ, dc = Σ_t do_t
 * Clauses    rnn.output-from-memory
 * Shapes     as of the scores, do: [T, N, O]; each gradient as what it belongs to
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), equations 10.19, 10.22 and 10.24
 * Example    h = 1, 2, V = 3, 4, do = 5 → dh = 15, 20, dV = 5, 10, dc = 5
 */
export const scoresGradient: Reference<typeof gradientSpec> = (arithmetic, { h, V, do: dO }) =>
  scoresGradientOf(arithmetic, h, V, dO)
