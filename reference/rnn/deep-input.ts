import type {
  deepInputGradient as gradientSpec,
  deepInput as spec,
} from '../../spec/rnn/deep-input.ts'
import { again } from '../arithmetic/again.ts'
import { recurrence, recurrenceGradient } from '../layers/recurrent.ts'
import { alongWay, backAlongWay, byStep } from '../layers/way.ts'
import type { Reference } from '../reference.ts'

/**
 * Recurrent layer with a deep way in.
 *
 * Formula    z_1 = φ(F x_t + a_1), z_l = φ(A_l z_(l−1) + a_l), h_t = φ(U z_L + W h_{t−1} + b); h_{t−1} where step t
 *            is padding; in reverse t + 1 for t − 1
 * Clauses    rnn.deep-input
 * Shapes     x: [T, N, I], F: [M, I], A: [L − 1, M, M], wayBias: [L, M], U: [H, M], W: [H, H], b: [H], h0: [N, H],
 *            padded: [T, N] → h: [T, N, H], last: [N, H]
 * Edges      nothing of a padded step is read but its state before
 * Source     Pascanu, Gulcehre, Cho, Bengio (2014), section 3
 * Example    one unit without activation, F = 2, U = 3, W = 1, a = 1, h0 = 1, x = 1, 0 → h = 3 · 3 + 1 = 10,
 *            3 · 1 + 10 = 13
 */
export const deepInput: Reference<typeof spec> = (arithmetic, { x, ...inputs }, kind) => {
  const isPadding = (t: number, n: number) => arithmetic.toNumber(inputs.padded.at(t, n)) === 1
  const z = alongWay(arithmetic, x, inputs, kind, isPadding)
  const { h, last } = recurrence(arithmetic, { ...inputs, x: z.at(-1)! }, kind)
  return { h, last }
}

/**
 * Gradients of a recurrent layer with a deep way in, of the loss Σ ⟨dh, h⟩ + ⟨dLast, last⟩.
 *
 * Formula    those of the recurrent layer over z_L; γ_L = φ′(z_L) Uᵀ δ, γ_(l−1) = φ′(z_(l−1)) A_lᵀ γ_l;
 *            dF = Σ γ_1 xᵀ, dA_l = Σ γ_l z_(l−1)ᵀ, da_l = Σ γ_l, dx = Bᵀ γ_1
 * Clauses    rnn.deep-input
 * Shapes     as of the layer, dh: [T, N, H], dLast: [N, H]; each gradient as what it belongs to;
 *            h, delta, back: [T, N, H], inner, innerDelta: [T, L, N, M]
 * Edges      a padded step gives its gradient on to the step before and adds to nothing else; φ′(0) = 0 of the
 *            rectifier
 * Precision  slopes and what they multiply may come from two forward passes
 * Source     Pascanu, Gulcehre, Cho, Bengio (2014), section 3, by the chain rule
 * Example    one unit without activation, F = 2, U = 3, W = 1, a = 1, h0 = 1, x = 1, 0, dLast = 1 →
 *            dF = 3, da = 6, dU = 3 + 1 = 4, dW = 1 + 10 = 11, dx = 6, 6
 */
export const deepInputGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, dh, dLast, ...inputs },
  kind,
) => {
  const isPadding = (t: number, n: number) => arithmetic.toNumber(inputs.padded.at(t, n)) === 1
  const compute = () => {
    const z = alongWay(arithmetic, x, inputs, kind, isPadding)
    return { z, states: recurrence(arithmetic, { ...inputs, x: z.at(-1)! }, kind) }
  }
  const first = compute()
  const second = again(arithmetic, first, compute)
  const layer = { ...inputs, x: second.z.at(-1)! }
  const { dx: dz, ...found } = recurrenceGradient(
    arithmetic,
    layer,
    [dh, dLast],
    kind,
    first.states,
  )
  const { delta: innerDelta, ...way } = backAlongWay(
    arithmetic,
    x,
    inputs,
    kind,
    [first.z, second.z],
    dz,
    isPadding,
  )
  return { ...found, ...way, inner: byStep(first.z), innerDelta: byStep(innerDelta) }
}
