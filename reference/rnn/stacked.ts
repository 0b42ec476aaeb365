import type { stackedGradient as gradientSpec, stacked as spec } from '../../spec/rnn/stacked.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, memberOf, type NumberArray, stacked as together } from '../arithmetic/array.ts'
import { type Kind, recurrence, recurrenceGradient } from '../layers/recurrent.ts'
import type { Reference } from '../reference.ts'

type Name = 'x' | 'U' | 'A' | 'W' | 'b' | 'h0' | 'masks' | 'padded'
type Stack<T> = Readonly<Record<Name, NumberArray<T>>>

const times = <T>({ multiply }: Arithmetic<T>, x: NumberArray<T>, y: NumberArray<T>) =>
  build(x.shape, (...at) => multiply(x.at(...at), y.at(...at)))

/** Every layer with what it is given, and its states. */
function upwards<T>(arithmetic: Arithmetic<T>, stack: Stack<T>, kind: Kind) {
  const { U, A, W, b, h0, masks, padded } = stack
  let x = stack.x
  return Array.from({ length: b.shape[0]! }, (_, l) => {
    const layer = {
      x,
      U: l === 0 ? U : memberOf(A, l - 1),
      W: memberOf(W, l),
      b: memberOf(b, l),
      h0: memberOf(h0, l),
      padded,
    }
    const states = recurrence(arithmetic, layer, kind)
    if (l < masks.shape[0]!) x = times(arithmetic, memberOf(masks, l), states.h)
    return { layer, states }
  })
}

/**
 * Stacked recurrent layers.
 *
 * Formula    h_{l,t} = φ(A_l (m_{l,t} ⊙ h_{l−1,t}) + W_l h_{l,t−1} + b_l), the first layer with U x_t
 * Clauses    rnn.stacked
 * Shapes     x: [T, N, I], U: [H, I], A: [L − 1, H, H], W: [L, H, H], b: [L, H], h0: [L, N, H],
 *            masks: [L − 1, T, N, H], padded: [T, N] → h: [L, T, N, H], last: [L, N, H]
 * Edges      padding is padding for every layer
 * Source     Zaremba, Sutskever, Vinyals (2014), section 3.2
 * Example    two layers of one unit without activation, weights 1, masks 2 and 0, x = 1, 1 → h = 1, 2, then 2, 2
 */
export const stacked: Reference<typeof spec> = (arithmetic, inputs, kind) => {
  const layers = upwards(arithmetic, inputs, kind)
  return {
    h: together(layers.map(({ states }) => states.h)),
    last: together(layers.map(({ states }) => states.last)),
  }
}

/** The gradients of every layer, where gradients arrive at its states from outside and from above. */
function downwards<T>(
  arithmetic: Arithmetic<T>,
  layers: ReturnType<typeof upwards<T>>,
  masks: NumberArray<T>,
  [dh, dLast]: readonly [NumberArray<T>, NumberArray<T>],
  kind: Kind,
) {
  const each: ReturnType<typeof recurrenceGradient<T>>[] = []
  for (let l = layers.length - 1; l >= 0; l--) {
    const { layer, states } = layers[l]!
    const above = each[l + 1]
    const own = memberOf(dh, l)
    let arriving = own
    if (above !== undefined) {
      const through = times(arithmetic, memberOf(masks, l), above.dx)
      arriving = build(own.shape, (...at) => arithmetic.add(own.at(...at), through.at(...at)))
    }
    each[l] = recurrenceGradient(arithmetic, layer, [arriving, memberOf(dLast, l)], kind, states)
  }
  return each
}

/**
 * Gradients of stacked recurrent layers, of the loss Σ ⟨dh, h⟩ + ⟨dLast, last⟩.
 *
 * Formula    from the top layer on, those of each with dh_l + m_{l+1} ⊙ dx_{l+1}, dx_l the gradient by what
 *            layer l is given; dMask_{l+1} = dx_{l+1} ⊙ h_l
 * Clauses    rnn.stacked
 * Shapes     as of the layers, dh: [L, T, N, H], dLast: [L, N, H]; each gradient as what it belongs to;
 *            h, delta, back: [L, T, N, H]
 * Edges      as of the recurrent layer
 * Source     Zaremba, Sutskever, Vinyals (2014), section 3.2, by the chain rule
 * Example    two layers of one unit without activation, weights 1, masks 2 and 0, x = 1, 1, dLast = 0, 1 →
 *            dx = 2, 0, dU = 2, dA = 2, dMasks = 1, 2
 */
export const stackedGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { dh, dLast, ...inputs },
  kind,
) => {
  const layers = upwards(arithmetic, inputs, kind)
  const each = downwards(arithmetic, layers, inputs.masks, [dh, dLast], kind)
  const of = (name: 'dW' | 'db' | 'dH0' | 'h' | 'delta' | 'back') =>
    together(each.map((gradients) => gradients[name]))
  const further = each.slice(1)
  return {
    dx: each[0]!.dx,
    dU: each[0]!.dU,
    dA: together(further.map(({ dU }) => dU)),
    dW: of('dW'),
    db: of('db'),
    dH0: of('dH0'),
    dMasks: together(further.map(({ dx }, l) => times(arithmetic, dx, layers[l]!.states.h))),
    h: of('h'),
    delta: of('delta'),
    back: of('back'),
  }
}
