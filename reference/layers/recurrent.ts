import { again } from '../arithmetic/again.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, stacked, sum, sumOfProducts } from '../arithmetic/array.ts'
import { sigmoid, sigmoidSlope } from './sigmoid.ts'
import { tanhSlope } from './tanh.ts'

/** What a recurrent layer is given. */
export interface Recurrence<T> {
  readonly x: NumberArray<T>
  readonly U: NumberArray<T>
  readonly W: NumberArray<T>
  readonly b: NumberArray<T>
  readonly h0: NumberArray<T>
  readonly padded: NumberArray<T>
}

/** Its activation, and which step is done first. */
export interface Kind {
  readonly activation: 'tanh' | 'sigmoid' | 'relu' | 'linear'
  readonly direction: 'forward' | 'reverse'
}

type Three = [number, number, number]

/** The steps in the order in which they are done. */
function steps(T: number, { direction }: Pick<Kind, 'direction'>): readonly number[] {
  const inTime = Array.from({ length: T }, (_, t) => t)
  return direction === 'forward' ? inTime : inTime.toReversed()
}

/** φ, of what enters a unit. */
export function activate<T>(
  arithmetic: Arithmetic<T>,
  { activation }: Pick<Kind, 'activation'>,
  a: T,
): T {
  const { exact, maximum, tanh } = arithmetic
  if (activation === 'linear') return a
  if (activation === 'sigmoid') return sigmoid(arithmetic, a)
  return activation === 'tanh' ? tanh(a) : maximum([exact(0), a])
}

/** φ′ where the activation gives h. */
export function slope<T>(
  arithmetic: Arithmetic<T>,
  { activation }: Pick<Kind, 'activation'>,
  h: T,
): T {
  const { exact, less } = arithmetic
  if (activation === 'sigmoid') return sigmoidSlope(arithmetic, h)
  if (activation === 'tanh') return tanhSlope(arithmetic, h)
  return exact(activation === 'linear' || less(exact(0), h) ? 1 : 0)
}

/**
 * The states of a recurrent layer after every step, and before it.
 *
 * Formula    h_t[n,i] = φ(Σ_j U[i,j] x_t[n,j] + Σ_j W[i,j] h_{t−1}[n,j] + b[i]); h_{t−1}[n,i] where
 *            step t of sequence n is padding; in reverse t + 1 for t − 1
 * Shapes     x: [T, N, I], U: [H, I], W: [H, H], b: [H], h0: [N, H], padded: [T, N] →
 *            h, before: [T, N, H], last: [N, H]
 * Edges      nothing of a padded step is read but its state before
 * Source     Goodfellow, Bengio, Courville (2016), equations 10.8 and 10.9
 */
export function recurrence<T>(
  arithmetic: Arithmetic<T>,
  { x, U, W, b, h0, padded }: Recurrence<T>,
  kind: Kind,
) {
  const { multiply, toNumber, total } = arithmetic
  const [T, N, I] = x.shape as Three
  const H = b.shape[0]!
  const [h, before] = [[] as NumberArray<T>[], [] as NumberArray<T>[]]
  let state = h0
  for (const t of steps(T, kind)) {
    const previous = state
    before[t] = previous
    state = build([N, H], (n, i) => {
      if (toNumber(padded.at(t, n)) === 1) return previous.at(n, i)
      const a = total([
        sum(arithmetic, [I], (j) => multiply(U.at(i, j), x.at(t, n, j))),
        sum(arithmetic, [H], (j) => multiply(W.at(i, j), previous.at(n, j))),
        b.at(i),
      ])
      return activate(arithmetic, kind, a)
    })
    h[t] = state
  }
  return { h: stacked(h), before: stacked(before), last: state }
}

/**
 * Gradients of a recurrent layer, of the loss Σ ⟨dh, h⟩ + ⟨dLast, last⟩, written out as sums over time.
 *
 * Formula    g_t = dh_t + W^T δ_{t+1}, δ_t = φ′(a_t) g_t, with dLast for W^T δ at the end;
 *            where step t of sequence n is padding, δ_t = 0 and g_t goes on to the step before;
 *            dU = Σ_t Σ_n δ_t x_tᵀ, dW = Σ_t Σ_n δ_t h_{t−1}ᵀ, db = Σ_t Σ_n δ_t,
 *            dx_t = U^T δ_t, dH0 = W^T δ_1; back_t = W^T δ_t, and g_t where padded
 * Shapes     dh: [T, N, H], dLast: [N, H] → each gradient as what it belongs to; h, delta, back: [T, N, H]
 * Edges      φ′(0) = 0 of the rectifier
 * Precision  slopes and states may come from two forward passes
 * Source     Goodfellow, Bengio, Courville (2016), equations 10.18 to 10.28
 */
export function recurrenceGradient<T>(
  arithmetic: Arithmetic<T>,
  inputs: Recurrence<T>,
  [dh, dLast]: readonly [NumberArray<T>, NumberArray<T>],
  kind: Kind,
  first = recurrence(arithmetic, inputs, kind),
) {
  const { add, exact, multiply, toNumber } = arithmetic
  const { x, U, W, padded } = inputs
  const [T, N, I] = x.shape as Three
  const H = dLast.shape[1]!
  const { before } = again(arithmetic, first, () => recurrence(arithmetic, inputs, kind))
  const isPadding = (t: number, n: number) => toNumber(padded.at(t, n)) === 1

  const deltas: NumberArray<T>[] = []
  const back: NumberArray<T>[] = []
  let later = dLast
  for (const t of steps(T, kind).toReversed()) {
    const behind = later
    const g = build([N, H], (n, i) => add(dh.at(t, n, i), behind.at(n, i)))
    const delta = build([N, H], (n, i) =>
      isPadding(t, n)
        ? exact(0)
        : multiply(slope(arithmetic, kind, first.h.at(t, n, i)), g.at(n, i)),
    )
    deltas[t] = delta
    later = build([N, H], (n, j) =>
      isPadding(t, n)
        ? g.at(n, j)
        : sumOfProducts(
            arithmetic,
            [H],
            (i) => W.at(i, j),
            (i) => delta.at(n, i),
          ),
    )
    back[t] = later
  }
  const delta = stacked(deltas)
  // A padded step may hold anything, and nothing of it counts.
  const counted = (array: NumberArray<T>, t: number, n: number, j: number) =>
    isPadding(t, n) ? exact(0) : array.at(t, n, j)
  const overTime = (array: NumberArray<T>, i: number, j: number) =>
    sumOfProducts(
      arithmetic,
      [T, N],
      (t, n) => delta.at(t, n, i),
      (t, n) => counted(array, t, n, j),
    )
  return {
    dx: build([T, N, I], (t, n, j) =>
      sumOfProducts(
        arithmetic,
        [H],
        (i) => U.at(i, j),
        (i) => delta.at(t, n, i),
      ),
    ),
    dU: build([H, I], (i, j) => overTime(x, i, j)),
    dW: build([H, H], (i, j) => overTime(before, i, j)),
    db: build([H], (i) => sum(arithmetic, [T, N], (t, n) => delta.at(t, n, i))),
    dH0: later,
    h: first.h,
    delta,
    back: stacked(back),
  }
}
