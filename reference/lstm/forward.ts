import type { forwardGradient as gradientSpec, forward as spec } from '../../spec/lstm/forward.ts'
import type { Reference } from '../reference.ts'
import { cells } from './forward-cells.ts'
import { cellsGradient } from './forward-gradient.ts'

/**
 * Long short-term memory.
 *
 * Formula    i = σ(U_i x_t + W_i h_{t−1} + P_i c_{t−1} + b_i), f likewise, or 1 − i where gates are
 *            coupled, g = tanh(U_g x_t + W_g h_{t−1} + b_g), c_t = f c_{t−1} + i g,
 *            o = σ(U_o x_t + W_o h_{t−1} + P_o c_t + b_o), h_t = o tanh c_t;
 *            h_{t−1} and c_{t−1} where step t is padding; in reverse t + 1 for t − 1
 * Clauses    lstm.forward.sequence, lstm.forget-gate, lstm.forget-limits, lstm.input-gate,
 *            lstm.candidate, lstm.cell-update, lstm.output-hidden, lstm.dimensions-and-ranges,
 *            lstm.bptt-gradient
 * Shapes     x: [T, N, I], U: [4, H, I], W: [4, H, H], b: [4, H], h0, c0: [N, H], padded: [T, N],
 *            P: [3, H] → h, c: [T, N, H], last, lastCell: [N, H]
 * Edges      nothing of a padded step is read but what was before
 * Source     Gers, Schmidhuber, Cummins (2000), section 3; Greff et al. (2017), section II
 * Example    one unit, weights and biases 0, c0 = 4 → gates ½, g = 0, c = 2, h = ½ tanh 2
 */
export const forward: Reference<typeof spec> = (arithmetic, inputs, parameters) => {
  const { h, c, last, lastCell } = cells(arithmetic, inputs, parameters)
  return { h, c, last, lastCell }
}

/**
 * Gradients of long short-term memory, through time.
 *
 * Formula    η_t = dh_t + W^T δ_{t+1}, γ_t = dc_t + γ_{t+1} f_{t+1} + η_t o_t tanh′(c_t), without peepholes;
 *            δi = γ g σ′(i), δf = γ c_{t−1} σ′(f), δg = γ i tanh′(g), δo = η tanh(c) σ′(o);
 *            dU = Σ_t δ_t x_tᵀ, dW = Σ_t δ_t h_{t−1}ᵀ, db = Σ_t δ_t, dx_t = U^T δ_t, dH0 = W^T δ_1,
 *            dC0 = γ_1 f_1; `cellsGradient` has the peepholes
 * Clauses    lstm.bptt-gradient, lstm.gradient-flow
 * Shapes     as of the layer, dh, dc: [T, N, H], dLast, dLastCell: [N, H]; each gradient as what it
 *            belongs to; h, c, back, backCell: [T, N, H], delta: [T, N, 4, H]
 * Edges      a padded step gives its gradients on to the step before and adds to nothing else
 * Precision  gates and the states that weights were multiplied with may come from two forward passes
 * Source     by differentiation; Greff et al. (2017), section II B
 * Example    one unit, weights and biases 0, c0 = 4, dLastCell = 1 → dC0 = ½, db = 0, 1, ½, 0
 */
export const forwardGradient: Reference<typeof gradientSpec> = (arithmetic, inputs, parameters) =>
  cellsGradient(arithmetic, inputs, inputs, parameters)
