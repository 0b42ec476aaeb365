import { again } from '../../../reference/arithmetic/again.ts'
import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { sigmoid } from '../../../reference/layers/sigmoid.ts'
import { tanhSlope } from '../../../reference/layers/tanh.ts'

type Arrays<T> = Readonly<Record<string, NumberArray<T>>>

/** W x + U h + b, as one sum. */
function affine<T>(
  arithmetic: Arithmetic<T>,
  [W, U, b]: readonly [NumberArray<T>, NumberArray<T>, NumberArray<T>],
  x: (j: number) => T,
  h: NumberArray<T>,
): NumberArray<T> {
  const { add, multiply } = arithmetic
  const [N, X] = W.shape as [number, number]
  return build([N], (i) =>
    add(
      add(
        sum(arithmetic, [X], (j) => multiply(W.at(i, j), x(j))),
        sum(arithmetic, [N], (j) => multiply(U.at(i, j), h.at(j))),
      ),
      b.at(i),
    ),
  )
}

/** h_t = tanh(W x_t + U h_{t−1} + b), from h_0 = 0: every state. */
function states<T>(arithmetic: Arithmetic<T>, { x, W, U, b }: Arrays<T>): NumberArray<T>[] {
  const all = [build([U!.shape[0]!], () => arithmetic.exact(0))]
  for (let t = 0; t < x!.shape[0]!; t++) {
    const s = affine(arithmetic, [W!, U!, b!], (j) => x!.at(t, j), all[t]!)
    all.push(build(s.shape, (i) => arithmetic.tanh(s.at(i))))
  }
  return all
}

/** The last state of a recurrent layer. */
export function recurrent<T>(arithmetic: Arithmetic<T>, arrays: Arrays<T>): T[] {
  return [...states(arithmetic, arrays).at(-1)!.data]
}

/**
 * The gradients of ½ ‖h_T‖² by U and b, through time.
 *
 * @param twice whether the states that multiply may come from another forward pass than the slopes
 */
export function throughTime<T>(arithmetic: Arithmetic<T>, arrays: Arrays<T>, twice = true): T[] {
  const { multiply, total } = arithmetic
  const U = arrays.U!
  const [N, T] = [U.shape[0]!, arrays.x!.shape[0]!]
  const compute = () => states(arithmetic, arrays)
  const h = compute()
  const repeated = twice ? again(arithmetic, h, compute) : h
  let g = h[T]!
  const byU: T[][] = Array.from({ length: N * N }, () => [])
  const byB: T[][] = Array.from({ length: N }, () => [])
  for (let t = T; t >= 1; t--) {
    const later = g
    const q = build([N], (i) => multiply(tanhSlope(arithmetic, h[t]!.at(i)), later.at(i)))
    for (let i = 0; i < N; i++) {
      byB[i]!.push(q.at(i))
      for (let j = 0; j < N; j++) byU[i * N + j]!.push(multiply(q.at(i), repeated[t - 1]!.at(j)))
    }
    g = build([N], (j) => sum(arithmetic, [N], (i) => multiply(U.at(i, j), q.at(i))))
  }
  return [...byU, ...byB].map((terms) => total(terms))
}

/** The last state and cell of a long short-term memory. */
export function memory<T>(arithmetic: Arithmetic<T>, arrays: Arrays<T>): T[] {
  const { add, exact, multiply, tanh } = arithmetic
  const { x } = arrays
  const N = arrays.Ui!.shape[0]!
  let [h, c] = [build([N], () => exact(0)), build([N], () => exact(0))]
  for (let t = 0; t < x!.shape[0]!; t++) {
    const [before, cell] = [h, c]
    const gate = (name: string) =>
      affine(
        arithmetic,
        [arrays[`W${name}`]!, arrays[`U${name}`]!, arrays[`b${name}`]!],
        (j) => x!.at(t, j),
        before,
      )
    const [i, f, o, g] = ['i', 'f', 'o', 'g'].map(gate) as [
      NumberArray<T>,
      NumberArray<T>,
      NumberArray<T>,
      NumberArray<T>,
    ]
    c = build([N], (n) =>
      add(
        multiply(sigmoid(arithmetic, f.at(n)), cell.at(n)),
        multiply(sigmoid(arithmetic, i.at(n)), tanh(g.at(n))),
      ),
    )
    const now = c
    h = build([N], (n) => multiply(sigmoid(arithmetic, o.at(n)), tanh(now.at(n))))
  }
  return [...h.data, ...c.data]
}

/** The last state of gated recurrent units: h ← z h + (1 − z) tanh(W x + U (r h) + b). */
export function gated<T>(arithmetic: Arithmetic<T>, arrays: Arrays<T>): T[] {
  const { add, exact, multiply, subtract, tanh } = arithmetic
  const { x } = arrays
  const N = arrays.Uz!.shape[0]!
  let h = build([N], () => exact(0))
  for (let t = 0; t < x!.shape[0]!; t++) {
    const before = h
    const part = (name: string, state: NumberArray<T>) =>
      affine(
        arithmetic,
        [arrays[`W${name}`]!, arrays[`U${name}`]!, arrays[`b${name}`]!],
        (j) => x!.at(t, j),
        state,
      )
    const [sz, sr] = [part('z', before), part('r', before)]
    const z = build([N], (n) => sigmoid(arithmetic, sz.at(n)))
    const kept = build([N], (n) => multiply(sigmoid(arithmetic, sr.at(n)), before.at(n)))
    const g = part('g', kept)
    h = build([N], (n) =>
      add(multiply(z.at(n), before.at(n)), multiply(subtract(exact(1), z.at(n)), tanh(g.at(n)))),
    )
  }
  return [...h.data]
}
