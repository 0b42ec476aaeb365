import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, memberOf, type NumberArray, stacked, sum } from '../arithmetic/array.ts'
import { sigmoid } from '../layers/sigmoid.ts'

/** What a layer of long short-term memory is given. */
export type Memory<T> = Readonly<
  Record<'x' | 'U' | 'W' | 'b' | 'h0' | 'c0' | 'padded' | 'P', NumberArray<T>>
>

/** Which step is done first, and whether the forget gate follows from the input gate. */
export interface Kind {
  readonly direction: 'forward' | 'reverse'
  readonly coupled: boolean
}

/** The places of the gates and of the candidate on their axis. */
export const [inputGate, forgetGate, candidate, outputGate] = [0, 1, 2, 3] as const

/** The places of the peepholes on theirs. */
export const [inputPeephole, forgetPeephole, outputPeephole] = [0, 1, 2] as const

/** The steps in the order in which they are done. */
export function inOrder(T: number, { direction }: Pick<Kind, 'direction'>): readonly number[] {
  const inTime = Array.from({ length: T }, (_, t) => t)
  return direction === 'forward' ? inTime : inTime.toReversed()
}

/** What belongs to a step, each N × H: gates, candidate, cell and state, and both before it. */
type StepOf<T> = Readonly<
  Record<'i' | 'f' | 'g' | 'o' | 'c' | 'h' | 'before' | 'cellBefore', NumberArray<T>>
>

/**
 * One step of a layer of long short-term memory; zeros for sequences that are skipped.
 *
 * Formula    i = σ(U_i x + W_i h + P_i c + b_i), f = σ(U_f x + W_f h + P_f c + b_f) or 1 − i where gates
 *            are coupled, g = tanh(U_g x + W_g h + b_g), c′ = f c + i g,
 *            o = σ(U_o x + W_o h + P_o c′ + b_o), h′ = o tanh c′
 * Source     Gers, Schmidhuber, Cummins (2000), section 3; Greff et al. (2017), section II
 */
function step<T>(
  arithmetic: Arithmetic<T>,
  { x, U, W, b, P }: Omit<Memory<T>, 'h0' | 'c0' | 'padded'>,
  [h, c]: readonly [NumberArray<T>, NumberArray<T>],
  coupled: boolean,
  isSkipped: (n: number) => boolean,
) {
  const { add, exact, multiply, subtract, tanh, total } = arithmetic
  const [H, I] = [h.shape[1]!, x.shape[1]!]
  const unitwise = (value: (n: number, k: number) => T) =>
    build(h.shape, (n, k) => (isSkipped(n) ? exact(0) : value(n, k)))
  const entering = (gate: number, n: number, k: number, ...others: readonly T[]) =>
    total([
      sum(arithmetic, [I], (j) => multiply(U.at(gate, k, j), x.at(n, j))),
      sum(arithmetic, [H], (j) => multiply(W.at(gate, k, j), h.at(n, j))),
      ...others,
      b.at(gate, k),
    ])
  const gateOf = (gate: number, peephole: number, cell: NumberArray<T>) =>
    unitwise((n, k) => {
      const seen = multiply(P.at(peephole, k), cell.at(n, k))
      return sigmoid(arithmetic, entering(gate, n, k, seen))
    })
  const i = gateOf(inputGate, inputPeephole, c)
  const f = coupled
    ? unitwise((n, k) => subtract(exact(1), i.at(n, k)))
    : gateOf(forgetGate, forgetPeephole, c)
  const g = unitwise((n, k) => tanh(entering(candidate, n, k)))
  const cell = unitwise((n, k) =>
    add(multiply(f.at(n, k), c.at(n, k)), multiply(i.at(n, k), g.at(n, k))),
  )
  const o = gateOf(outputGate, outputPeephole, cell)
  return { i, f, g, o, c: cell, h: unitwise((n, k) => multiply(o.at(n, k), tanh(cell.at(n, k)))) }
}

/**
 * The gates, cells and states of a layer of long short-term memory at every step, and the cells and
 * states before it.
 *
 * Formula    as of one step; where step t of sequence n is padding, cell and state stay; in reverse
 *            t + 1 for t − 1
 * Shapes     x: [T, N, I], U: [4, H, I], W: [4, H, H], b: [4, H], h0, c0: [N, H], padded: [T, N],
 *            P: [3, H] → i, f, g, o, c, h, cellBefore, before: [T, N, H], last, lastCell: [N, H]
 * Edges      nothing of a padded step is read but what was before; its gates are 0
 */
export function cells<T>(arithmetic: Arithmetic<T>, inputs: Memory<T>, kind: Kind) {
  const { x, h0, c0, padded } = inputs
  const isPadding = (t: number, n: number) => arithmetic.toNumber(padded.at(t, n)) === 1
  const each: StepOf<T>[] = []
  let [before, cellBefore] = [h0, c0]
  for (const t of inOrder(x.shape[0]!, kind)) {
    const isSkipped = (n: number) => isPadding(t, n)
    const [stays, cellStays] = [before, cellBefore]
    const own = { ...inputs, x: memberOf(x, t) }
    const computed = step(arithmetic, own, [stays, cellStays], kind.coupled, isSkipped)
    const h = build(h0.shape, (n, k) => (isSkipped(n) ? stays : computed.h).at(n, k))
    const c = build(c0.shape, (n, k) => (isSkipped(n) ? cellStays : computed.c).at(n, k))
    each[t] = { ...computed, h, c, before, cellBefore }
    before = h
    cellBefore = c
  }
  const over = (name: keyof StepOf<T>) => stacked(each.map((one) => one[name]))
  return {
    i: over('i'),
    f: over('f'),
    g: over('g'),
    o: over('o'),
    c: over('c'),
    h: over('h'),
    before: over('before'),
    cellBefore: over('cellBefore'),
    last: before,
    lastCell: cellBefore,
  }
}
