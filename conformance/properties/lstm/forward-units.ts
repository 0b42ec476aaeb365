import { build, type NumberArray, stacked } from '../../../reference/arithmetic/array.ts'

type Numbers = NumberArray<number>
type Memory = Readonly<Record<'x' | 'U' | 'W' | 'b' | 'h0' | 'c0' | 'padded' | 'P', Numbers>>

/** What enters the gates and the candidate of one unit, without peepholes, and its cell before. */
export interface Unit {
  readonly into: readonly [i: number, f: number, g: number, o: number]
  readonly peepholes: readonly [i: number, f: number, o: number]
  readonly c: number
  readonly coupled: boolean
}

/** What a unit does at a step. */
export type Step = (unit: Unit) => { readonly c: number; readonly h: number }

export const sigmoid = (a: number) => 1 / (1 + Math.exp(-a))

/** What a unit is to do, but for what is done otherwise. */
export const unitWith =
  ({
    gate = sigmoid,
    squash = Math.tanh,
    shown = Math.tanh,
    cell = ({ i, f, g }, c) => f * c + i * g,
    seen = (_, next) => next,
    forget = (i) => 1 - i,
  }: {
    readonly gate?: (a: number) => number
    /** Of the candidate. */
    readonly squash?: (a: number) => number
    /** Of the cell, for the state. */
    readonly shown?: (c: number) => number
    readonly cell?: (gates: Readonly<Record<'i' | 'f' | 'g' | 'o', number>>, c: number) => number
    /** The cell that the output gate peeps at. */
    readonly seen?: (before: number, next: number) => number
    /** The forget gate where gates are coupled. */
    readonly forget?: (i: number, f: number) => number
  }): Step =>
  ({ into, peepholes, c, coupled }) => {
    const i = gate(into[0] + peepholes[0] * c)
    const own = gate(into[1] + peepholes[1] * c)
    const f = coupled ? forget(i, own) : own
    // Of the output gate before its peephole, for whoever lets it in where it does not belong.
    const next = cell({ i, f, g: squash(into[2]), o: gate(into[3]) }, c)
    return { c: next, h: gate(into[3] + peepholes[2] * seen(c, next)) * shown(next) }
  }

/** A layer of units that do something else at each step; all around them is as it should be. */
export function layerOf(
  { x, U, W, b, h0, c0, padded, P }: Memory,
  { direction, coupled }: { readonly direction: 'forward' | 'reverse'; readonly coupled: boolean },
  step: Step,
) {
  const [T, N, I] = x.shape as [number, number, number]
  const H = h0.shape[1]!
  const [states, cells] = [[] as Numbers[], [] as Numbers[]]
  let [h, c] = [h0, c0]
  for (let done = 0; done < T; done++) {
    const t = direction === 'forward' ? done : T - 1 - done
    const [before, cellBefore] = [h, c]
    const into = (gate: number, n: number, k: number) => {
      let sum = b.at(gate, k)
      for (let j = 0; j < I; j++) sum += U.at(gate, k, j) * x.at(t, n, j)
      for (let j = 0; j < H; j++) sum += W.at(gate, k, j) * before.at(n, j)
      return sum
    }
    const after = (n: number, k: number) =>
      padded.at(t, n) === 1
        ? { h: before.at(n, k), c: cellBefore.at(n, k) }
        : step({
            into: [into(0, n, k), into(1, n, k), into(2, n, k), into(3, n, k)],
            peepholes: [P.at(0, k), P.at(1, k), P.at(2, k)],
            c: cellBefore.at(n, k),
            coupled,
          })
    h = build([N, H], (n, k) => after(n, k).h)
    c = build([N, H], (n, k) => after(n, k).c)
    states[t] = h
    cells[t] = c
  }
  return { h: stacked(states), c: stacked(cells), last: h, lastCell: c }
}
