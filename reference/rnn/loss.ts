import type { lossGradient as gradientSpec, loss as spec } from '../../spec/rnn/loss.ts'
import { build, fromData, type NumberArray, sum } from '../arithmetic/array.ts'
import { crossEntropyGradient, crossEntropyTerms, surprises } from '../layers/cross-entropy.ts'
import type { Reference } from '../reference.ts'

/** Every step of every sequence as a row. */
const rows = <T>(array: NumberArray<T>) => {
  const [T, N, O] = array.shape as [number, number, number]
  return fromData([T * N, O], array.data)
}

/**
 * Cross-entropy of a sequence, step by step and in all.
 *
 * Formula    steps[t,n] = −Σ_k y_t[n,k] ln softmax(o_t[n])[k], 0 where padded, E = Σ_t Σ_n Σ_k of the same
 * Clauses    rnn.loss.step, rnn.loss.total, rnn.graph.loss-of-sequence
 * Shapes     o, y: [T, N, O], padded: [T, N] → steps: [T, N], E: []
 * Edges      one class: 0; a target of 0 at a score of −∞ counts for nothing
 * Source     Goodfellow, Bengio, Courville (2016), equations 6.30 and 10.12
 * Example    two steps with o = 0, 0 and y = 1, 0, then 1, 1 → ln 2, 2 ln 2, E = 3 ln 2
 */
export const loss: Reference<typeof spec> = (arithmetic, { o, y, padded }) => {
  const { exact, toNumber } = arithmetic
  const [T, N, O] = o.shape as [number, number, number]
  const terms = crossEntropyTerms(arithmetic, rows(o), rows(y))
  const term = (t: number, n: number, k: number) =>
    toNumber(padded.at(t, n)) === 1 ? exact(0) : terms.at(t * N + n, k)
  return {
    steps: build([T, N], (t, n) => sum(arithmetic, [O], (k) => term(t, n, k))),
    E: build([], () => sum(arithmetic, [T, N, O], term)),
  }
}

/**
 * Gradients of the cross-entropy of a sequence, of Σ_t Σ_n dSteps[t,n] steps[t,n].
 *
 * Formula    do_t = dSteps_t ((Σ_k y_t[k]) softmax(o_t) − y_t), dy_t = −dSteps_t ln softmax(o_t);
 *            0 where padded
 * Clauses    rnn.loss.step
 * Shapes     o, y: [T, N, O], padded, dSteps: [T, N] → do, dy: [T, N, O]
 * Edges      one class: 0
 * Source     Goodfellow, Bengio, Courville (2016), equation 10.18, targets of any sum, by differentiation
 * Example    o = 0, 0, y = 1, 0, dSteps = 2 → do = −1, 1, dy = 2 ln 2, 2 ln 2
 */
export const lossGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { o, y, padded, dSteps },
) => {
  const { exact, multiply, toNumber } = arithmetic
  const N = padded.shape[1]!
  const counted = (each: NumberArray<ReturnType<typeof exact>>) =>
    build(o.shape, (t, n, k) =>
      toNumber(padded.at(t, n)) === 1 ? exact(0) : multiply(dSteps.at(t, n), each.at(t * N + n, k)),
    )
  return {
    do: counted(crossEntropyGradient(arithmetic, rows(o), rows(y))),
    dy: counted(surprises(arithmetic, rows(o))),
  }
}
