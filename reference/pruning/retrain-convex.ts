import type { retrainRegression as spec } from '../../spec/pruning/retrain-convex.ts'
import { build, sumOfProducts } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Linear regression without some of its weights, trained on from where it was.
 *
 * Formula    w ← m ⊙ w; then, T times, w ← w − η m ⊙ (1/N) xᵀ e, e = x w − y; E = (1/2N) Σ_n e[n]²
 * Clauses    pruning.iterative-retrain.convex
 * Shapes     x: [N, D], y: [N], weights, mask: [D] → weights: [D], losses: [T + 1]
 * Edges      a removed weight is 0 from the start, and its value is not looked at
 * Source     Han, Pool, Tran, Dally (2015), section 3
 * Example    x = 1, 1 | 0, 1, y = 1, 3, w = -2, 3, m = 0, 1, η = 1, T = 1 → w = 0, 2, E = 1, ½
 */
export const retrainRegression: Reference<typeof spec> = (
  arithmetic,
  { x, y, weights, mask },
  { rate, steps },
) => {
  const { divide, exact, multiply, subtract, toNumber } = arithmetic
  const [N, D] = x.shape as [number, number]
  const zero = exact(0)
  const isKept = (i: number) => toNumber(mask.at(i)) === 1
  const errors = (w: typeof weights) =>
    build([N], (n) => {
      const found = sumOfProducts(
        arithmetic,
        [D],
        (i) => x.at(n, i),
        (i) => w.at(i),
      )
      return subtract(found, y.at(n))
    })
  const loss = (e: typeof y) =>
    divide(
      sumOfProducts(
        arithmetic,
        [N],
        (n) => e.at(n),
        (n) => e.at(n),
      ),
      exact(2 * N),
    )

  let w = build([D], (i) => (isKept(i) ? weights.at(i) : zero))
  let e = errors(w)
  const losses = [loss(e)]
  for (let t = 0; t < steps; t++) {
    const [before, off] = [w, e]
    w = build([D], (i) => {
      if (!isKept(i)) return zero
      const g = sumOfProducts(
        arithmetic,
        [N],
        (n) => x.at(n, i),
        (n) => off.at(n),
      )
      return subtract(before.at(i), multiply(exact(rate), divide(g, exact(N))))
    })
    e = errors(w)
    losses.push(loss(e))
  }
  return { weights: w, losses: build([steps + 1], (t) => losses[t]!) }
}
