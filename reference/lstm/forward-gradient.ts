import { again } from '../arithmetic/again.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, stacked, sum, sumOfProducts } from '../arithmetic/array.ts'
import { sigmoidSlope } from '../layers/sigmoid.ts'
import { tanhSlope } from '../layers/tanh.ts'
import {
  candidate,
  cells,
  forgetGate,
  forgetPeephole,
  inOrder,
  inputGate,
  inputPeephole,
  type Kind,
  type Memory,
  outputGate,
  outputPeephole,
} from './forward-cells.ts'

/** What arrives at the states and cells of every step, and at the last ones. */
export type Arriving<T> = Readonly<Record<'dh' | 'dc' | 'dLast' | 'dLastCell', NumberArray<T>>>

/**
 * Gradients of a layer of long short-term memory, of ⟨dh, h⟩ + ⟨dc, c⟩ + ⟨dLast, last⟩ +
 * ⟨dLastCell, lastCell⟩, written out as sums over time.
 *
 * Formula    η_t = dh_t + back_{t+1}, δo_t = η_t tanh c_t σ′(o_t),
 *            γ_t = dc_t + backCell_{t+1} + η_t o_t tanh′(c_t) + P_o δo_t,
 *            δi_t = γ_t g_t σ′(i_t), δf_t = γ_t c_{t−1} σ′(f_t), δg_t = γ_t i_t tanh′(g_t); where gates are
 *            coupled, δf_t = 0 and δi_t = γ_t (g_t − c_{t−1}) σ′(i_t);
 *            back_t = Σ_gates W^T δ_t, backCell_t = γ_t f_t + P_i δi_t + P_f δf_t;
 *            dU = Σ_t δ_t x_tᵀ, dW = Σ_t δ_t h_{t−1}ᵀ, db = Σ_t δ_t, dx_t = Σ_gates U^T δ_t,
 *            dP_i = Σ_t δi_t c_{t−1}, dP_f = Σ_t δf_t c_{t−1}, dP_o = Σ_t δo_t c_t;
 *            where step t of a sequence is padding, δ_t = 0, back_t = η_t, backCell_t = dc_t + backCell_{t+1}
 * Shapes     dh, dc: [T, N, H], dLast, dLastCell: [N, H] → each gradient as what it belongs to; h, c,
 *            back, backCell: [T, N, H], delta: [T, N, 4, H]
 * Precision  gates and the states that weights were multiplied with may come from two forward passes
 * Source     by differentiation; Greff et al. (2017), section II B
 */
export function cellsGradient<T>(
  arithmetic: Arithmetic<T>,
  inputs: Memory<T>,
  { dh, dc, dLast, dLastCell }: Arriving<T>,
  kind: Kind,
) {
  const { add, exact, multiply, subtract, tanh, toNumber, total } = arithmetic
  const { x, U, W, padded, P } = inputs
  const [T, N, I] = x.shape as [number, number, number]
  const H = dLast.shape[1]!
  const first = cells(arithmetic, inputs, kind)
  const { i, f, g, o, c, cellBefore } = first
  const isPadding = (t: number, n: number) => toNumber(padded.at(t, n)) === 1
  const product = (...factors: readonly [T, ...T[]]) => factors.reduce(multiply)

  const deltas: NumberArray<T>[] = []
  const [back, backCell] = [[] as NumberArray<T>[], [] as NumberArray<T>[]]
  let [later, laterCell] = [dLast, dLastCell]
  for (const t of inOrder(T, kind).toReversed()) {
    const [behind, behindCell] = [later, laterCell]
    const eta = build([N, H], (n, k) => add(dh.at(t, n, k), behind.at(n, k)))
    const intoO = build([N, H], (n, k) =>
      isPadding(t, n)
        ? exact(0)
        : product(eta.at(n, k), tanh(c.at(t, n, k)), sigmoidSlope(arithmetic, o.at(t, n, k))),
    )
    const gamma = build([N, H], (n, k) => {
      const arrives = [dc.at(t, n, k), behindCell.at(n, k)]
      if (isPadding(t, n)) return total(arrives)
      const slope = tanhSlope(arithmetic, tanh(c.at(t, n, k)))
      const shown = product(eta.at(n, k), o.at(t, n, k), slope)
      return total([...arrives, shown, multiply(P.at(outputPeephole, k), intoO.at(n, k))])
    })
    const delta = build([N, 4, H], (n, gate, k) => {
      if (isPadding(t, n)) return exact(0)
      if (gate === outputGate) return intoO.at(n, k)
      if (gate === candidate) {
        return product(gamma.at(n, k), i.at(t, n, k), tanhSlope(arithmetic, g.at(t, n, k)))
      }
      if (gate === forgetGate) {
        if (kind.coupled) return exact(0)
        const slope = sigmoidSlope(arithmetic, f.at(t, n, k))
        return product(gamma.at(n, k), cellBefore.at(t, n, k), slope)
      }
      const slope = sigmoidSlope(arithmetic, i.at(t, n, k))
      const letIn = g.at(t, n, k)
      const changes = kind.coupled ? subtract(letIn, cellBefore.at(t, n, k)) : letIn
      return product(gamma.at(n, k), changes, slope)
    })
    deltas[t] = delta
    later = build([N, H], (n, j) =>
      isPadding(t, n)
        ? eta.at(n, j)
        : sumOfProducts(
            arithmetic,
            [4, H],
            (gate, k) => W.at(gate, k, j),
            (gate, k) => delta.at(n, gate, k),
          ),
    )
    laterCell = build([N, H], (n, k) =>
      isPadding(t, n)
        ? gamma.at(n, k)
        : total([
            multiply(gamma.at(n, k), f.at(t, n, k)),
            multiply(P.at(inputPeephole, k), delta.at(n, inputGate, k)),
            multiply(P.at(forgetPeephole, k), delta.at(n, forgetGate, k)),
          ]),
    )
    back[t] = later
    backCell[t] = laterCell
  }
  const delta = stacked(deltas)

  const repeated = again(arithmetic, first, () => cells(arithmetic, inputs, kind))
  // A padded step may hold anything, and nothing of it counts.
  const overTime = (gate: number, k: number, array: NumberArray<T>, j: number) =>
    sumOfProducts(
      arithmetic,
      [T, N],
      (t, n) => delta.at(t, n, gate, k),
      (t, n) => (isPadding(t, n) ? exact(0) : array.at(t, n, j)),
    )
  const gates = [inputGate, forgetGate, outputGate]
  const seen = [repeated.cellBefore, repeated.cellBefore, repeated.c]
  return {
    dx: build([T, N, I], (t, n, j) =>
      sumOfProducts(
        arithmetic,
        [4, H],
        (gate, k) => U.at(gate, k, j),
        (gate, k) => delta.at(t, n, gate, k),
      ),
    ),
    dU: build([4, H, I], (gate, k, j) => overTime(gate, k, x, j)),
    dW: build([4, H, H], (gate, k, j) => overTime(gate, k, repeated.before, j)),
    db: build([4, H], (gate, k) => sum(arithmetic, [T, N], (t, n) => delta.at(t, n, gate, k))),
    dP: build([3, H], (peephole, k) => overTime(gates[peephole]!, k, seen[peephole]!, k)),
    dH0: later,
    dC0: laterCell,
    h: first.h,
    c,
    delta,
    back: stacked(back),
    backCell: stacked(backCell),
  }
}
