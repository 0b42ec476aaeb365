import type {
  deepTransitionGradient as gradientSpec,
  deepTransition as spec,
} from '../../spec/rnn/deep-transition.ts'
import { again } from '../arithmetic/again.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, stacked, sum, sumOfProducts } from '../arithmetic/array.ts'
import { activate, type Kind, slope } from '../layers/recurrent.ts'
import type { Reference } from '../reference.ts'

type Name = 'x' | 'U' | 'W' | 'A' | 'S' | 'b' | 'h0' | 'padded'
type Layer<T> = Readonly<Record<Name, NumberArray<T>>>

/** The steps in the order in which they are done. */
function steps(T: number, { direction }: Kind): readonly number[] {
  const inTime = Array.from({ length: T }, (_, t) => t)
  return direction === 'forward' ? inTime : inTime.toReversed()
}

/** What every layer gives at every step, the state last, and the states before. */
function transitions<T>(arithmetic: Arithmetic<T>, inputs: Layer<T>, kind: Kind) {
  const { exact, multiply, toNumber, total } = arithmetic
  const { x, U, W, A, S, b, h0, padded } = inputs
  const [L, H] = b.shape as [number, number]
  const [length, N, I] = x.shape as [number, number, number]
  const product = (M: (j: number) => T, v: (j: number) => T, count: number) =>
    sum(arithmetic, [count], (j) => multiply(M(j), v(j)))
  const [z, before] = [[] as NumberArray<T>[][], [] as NumberArray<T>[]]
  let state = h0
  for (const t of steps(length, kind)) {
    const previous = state
    const isPadding = (n: number) => toNumber(padded.at(t, n)) === 1
    const given: NumberArray<T>[] = []
    for (let l = 0; l < L; l++) {
      const ofState = (M: NumberArray<T>, n: number, i: number) =>
        product(
          (j) => M.at(i, j),
          (j) => previous.at(n, j),
          H,
        )
      const entering = (n: number, i: number): T[] => {
        const first = l === 0
        const ways = first
          ? [
              product(
                (j) => U.at(i, j),
                (j) => x.at(t, n, j),
                I,
              ),
              ofState(W, n, i),
            ]
          : [
              product(
                (j) => A.at(l - 1, i, j),
                (j) => given[l - 1]!.at(n, j),
                H,
              ),
            ]
        return l === L - 1 ? [...ways, ofState(S, n, i)] : ways
      }
      given[l] = build([N, H], (n, i) => {
        if (isPadding(n)) return l === L - 1 ? previous.at(n, i) : exact(0)
        return activate(arithmetic, kind, total([...entering(n, i), b.at(l, i)]))
      })
    }
    z[t] = given
    before[t] = previous
    state = given[L - 1]!
  }
  const layer = (l: number) => stacked(z.map((given) => given[l]!))
  return { z: Array.from({ length: L }, (_, l) => layer(l)), before: stacked(before), last: state }
}

/**
 * Recurrent layer with a deep transition.
 *
 * Formula    z_1 = φ(U x_t + W h_{t−1} + b_1), z_l = φ(A_l z_{l−1} + b_l), h_t = z_L, to which S h_{t−1} is added
 *            before the activation; h_{t−1} where step t is padding; in reverse t + 1 for t − 1
 * Clauses    rnn.deep-transition
 * Shapes     x: [T, N, I], U: [H, I], W, S: [H, H], A: [L − 1, H, H], b: [L, H], h0: [N, H], padded: [T, N] →
 *            h: [T, N, H], last: [N, H]
 * Edges      nothing of a padded step is read but its state before
 * Source     Pascanu, Gulcehre, Cho, Bengio (2014), section 3
 * Example    one unit without activation, two layers, U = W = 1, A = 2, S = 1, h0 = 1, x = 1, 0 → h = 5, 15
 */
export const deepTransition: Reference<typeof spec> = (arithmetic, inputs, kind) => {
  const { z, last } = transitions(arithmetic, inputs, kind)
  return { h: z.at(-1)!, last }
}

/**
 * Gradients of a recurrent layer with a deep transition, of the loss Σ ⟨dh, h⟩ + ⟨dLast, last⟩.
 *
 * Formula    δ_{L,t} = φ′(h_t) (dh_t + back_{t+1}), δ_{l−1,t} = φ′(z_{l−1,t}) A_lᵀ δ_{l,t},
 *            back_t = Wᵀ δ_{1,t} + Sᵀ δ_{L,t}, dLast for it at the end, and where step t is padding what arrives;
 *            dU = Σ δ_1 xᵀ, dW = Σ δ_1 h_{t−1}ᵀ, dA_l = Σ δ_l z_{l−1}ᵀ, dS = Σ δ_L h_{t−1}ᵀ, db_l = Σ δ_l,
 *            dx_t = Uᵀ δ_{1,t}, dH0 = back_1
 * Clauses    rnn.deep-transition
 * Shapes     as of the layer, dh: [T, N, H], dLast: [N, H]; each gradient as what it belongs to;
 *            h, back: [T, N, H], inner: [T, L − 1, N, H], delta: [T, L, N, H]
 * Edges      a padded step gives its gradient on to the step before and adds to nothing else; φ′(0) = 0 of the
 *            rectifier
 * Precision  slopes and states may come from two forward passes
 * Source     Pascanu, Gulcehre, Cho, Bengio (2014), section 3, by the chain rule
 * Example    one unit without activation, two layers, U = W = 1, A = 2, S = 1, h0 = 1, x = 1, 0, dLast = 1 →
 *            dH0 = 9, dW = 2 · 5 + 6 · 1 = 16, dA = 5 + 3 · 2 = 11, dS = 5 + 3 · 1 = 8
 */
export const deepTransitionGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { dh, dLast, ...inputs },
  kind,
) => {
  const { add, exact, multiply, toNumber } = arithmetic
  const { x, U, W, A, S, b, padded } = inputs
  const [L, H] = b.shape as [number, number]
  const [T, N, I] = x.shape as [number, number, number]
  const first = transitions(arithmetic, inputs, kind)
  const second = again(arithmetic, first, () => transitions(arithmetic, inputs, kind))
  type Element = ReturnType<typeof add>
  const isPadding = (t: number, n: number) => toNumber(padded.at(t, n)) === 1
  const through = (M: (i: number) => Element, delta: NumberArray<Element>, n: number) =>
    sumOfProducts(arithmetic, [H], M, (i) => delta.at(n, i))

  const deltas = Array.from({ length: L }, () => [] as NumberArray<Element>[])
  const back: NumberArray<Element>[] = []
  let later = dLast
  for (const t of steps(T, kind).toReversed()) {
    const behind = later
    const g = build([N, H], (n, i) => add(dh.at(t, n, i), behind.at(n, i)))
    let arriving = g
    for (let l = L - 1; l >= 0; l--) {
      const own = arriving
      const delta = build([N, H], (n, i) =>
        isPadding(t, n)
          ? exact(0)
          : multiply(slope(arithmetic, kind, first.z[l]!.at(t, n, i)), own.at(n, i)),
      )
      deltas[l]![t] = delta
      if (l > 0) arriving = build([N, H], (n, j) => through((i) => A.at(l - 1, i, j), delta, n))
    }
    const [ofFirst, ofLast] = [deltas[0]![t]!, deltas[L - 1]![t]!]
    later = build([N, H], (n, j) =>
      isPadding(t, n)
        ? g.at(n, j)
        : sumOfProducts(
            arithmetic,
            [2, H],
            (way, i) => (way === 0 ? W : S).at(i!, j),
            (way, i) => (way === 0 ? ofFirst : ofLast).at(n, i!),
          ),
    )
    back[t] = later
  }
  const delta = deltas.map(stacked)
  const overTime = (l: number, given: NumberArray<Element>, i: number, j: number) =>
    sumOfProducts(
      arithmetic,
      [T, N],
      (t, n) => delta[l]!.at(t!, n!, i),
      // A padded step may hold anything, and nothing of it counts.
      (t, n) => (isPadding(t!, n!) ? exact(0) : given.at(t!, n!, j)),
    )
  return {
    dx: build([T, N, I], (t, n, j) =>
      sumOfProducts(
        arithmetic,
        [H],
        (i) => U.at(i, j),
        (i) => delta[0]!.at(t, n, i),
      ),
    ),
    dU: build([H, I], (i, j) => overTime(0, x, i, j)),
    dW: build([H, H], (i, j) => overTime(0, second.before, i, j)),
    dA: build([L - 1, H, H], (l, i, j) => overTime(l + 1, second.z[l]!, i, j)),
    dS: build([H, H], (i, j) => overTime(L - 1, second.before, i, j)),
    db: build([L, H], (l, i) => sum(arithmetic, [T, N], (t, n) => delta[l]!.at(t!, n!, i))),
    dH0: later,
    h: first.z.at(-1)!,
    inner: build([T, L - 1, N, H], (t, l, n, i) => first.z[l]!.at(t, n, i)),
    delta: build([T, L, N, H], (t, l, n, i) => delta[l]!.at(t, n, i)),
    back: stacked(back),
  }
}
