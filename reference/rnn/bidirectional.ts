import type {
  bidirectionalGradient as gradientSpec,
  bidirectional as spec,
} from '../../spec/rnn/bidirectional.ts'
import { build, memberOf, type NumberArray, stacked } from '../arithmetic/array.ts'
import { type Recurrence, recurrence, recurrenceGradient } from '../layers/recurrent.ts'
import type { Reference } from '../reference.ts'

const directions = ['forward', 'reverse'] as const

/** The layer of one direction. */
const layerOf = <T>({ x, U, W, b, h0, padded }: Recurrence<T>, d: number): Recurrence<T> => ({
  x,
  U: memberOf(U, d),
  W: memberOf(W, d),
  b: memberOf(b, d),
  h0: memberOf(h0, d),
  padded,
})

/** The units of one direction, of both. */
function half<T>(both: NumberArray<T>, d: number): NumberArray<T> {
  const [T, N, units] = both.shape as [number, number, number]
  return build([T, N, units / 2], (t, n, i) => both.at(t, n, (d * units) / 2 + i))
}

/** The units of both directions, side by side. */
function beside<T>(one: NumberArray<T>, other: NumberArray<T>): NumberArray<T> {
  const [T, N, H] = one.shape as [number, number, number]
  return build([T, N, 2 * H], (t, n, i) => (i < H ? one.at(t, n, i) : other.at(t, n, i - H)))
}

/**
 * Bidirectional recurrent layer.
 *
 * Formula    h_t = [φ(U_0 x_t + W_0 h⃗_{t−1} + b_0); φ(U_1 x_t + W_1 h⃖_{t+1} + b_1)]
 * Clauses    rnn.bidirectional
 * Shapes     x: [T, N, I], U: [2, H, I], W: [2, H, H], b: [2, H], h0: [2, N, H], padded: [T, N] →
 *            h: [T, N, 2 H], last: [2, N, H]
 * Edges      each state stays at padding, so that the second begins at the end of its own sequence
 * Source     Schuster, Paliwal (1997), section II
 * Example    one unit each without activation, weights 1, x = 1, 2 → h = 1, 3, 3, 2, last = 3, 3
 */
export const bidirectional: Reference<typeof spec> = (arithmetic, inputs, { activation }) => {
  const through = (d: 0 | 1) =>
    recurrence(arithmetic, layerOf(inputs, d), { activation, direction: directions[d] })
  const [one, other] = [through(0), through(1)]
  return {
    h: beside(one.h, other.h),
    last: stacked([one.last, other.last]),
  }
}

/**
 * Gradients of a bidirectional recurrent layer, of the loss Σ ⟨dh, h⟩ + ⟨dLast, last⟩.
 *
 * Formula    of each direction those of its layer; dx = U_0^T δ⃗ + U_1^T δ⃖
 * Clauses    rnn.bidirectional
 * Shapes     as of the layer, dh: [T, N, 2 H], dLast: [2, N, H]; each gradient as what it belongs to;
 *            h, delta, back: [T, N, 2 H]
 * Edges      as of the recurrent layer
 * Source     Schuster, Paliwal (1997), section II, by the chain rule
 * Example    one unit each without activation, weights 1, x = 1, 2, dLast = 1, 1 → dx = 2, 2, dU = 3, 3, dW = 1, 2
 */
export const bidirectionalGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { dh, dLast, ...inputs },
  { activation },
) => {
  const each = directions.map((direction, d) =>
    recurrenceGradient(arithmetic, layerOf(inputs, d), [half(dh, d), memberOf(dLast, d)], {
      activation,
      direction,
    }),
  )
  const of = (name: 'dU' | 'dW' | 'db' | 'dH0') => stacked(each.map((gradients) => gradients[name]))
  const both = (name: 'h' | 'delta' | 'back') => beside(each[0]![name], each[1]![name])
  return {
    dx: build(inputs.x.shape, (...at) => arithmetic.total(each.map(({ dx }) => dx.at(...at)))),
    dU: of('dU'),
    dW: of('dW'),
    db: of('db'),
    dH0: of('dH0'),
    h: both('h'),
    delta: both('delta'),
    back: both('back'),
  }
}
