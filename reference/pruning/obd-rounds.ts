import type { brainDamage as spec } from '../../spec/pruning/obd-rounds.ts'
import { build, sum } from '../arithmetic/array.ts'
import { halfForm } from '../layers/quadratic-form.ts'
import type { Reference } from '../reference.ts'
import { saliencyOf } from './obd-saliency.ts'

/**
 * Round of Optimal Brain Damage: deletion by saliency, then training.
 *
 * Formula    s[k] = ½ H[k,k] w[k]² of those with m = 1; the r smallest get m = 0; then, T times,
 *            w ← m ⊙ (w − (η/2) (H + Hᵀ)(w − ŵ)); E = ½ (w − ŵ)ᵀ H (w − ŵ)
 * Clauses    pruning.obd.algorithm, pruning.obd.vs-magnitude
 * Shapes     matrix: [P, P], minimum, weights, mask: [P] → saliencies, mask, weights: [P], loss: []
 * Edges      of equal saliencies the lower index goes first; if fewer than r are left, all go
 * Source     LeCun, Denker, Solla (1990), section 2, the recipe
 * Example    H = 8, 0 | 0, 1, ŵ = w = 1, 2, m = 1, 1, r = 1, T = 0 → s = 4, 2, m = 1, 0, w = 1, 0, E = 2
 */
export const brainDamage: Reference<typeof spec> = (
  arithmetic,
  { matrix, minimum, weights, mask },
  { remove, steps, rate },
) => {
  const { add, exact, less, multiply, subtract, toNumber } = arithmetic
  const [P] = weights.shape as [number]
  const [zero, half, eta] = [exact(0), exact(0.5), exact(rate)]
  const wasLeft = (k: number) => toNumber(mask.at(k)) === 1
  const s = build([P], (k) =>
    wasLeft(k) ? saliencyOf(arithmetic, matrix.at(k, k), weights.at(k)) : zero,
  )
  const order = [...s.data.keys()]
    .filter(wasLeft)
    .sort((i, k) => (less(s.at(i), s.at(k)) ? -1 : less(s.at(k), s.at(i)) ? 1 : i - k))
  const stays = new Set(order.slice(remove))

  let w = build([P], (k) => (stays.has(k) ? weights.at(k) : zero))
  const off = (j: number) => subtract(w.at(j), minimum.at(j))
  for (let t = 0; t < steps; t++) {
    w = build([P], (k) => {
      if (!stays.has(k)) return zero
      const twice = sum(arithmetic, [P], (j) =>
        multiply(add(matrix.at(k, j), matrix.at(j, k)), off(j)),
      )
      return subtract(w.at(k), multiply(eta, multiply(half, twice)))
    })
  }
  return {
    saliencies: s,
    mask: build([P], (k) => exact(stays.has(k) ? 1 : 0)),
    weights: w,
    loss: build([], () => halfForm(arithmetic, matrix, build([P], off))),
  }
}
