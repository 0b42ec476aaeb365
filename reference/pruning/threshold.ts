import type { byThreshold as spec } from '../../spec/pruning/threshold.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { keep } from './connection.ts'

/** Both layers under their masks, and how many weights of each have a 0 there. */
export function prunedBy<T>(
  arithmetic: Arithmetic<T>,
  layers: readonly [NumberArray<T>, NumberArray<T>],
  masks: readonly [NumberArray<number>, NumberArray<number>],
) {
  const { exact } = arithmetic
  const [mask1, mask2] = [elementwise(masks[0], exact), elementwise(masks[1], exact)]
  const zeros = (mask: NumberArray<number>) => mask.data.filter((bit) => bit === 0).length
  return {
    mask1,
    mask2,
    pruned1: keep(arithmetic, mask1, layers[0]),
    pruned2: keep(arithmetic, mask2, layers[1]),
    removed: build([2], (l) => exact(zeros(masks[l]!))),
  }
}

/**
 * Pruning of weights below a threshold.
 *
 * Formula    m = 1 where |W| ≥ τ of the layer, else 0; W′ = m ⊙ W
 * Clauses    pruning.threshold
 * Shapes     weights1: [D, M], weights2: [M, C], thresholds: [2] → mask1, pruned1: [D, M],
 *            mask2, pruned2: [M, C], removed: [2]
 * Edges      a magnitude equal to the threshold is kept
 * Source     Han, Pool, Tran, Dally (2015), section 3
 * Example    W₁ = 1, -2, τ₁ = 2, W₂ = 3 | 0, τ₂ = 0 → m₁ = 0, 1, m₂ = 1 | 1, removed 1, 0
 */
export const byThreshold: Reference<typeof spec> = (
  arithmetic,
  { weights1, weights2, thresholds },
) => {
  const { abs, less } = arithmetic
  const mask = (weights: typeof weights1, l: number) =>
    elementwise(weights, (w) => (less(abs(w), thresholds.at(l)) ? 0 : 1))
  return prunedBy(arithmetic, [weights1, weights2], [mask(weights1, 0), mask(weights2, 1)])
}
