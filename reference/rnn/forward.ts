import type { forwardGradient as gradientSpec, forward as spec } from '../../spec/rnn/forward.ts'
import { recurrence, recurrenceGradient } from '../layers/recurrent.ts'
import type { Reference } from '../reference.ts'

/**
 * Recurrent layer.
 *
 * Formula    h_t = φ(U x_t + W h_{t−1} + b); h_{t−1} where step t is padding; in reverse t + 1 for
 *            t − 1; φ = tanh, max(·, 0) or the identity
 * Clauses    rnn.forward.hidden, rnn.forward.gradient, rnn.variable-length,
 *            rnn.batching.same-length, rnn.time-shared-weights, rnn.reduces-to-feedforward,
 *            rnn.order-dependence, rnn.init.identity
 * Shapes     x: [T, N, I], U: [H, I], W: [H, H], b: [H], h0: [N, H], padded: [T, N] →
 *            h: [T, N, H], last: [N, H]
 * Edges      nothing of a padded step is read but its state before
 * Source     Goodfellow, Bengio, Courville (2016), equations 10.8 and 10.9
 * Example    one unit without activation, U = 1, W = 2, b = 1, h0 = 1, x = 3, 4 → h = 6, 17
 */
export const forward: Reference<typeof spec> = (arithmetic, inputs, parameters) => {
  const { h, last } = recurrence(arithmetic, inputs, parameters)
  return { h, last }
}

/**
 * Gradients of a recurrent layer, through time.
 *
 * Formula    δ_t = φ′(a_t) (dh_t + W^T δ_{t+1}), the last with dLast for W^T δ; dU = Σ_t δ_t x_tᵀ,
 *            dW = Σ_t δ_t h_{t−1}ᵀ, db = Σ_t δ_t, dx_t = U^T δ_t, dH0 = W^T δ_1, back_t = W^T δ_t
 * Clauses    rnn.forward.gradient, rnn.order-dependence, rnn.init.identity
 * Shapes     as of the layer, dh: [T, N, H], dLast: [N, H]; each gradient as what it belongs to;
 *            h, delta, back: [T, N, H]
 * Edges      a padded step gives its gradient on to the step before and adds to nothing else
 * Precision  slopes and states may come from two forward passes
 * Source     Goodfellow, Bengio, Courville (2016), equations 10.18 to 10.28
 * Example    one unit without activation, U = W = 1, x = 1, 1, h0 = 1, dLast = 1 → dW = 3, dU = 2,
 *            dH0 = 1
 */
export const forwardGradient: Reference<typeof gradientSpec> = (arithmetic, inputs, parameters) => {
  const { dh, dLast } = inputs
  return recurrenceGradient(arithmetic, inputs, [dh, dLast], parameters)
}
