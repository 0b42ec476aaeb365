import type {
  outputRecurrentGradient as gradientSpec,
  outputRecurrent as spec,
} from '../../spec/rnn/output-recurrent.ts'
import { again } from '../arithmetic/again.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import {
  build,
  fromData,
  memberOf,
  type NumberArray,
  stacked,
  sum,
  sumOfProducts,
} from '../arithmetic/array.ts'
import { activate, slope } from '../layers/recurrent.ts'
import { scoresGradientOf, scoresOf } from '../layers/scores.ts'
import type { Reference } from '../reference.ts'

type Name = 'x' | 'U' | 'W' | 'b' | 'V' | 'c' | 'o0' | 'y'
type Network<T> = Readonly<Record<Name, NumberArray<T>>>
interface Kind {
  readonly activation: 'tanh' | 'relu' | 'linear'
  readonly feedback: 'own' | 'target'
}

/** The states and the outputs of every step, and what came back before it. */
function forwards<T>(arithmetic: Arithmetic<T>, network: Network<T>, kind: Kind) {
  const { multiply, total } = arithmetic
  const { x, U, W, b, V, c, o0, y } = network
  const [T, N, I] = x.shape as [number, number, number]
  const [H, O] = W.shape as [number, number]
  const h: NumberArray<T>[] = []
  const o: NumberArray<T>[] = []
  const before: NumberArray<T>[] = []
  for (let t = 0; t < T; t++) {
    const r = t === 0 ? o0 : kind.feedback === 'own' ? o[t - 1]! : memberOf(y, t - 1)
    const state = build([N, H], (n, i) =>
      activate(
        arithmetic,
        kind,
        total([
          sum(arithmetic, [I], (j) => multiply(U.at(i, j), x.at(t, n, j))),
          sum(arithmetic, [O], (k) => multiply(W.at(i, k), r.at(n, k))),
          b.at(i),
        ]),
      ),
    )
    before.push(r)
    h.push(state)
    o.push(memberOf(scoresOf(arithmetic, fromData([1, N, H], state.data), V, c), 0))
  }
  return { h: stacked(h), o: stacked(o), before: stacked(before) }
}

/**
 * Recurrent network whose outputs come back.
 *
 * Formula    h_t = φ(U x_t + W r_{t−1} + b), o_t = V h_t + c, r_t = o_t or y_t, r_0 = o0
 * Clauses    rnn.variant.output-recurrent
 * Shapes     x: [T, N, I], U: [H, I], W: [H, O], b: [H], V: [O, H], c: [O], o0: [N, O], y: [T, N, O] →
 *            h: [T, N, H], o: [T, N, O]
 * Edges      what should come out of the last step has no influence
 * Source     Goodfellow, Bengio, Courville (2016), section 10.2.1, figures 10.4 and 10.6
 * Example    one unit without activation, U = 1, W = 2, V = 3, x = 1, 1, y = 5, 5 → own h = 1, 7, o = 3, 21;
 *            target h = 1, 11, o = 3, 33
 */
export const outputRecurrent: Reference<typeof spec> = (arithmetic, inputs, kind) => {
  const { h, o } = forwards(arithmetic, inputs, kind)
  return { h, o }
}

/**
 * Gradients of a recurrent network whose outputs come back, of the loss Σ ⟨dh, h⟩ + ⟨do, o⟩.
 *
 * Formula    e_t = do_t + W^T δ_{t+1} where outputs come back, δ_t = φ′(a_t) (dh_t + V^T e_t); dU = Σ_t δ_t x_tᵀ,
 *            dW = Σ_t δ_t r_{t−1}ᵀ, db = Σ_t δ_t, dV = Σ_t e_t h_tᵀ, dc = Σ_t e_t, dx_t = U^T δ_t,
 *            dO0 = W^T δ_1; dy_t = W^T δ_{t+1} where targets come back, else 0
 * Clauses    rnn.variant.output-recurrent
 * Shapes     as of the network, dh: [T, N, H], do: [T, N, O]; each gradient as what it belongs to;
 *            h, delta: [T, N, H], o, back: [T, N, O], back_t = W^T δ_t
 * Edges      φ′(0) = 0 of the rectifier; dy_T = 0
 * Precision  slopes and what came back may come from two forward passes
 * Source     Goodfellow, Bengio, Courville (2016), sections 10.2.1 and 10.2.2, by the chain rule
 * Example    one unit without activation, U = 1, W = 2, V = 3, x = 1, 1, do_2 = 1, own → δ = 18, 3, dU = 21,
 *            dW = 9, dV = 7 + 6 · 1 = 13, dO0 = 36
 */
export const outputRecurrentGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { dh, do: dO, ...inputs },
  kind,
) => {
  const { add, exact, multiply } = arithmetic
  const { x, U, W, V } = inputs
  const [T, N, I] = x.shape as [number, number, number]
  const [H, O] = W.shape as [number, number]
  const own = kind.feedback === 'own'
  const first = forwards(arithmetic, inputs, kind)
  const second = again(arithmetic, first, () => forwards(arithmetic, inputs, kind))
  const through = (M: NumberArray<ReturnType<typeof exact>>, d: typeof M, n: number, j: number) =>
    sumOfProducts(
      arithmetic,
      [M.shape[0]!],
      (i) => M.at(i, j),
      (i) => d.at(n, i),
    )

  let later = build([N, O], () => exact(0))
  const deltas: (typeof later)[] = []
  const errors: (typeof later)[] = []
  const [back, behind]: [(typeof later)[], (typeof later)[]] = [[], []]
  for (let t = T - 1; t >= 0; t--) {
    behind[t] = later
    const after = later
    const e = build([N, O], (n, k) =>
      own && t < T - 1 ? add(dO.at(t, n, k), after.at(n, k)) : dO.at(t, n, k),
    )
    const delta = build([N, H], (n, i) =>
      multiply(
        slope(arithmetic, kind, first.h.at(t, n, i)),
        add(dh.at(t, n, i), through(V, e, n, i)),
      ),
    )
    deltas[t] = delta
    errors[t] = e
    later = build([N, O], (n, k) => through(W, delta, n, k))
    back[t] = later
  }
  const [delta, byOutput, byNext] = [stacked(deltas), stacked(errors), stacked(behind)]
  const overTime = (array: typeof x, i: number, j: number) =>
    sumOfProducts(
      arithmetic,
      [T, N],
      (t, n) => delta.at(t, n, i),
      (t, n) => array.at(t, n, j),
    )
  const { dV, dc } = scoresGradientOf(arithmetic, second.h, V, byOutput)
  return {
    dx: build([T, N, I], (t, n, j) => through(U, deltas[t]!, n, j)),
    dU: build([H, I], (i, j) => overTime(x, i, j)),
    dW: build([H, O], (i, k) => overTime(second.before, i, k)),
    db: build([H], (i) => sum(arithmetic, [T, N], (t, n) => delta.at(t, n, i))),
    dV,
    dc,
    dO0: later,
    dy: build([T, N, O], (t, n, k) => (own ? exact(0) : byNext.at(t, n, k))),
    h: first.h,
    o: first.o,
    delta,
    back: stacked(back),
  }
}
