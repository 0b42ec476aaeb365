import type { byPercentage as spec } from '../../spec/pruning/magnitude.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { prunedBy } from './threshold.ts'

/** ⌊p N⌋ of a decimal p of four places: a quotient of whole numbers, since 0.29 · 100 is below 29. */
function countOf(share: number, N: number): number {
  const tenThousandths = Math.round(share * 10_000) * N
  return (tenThousandths - (tenThousandths % 10_000)) / 10_000
}

/** The mask of numbers in a row: 0 for the r smallest magnitudes, of equal ones those that come first. */
function withoutSmallest<T>(
  { abs, less }: Arithmetic<T>,
  weights: readonly T[],
  r: number,
): readonly number[] {
  const magnitudes = weights.map(abs)
  const order = [...magnitudes.keys()].sort((i, k) => {
    const [a, b] = [magnitudes[i]!, magnitudes[k]!]
    return less(a, b) ? -1 : less(b, a) ? 1 : i - k
  })
  const mask = weights.map(() => 1)
  for (const i of order.slice(0, r)) mask[i] = 0
  return mask
}

/**
 * Pruning of a share of the weights, the smallest ones.
 *
 * Formula    r = ⌊p N⌋; m = 0 for the r smallest |W|, else 1; W′ = m ⊙ W
 * Clauses    pruning.percentage, pruning.mbp.data-free, pruning.global-vs-layerwise
 * Shapes     weights1: [D, M], weights2: [M, C] → mask1, pruned1: [D, M], mask2, pruned2: [M, C],
 *            removed: [2]
 * Edges      of equal magnitudes the lower index goes first, and the first layer before the second
 * Source     Han, Pool, Tran, Dally (2015), section 3
 * Example    W₁ = 1, -2, W₂ = 3 | 4, p = ½ → layer: removed 1, 1; network: removed 2, 0
 */
export const byPercentage: Reference<typeof spec> = (
  arithmetic,
  { weights1, weights2 },
  { share, scope },
) => {
  const smallest = (weights: readonly (typeof weights1.data)[number][]) =>
    withoutSmallest(arithmetic, weights, countOf(share, weights.length))
  const bits =
    scope === 'layer'
      ? [...smallest(weights1.data), ...smallest(weights2.data)]
      : smallest([...weights1.data, ...weights2.data])
  const [M, C] = weights2.shape as [number, number]
  const first: NumberArray<number> = build(weights1.shape, (i, j) => bits[i * M + j]!)
  const second = build(weights2.shape, (i, j) => bits[weights1.data.length + i * C + j]!)
  return prunedBy(arithmetic, [weights1, weights2], [first, second])
}
