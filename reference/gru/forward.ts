import type { forwardGradient as gradientSpec, forward as spec } from '../../spec/gru/forward.ts'
import { again } from '../arithmetic/again.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, memberOf, type NumberArray, sum, sumOfProducts } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { type Back, candidate, type Step, step, stepBack, type Weights } from './forward-step.ts'

type Layer<T> = Weights<T> & Readonly<Record<'x' | 'h0' | 'padded', NumberArray<T>>>
type Kind = Parameters<Reference<typeof spec>>[2]
type Three = [number, number, number]

/** The steps in the order in which they are done. */
function steps(T: number, { direction }: Kind): readonly number[] {
  const inTime = Array.from({ length: T }, (_, t) => t)
  return direction === 'forward' ? inTime : inTime.toReversed()
}

/** The state before each step of a sequence, what the step makes of it, `null` for padding, and the last state. */
interface Sequence<T> {
  readonly before: readonly NumberArray<T>[]
  readonly done: readonly (Step<T> | null)[]
  readonly last: NumberArray<T>
}

/** All steps of sequence n. */
function sequence<T>(
  arithmetic: Arithmetic<T>,
  { x, h0, padded, ...weights }: Layer<T>,
  kind: Kind,
  n: number,
): Sequence<T> {
  const before: NumberArray<T>[] = []
  const done: (Step<T> | null)[] = []
  let last = memberOf(h0, n)
  for (const t of steps(x.shape[0]!, kind)) {
    const isPadding = arithmetic.toNumber(padded.at(t, n)) === 1
    const input = memberOf(memberOf(x, t), n)
    before[t] = last
    done[t] = isPadding ? null : step(arithmetic, weights, kind.reset, input, last)
    last = done[t]?.h ?? last
  }
  return { before, done, last }
}

/** What comes back through every step of a sequence, `null` and the derivative by its state where it is padding. */
function returning<T>(
  arithmetic: Arithmetic<T>,
  { before, done }: Sequence<T>,
  { W, dh, dLast }: Readonly<Record<'W' | 'dh' | 'dLast', NumberArray<T>>>,
  kind: Kind,
  n: number,
) {
  const ways: (Back<T> | null)[] = []
  const back: NumberArray<T>[] = []
  let later = memberOf(dLast, n)
  for (const t of steps(dh.shape[0]!, kind).toReversed()) {
    const behind = later
    const g = build(behind.shape, (i) => arithmetic.add(dh.at(t, n, i), behind.at(i)))
    const made = done[t]!
    ways[t] = made && stepBack(arithmetic, W, kind.reset, made, before[t]!, g)
    later = ways[t]?.back ?? g
    back[t] = later
  }
  return { ways, back, first: later }
}

/** The states after every step of all sequences. */
function states<T>(all: readonly Sequence<T>[], [T, N, H]: Three): NumberArray<T> {
  return build([T, N, H], (t, n, i) => (all[n]!.done[t]?.h ?? all[n]!.before[t]!).at(i))
}

/**
 * Gated recurrent units.
 *
 * Formula    z = σ(U_z x_t + W_z h_{t−1} + b_z), r = σ(U_r x_t + W_r h_{t−1} + b_r),
 *            n = tanh(U_n x_t + b_n + W_n (r ⊙ h_{t−1}) + b_m), or
 *            n = tanh(U_n x_t + b_n + r ⊙ (W_n h_{t−1} + b_m)) where the reset comes after the product,
 *            h_t = z ⊙ h_{t−1} + (1 − z) ⊙ n; h_{t−1} where step t is padding; in reverse t + 1 for
 *            t − 1
 * Clauses    gru.forward.state, gru.forward.gradient, gru.forward.sequences,
 *            gru.forward.closed-gates, gru.merged-gate
 * Shapes     x: [T, N, I], U: [3, H, I], W: [3, H, H], b: [3, H], bn: [H], h0: [N, H],
 *            padded: [T, N] → h: [T, N, H], last: [N, H]
 * Edges      nothing of a padded step is read but its state before
 * Source     Cho et al. (2014), equations 5 to 8
 * Example    one unit, all weights and biases 0, h0 = 1, two steps → z = 1/2, h = 1/2, 1/4
 */
export const forward: Reference<typeof spec> = (arithmetic, inputs, kind, note) => {
  const [T, N] = inputs.x.shape as Three
  const H = inputs.bn.shape[0]!
  const all = Array.from({ length: N }, (_, n) => sequence(arithmetic, inputs, kind, n))
  for (const name of ['z', 'r', 'n'] as const) {
    note?.(
      name,
      build([T, N, H], (t, n, i) => all[n]!.done[t]?.[name].at(i) ?? arithmetic.exact(0)),
    )
  }
  return { h: states(all, [T, N, H]), last: build([N, H], (n, i) => all[n]!.last.at(i)) }
}

/**
 * Gradients of gated recurrent units, through time, of the loss Σ ⟨dh, h⟩ + ⟨dLast, last⟩.
 *
 * Formula    g_t = dh_t + back_{t+1}, the last with dLast for back;
 *            δ_n = g (1 − z)(1 − n²), δ_z = g (h_{t−1} − n) z (1 − z), δ_r = m r (1 − r),
 *            back_t = g z + W_zᵀ δ_z + W_rᵀ δ_r + k, where with the reset before the product
 *            m = (W_nᵀ δ_n) h_{t−1} and k = (W_nᵀ δ_n) r, and after it m = δ_n (W_n h_{t−1} + b_m) and
 *            k = W_nᵀ (δ_n r);
 *            dU = Σ_t δ x_tᵀ, db = Σ_t δ, dx_t = Σ Uᵀ δ, over z, r and n, dW_z = Σ_t δ_z h_{t−1}ᵀ,
 *            dW_r = Σ_t δ_r h_{t−1}ᵀ, and dW_n = Σ_t δ_n (r h_{t−1})ᵀ, dBn = Σ_t δ_n, or
 *            dW_n = Σ_t (δ_n r) h_{t−1}ᵀ, dBn = Σ_t δ_n r; dH0 = back_1
 * Clauses    gru.forward.gradient
 * Shapes     as of the layer, dh: [T, N, H], dLast: [N, H]; each gradient as what it belongs to,
 *            h, back: [T, N, H]
 * Edges      a padded step gives its gradient on to the step before and adds to nothing else
 * Precision  gates and the states that multiply may come from two forward passes
 * Source     Cho et al. (2014), equations 5 to 8, by differentiation
 * Example    one unit, all weights and biases 0, h0 = 1, one step, dLast = 1 → z = 1/2, n = 0,
 *            dH0 = 1/2, db = 1/4, 0, 1/2
 */
export const forwardGradient: Reference<typeof gradientSpec> = (arithmetic, inputs, kind) => {
  const { exact, multiply } = arithmetic
  const { x, U } = inputs
  const [T, N, I] = x.shape as Three
  const [G, H] = U.shape as Three
  const compute = () => Array.from({ length: N }, (_, n) => sequence(arithmetic, inputs, kind, n))
  const passed = compute()
  const repeated = again(arithmetic, passed, compute)
  const returned = passed.map((one, n) => returning(arithmetic, one, inputs, kind, n))

  const nothing = exact(0)
  const isPadding = (t: number, n: number) => passed[n]!.done[t] === null
  const delta = (t: number, n: number, g: number, i: number) =>
    returned[n]!.ways[t]?.delta.at(g, i) ?? nothing
  const recurrent = (t: number, n: number, g: number, i: number) =>
    returned[n]!.ways[t]?.recurrent.at(g, i) ?? nothing
  // A padded step may hold anything, and nothing of it counts.
  const entering = (t: number, n: number, j: number) => (isPadding(t, n) ? nothing : x.at(t, n, j))
  const weighed = (t: number, n: number, g: number, j: number) => {
    const { before, done } = repeated[n]!
    const h = before[t]!.at(j)
    const isReset = kind.reset === 'before' && g === candidate
    return isReset && done[t] ? multiply(done[t].r.at(j), h) : h
  }
  return {
    dx: build([T, N, I], (t, n, j) =>
      sumOfProducts(
        arithmetic,
        [G, H],
        (g, i) => U.at(g, i, j),
        (g, i) => delta(t, n, g, i),
      ),
    ),
    dU: build([G, H, I], (g, i, j) =>
      sumOfProducts(
        arithmetic,
        [T, N],
        (t, n) => delta(t, n, g, i),
        (t, n) => entering(t, n, j),
      ),
    ),
    dW: build([G, H, H], (g, i, j) =>
      sumOfProducts(
        arithmetic,
        [T, N],
        (t, n) => recurrent(t, n, g, i),
        (t, n) => weighed(t, n, g, j),
      ),
    ),
    db: build([G, H], (g, i) => sum(arithmetic, [T, N], (t, n) => delta(t, n, g, i))),
    dBn: build([H], (i) => sum(arithmetic, [T, N], (t, n) => recurrent(t, n, candidate, i))),
    dH0: build([N, H], (n, i) => returned[n]!.first.at(i)),
    h: states(passed, [T, N, H]),
    back: build([T, N, H], (t, n, i) => returned[n]!.back[t]!.at(i)),
  }
}
