import type {
  krum as krumSpec,
  medianAggregate as spec,
  trimmedMean as trimmedSpec,
} from '../../spec/federated/robustness.ts'
import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, memberOf, type NumberArray } from '../arithmetic/array.ts'
import { minus } from '../layers/addition.ts'
import { sumOfSquares } from '../layers/squares.ts'
import type { Reference } from '../reference.ts'

/** What `of` makes of each number, from that number of all models in ascending order. */
function byPlace<T>(
  { less }: Arithmetic<T>,
  models: NumberArray<T>,
  of: (ascending: readonly T[]) => T,
): NumberArray<T> {
  const [M, ...shape] = models.shape as [number, ...number[]]
  return build(shape, (...at) => {
    const numbers = Array.from({ length: M }, (_, m) => models.at(m, ...at))
    return of(numbers.sort((x, y) => (less(x, y) ? -1 : less(y, x) ? 1 : 0)))
  })
}

/** The n least of some numbers: by what is smaller and larger of two, which rounding changes no more than them. */
function leastOf<T>(
  { maximum, negate }: Arithmetic<T>,
  numbers: readonly T[],
  n: number,
): readonly T[] {
  const least: T[] = []
  for (const number of numbers) {
    let left = number
    for (const [at, before] of least.entries()) {
      least[at] = negate(maximum([negate(before), negate(left)]))
      left = maximum([before, left])
    }
    if (least.length < n) least.push(left)
  }
  return least
}

/**
 * Coordinate-wise median of models.
 *
 * Formula    w[…] = ½ (w_(⌈M/2⌉)[…] + w_(⌊M/2⌋+1)[…]), w_(1)[…] ≤ … ≤ w_(M)[…]; b alike
 * Clauses    federated.robustness.median, federated.robustness.trimmed-mean
 * Shapes     w: [M, I, O], b: [M, O] → w: [I, O], b: [O]
 * Edges      of an odd number the one in the middle, as it is
 * Source     Yin, Chen, Ramchandran, Bartlett (2018), definition 1
 * Example    w = 5 | 1 | 3, b = 0 | 0 | 9 → w = 3, b = 0; without the third w = 3, b = 0
 */
export const medianAggregate: Reference<typeof spec> = (arithmetic, { w, b }) => {
  const { add, anyOf, exact, multiply, subtract } = arithmetic
  const half = exact(0.5)
  const M = w.shape[0]!
  const median = (models: typeof w) =>
    byPlace(arithmetic, models, (ascending) => {
      const [low, high] = [ascending[Math.ceil(M / 2) - 1]!, ascending[Math.floor(M / 2)]!]
      if (M % 2 === 1) return low
      return anyOf(
        () => multiply(half, add(low, high)),
        () => add(multiply(half, low), multiply(half, high)),
        () => add(low, multiply(half, subtract(high, low))),
      )
    })
  return { w: median(w), b: median(b) }
}

/**
 * Coordinate-wise trimmed mean of models.
 *
 * Formula    w[…] = 1/(M − 2r) Σ_{m=r+1}^{M−r} w_(m)[…], w_(1)[…] ≤ … ≤ w_(M)[…]; b alike
 * Clauses    federated.robustness.trimmed-mean, federated.robustness.mean-breakdown
 * Shapes     w: [M, I, O], b: [M, O] → w: [I, O], b: [O]
 * Edges      r = 0 is the mean
 * Source     Yin, Chen, Ramchandran, Bartlett (2018), definition 2
 * Example    w = 9 | 1 | 2 | 4, b = 0, r = 1 → w = 3, b = 0
 */
export const trimmedMean: Reference<typeof trimmedSpec> = (arithmetic, { w, b }, { trim: r }) => {
  const trimmed = (models: typeof w) =>
    byPlace(arithmetic, models, (ascending) =>
      mean(arithmetic, [ascending.length - 2 * r], (m) => ascending[r + m]!),
    )
  return { w: trimmed(w), b: trimmed(b) }
}

/**
 * Krum and Multi-Krum: the models that are nearest to their neighbours.
 *
 * Formula    s[m] = sum of the M − f − 2 least ‖θ_m − θ_l‖², l ≠ m, θ = (w, b); the mean of the k models
 *            with the least s
 * Clauses    federated.robustness.krum
 * Shapes     w: [M, I, O], b: [M, O] → w: [I, O], b: [O], scores, chosen: [M]
 * Edges      of equal scores the lower index comes first
 * Source     Blanchard, El Mhamdi, Guerraoui, Stainer (2017), section 4
 * Example    w = 0 | 1 | 3, b = 0, f = 0, k = 1 → s = 1, 1, 4, chosen 1, 0, 0, w = 0
 */
export const krum: Reference<typeof krumSpec> = (
  arithmetic,
  { w, b },
  { attackers: f, kept: k },
) => {
  const { add, exact, less, total } = arithmetic
  const M = w.shape[0]!
  const all = Array.from({ length: M }, (_, m) => m)
  const apart = (array: typeof w, m: number, l: number) =>
    sumOfSquares(arithmetic, minus(arithmetic, memberOf(array, m), memberOf(array, l)))
  const distances = all.map((m) =>
    all.map((l) => (l < m ? add(apart(w, m, l), apart(b, m, l)) : exact(0))),
  )
  const between = (m: number, l: number) => distances[Math.max(m, l)]![Math.min(m, l)]!
  const scores = all.map((m) => {
    const others = all.filter((l) => l !== m).map((l) => between(m, l))
    return total(leastOf(arithmetic, others, M - f - 2))
  })
  const order = all.toSorted((m, l) => {
    const [x, y] = [scores[m]!, scores[l]!]
    return less(x, y) ? -1 : less(y, x) ? 1 : m - l
  })
  const chosen = order.slice(0, k)
  const meanOf = (array: typeof w) =>
    build(array.shape.slice(1), (...at) =>
      mean(arithmetic, [k], (i) => array.at(chosen[i]!, ...at)),
    )
  return {
    w: meanOf(w),
    b: meanOf(b),
    scores: build([M], (m) => scores[m]!),
    chosen: build([M], (m) => exact(chosen.includes(m) ? 1 : 0)),
  }
}
