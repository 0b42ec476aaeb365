import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum, sumOfProducts } from '../arithmetic/array.ts'
import { sigmoid, sigmoidSlope } from '../layers/sigmoid.ts'
import { tanhSlope } from '../layers/tanh.ts'

type Vector<T> = NumberArray<T>

/** The weights and biases of the update gate z, the reset gate r and the candidate n, in this order. */
export type Weights<T> = Readonly<Record<'U' | 'W' | 'b' | 'bn', NumberArray<T>>>

/** Where the reset gate comes. */
export type Reset = 'before' | 'after'

/** What one step makes of an input and of the state before it. */
export interface Step<T> {
  readonly z: Vector<T>
  readonly r: Vector<T>
  readonly n: Vector<T>
  /** What the recurrent weights of the candidate make of the state, with its bias. */
  readonly s: Vector<T>
  readonly h: Vector<T>
}

const [update, reset] = [0, 1]
/** The place of the candidate among the gates. */
export const candidate = 2

/**
 * One step of one sequence.
 *
 * Formula    z = σ(U_z x + W_z h + b_z), r = σ(U_r x + W_r h + b_r),
 *            n = tanh(U_n x + b_n + W_n (r ⊙ h) + b_m), or tanh(U_n x + b_n + r ⊙ s), s = W_n h + b_m,
 *            and then z ⊙ h + (1 − z) ⊙ n
 * Shapes     U: [3, H, I], W: [3, H, H], b: [3, H], bn: [H], x: [I], h: [H] → each [H]
 * Source     Cho et al. (2014), equations 5 to 8
 */
export function step<T>(
  arithmetic: Arithmetic<T>,
  { U, W, b, bn }: Weights<T>,
  when: Reset,
  x: Vector<T>,
  h: Vector<T>,
): Step<T> {
  const { add, exact, multiply, subtract, tanh, total } = arithmetic
  const ofInput = (gate: number, i: number) =>
    sum(arithmetic, x.shape, (j) => multiply(U.at(gate, i, j), x.at(j)))
  const ofState = (gate: number, i: number, state: Vector<T>) =>
    sum(arithmetic, h.shape, (j) => multiply(W.at(gate, i, j), state.at(j)))
  const each = (value: (i: number) => T) => build(h.shape, value)

  const opened = (gate: number) =>
    each((i) => sigmoid(arithmetic, total([ofInput(gate, i), ofState(gate, i, h), b.at(gate, i)])))
  const [z, r] = [opened(update), opened(reset)]
  const s = each((i) => add(ofState(candidate, i, h), bn.at(i)))
  const rh = each((i) => multiply(r.at(i), h.at(i)))
  const before = (i: number) =>
    total([ofInput(candidate, i), b.at(candidate, i), ofState(candidate, i, rh), bn.at(i)])
  const after = (i: number) =>
    total([ofInput(candidate, i), b.at(candidate, i), multiply(r.at(i), s.at(i))])
  const n = each((i) => tanh(when === 'before' ? before(i) : after(i)))
  const taken = each((i) => subtract(exact(1), z.at(i)))
  const next = each((i) => add(multiply(z.at(i), h.at(i)), multiply(taken.at(i), n.at(i))))
  return { z, r, n, s, h: next }
}

/** The derivatives by what enters the gates of one step, and by the state before it. */
export interface Back<T> {
  /** By the sums of z, r and n, a row each. */
  readonly delta: NumberArray<T>
  /** By what the recurrent weights of each give. */
  readonly recurrent: NumberArray<T>
  readonly back: Vector<T>
}

/**
 * One step back of one sequence, from the derivative g by the state after it.
 *
 * Formula    δ_n = g (1 − z)(1 − n²), δ_z = g (h − n) z (1 − z), δ_r = m r (1 − r),
 *            back = g z + W_zᵀ δ_z + W_rᵀ δ_r + k, where with the reset before the product
 *            m = (W_nᵀ δ_n) h and k = (W_nᵀ δ_n) r, and after it m = δ_n s and k = W_nᵀ (δ_n r)
 * Shapes     W: [3, H, H], h, g: [H] → delta, recurrent: [3, H], back: [H]
 * Source     Cho et al. (2014), equations 5 to 8, by differentiation
 */
export function stepBack<T>(
  arithmetic: Arithmetic<T>,
  W: NumberArray<T>,
  when: Reset,
  { z, r, n, s }: Step<T>,
  h: Vector<T>,
  g: Vector<T>,
): Back<T> {
  const { exact, multiply, subtract, total } = arithmetic
  const each = (value: (i: number) => T) => build(h.shape, value)
  const product = (...factors: readonly [T, ...T[]]) => factors.reduce(multiply)
  const through = (gate: number, j: number, delta: Vector<T>) =>
    sumOfProducts(
      arithmetic,
      h.shape,
      (i) => W.at(gate, i, j),
      (i) => delta.at(i),
    )
  const taken = each((i) => subtract(exact(1), z.at(i)))
  const deltaN = each((i) => product(g.at(i), taken.at(i), tanhSlope(arithmetic, n.at(i))))
  const deltaZ = each((i) =>
    product(g.at(i), subtract(h.at(i), n.at(i)), sigmoidSlope(arithmetic, z.at(i))),
  )

  const throughR = each((i) => multiply(deltaN.at(i), r.at(i)))
  const weighed = each((j) => through(candidate, j, deltaN))
  const m = (i: number) =>
    when === 'before' ? multiply(weighed.at(i), h.at(i)) : multiply(deltaN.at(i), s.at(i))
  const deltaR = each((i) => multiply(m(i), sigmoidSlope(arithmetic, r.at(i))))
  const k = (j: number) =>
    when === 'before' ? multiply(weighed.at(j), r.at(j)) : through(candidate, j, throughR)
  const back = each((j) =>
    total([
      multiply(g.at(j), z.at(j)),
      through(update, j, deltaZ),
      through(reset, j, deltaR),
      k(j),
    ]),
  )

  const rows = (...vectors: readonly Vector<T>[]) =>
    build([3, h.shape[0]!], (gate, i) => vectors[gate]!.at(i))
  return {
    delta: rows(deltaZ, deltaR, deltaN),
    recurrent: rows(deltaZ, deltaR, when === 'before' ? deltaN : throughR),
    back,
  }
}
