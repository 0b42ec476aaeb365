import type {
  networkOfUnits as networkSpec,
  removeUnit as removeSpec,
  unitScores as spec,
} from '../../spec/pruning/unit.ts'
import { build, sum } from '../arithmetic/array.ts'
import { dense } from '../layers/dense.ts'
import type { Reference } from '../reference.ts'

/**
 * Scores of units: sums of the magnitudes of their incoming weights.
 *
 * Formula    scores[j] = Σ_i |W[i,j]|; kept[j] = 1 where scores[j] ≥ τ, else 0
 * Clauses    pruning.unit-score
 * Shapes     weights: [D, M], threshold: [] → scores: [M], kept: [M]
 * Edges      a score equal to the threshold is kept
 * Source     Li, Kadav, Durdanovic, Samet, Graf (2017), section 3.1
 * Example    W = 1, 2 | -1, 0, τ = 2 → scores = 2, 2, kept = 1, 1
 */
export const unitScores: Reference<typeof spec> = (arithmetic, { weights, threshold }) => {
  const { abs, exact, less } = arithmetic
  const [D, M] = weights.shape as [number, number]
  const scores = build([M], (j) => sum(arithmetic, [D], (i) => abs(weights.at(i, j))))
  return {
    scores,
    kept: build([M], (j) => exact(less(scores.at(j), threshold.at()) ? 0 : 1)),
  }
}

/**
 * Network with one hidden layer, some of its units switched off.
 *
 * Formula    h = u ⊙ max(0, x W₁ + b₁), y = h W₂ + b₂
 * Clauses    pruning.neuron
 * Shapes     x: [N, D], weights1: [D, M], bias1, units: [M], weights2: [M, C], bias2: [C] →
 *            hidden: [N, M], y: [N, C]
 * Edges      without any unit, y = b₂
 * Source     Han, Pool, Tran, Dally (2015), section 3.5
 * Example    x = 1, W₁ = 2, 3, b₁ = 0, 0, W₂ = 1 | 1, b₂ = 0, u = 1, 0 → h = 2, 0, y = 2
 */
export const networkOfUnits: Reference<typeof networkSpec> = (
  arithmetic,
  { x, weights1, bias1, weights2, bias2, units },
) => {
  const { exact, maximum, toNumber } = arithmetic
  const z = dense(arithmetic, x, weights1, bias1)
  const hidden = build(z.shape, (n, j) =>
    toNumber(units.at(j)) === 1 ? maximum([exact(0), z.at(n, j)]) : exact(0),
  )
  return { hidden, y: dense(arithmetic, hidden, weights2, bias2) }
}

/**
 * Network without one hidden unit.
 *
 * Formula    W₁ without column k, b₁ without element k, W₂ without row k; saved = D + 1 + C
 * Clauses    pruning.neuron
 * Shapes     weights1: [D, M], bias1: [M], weights2: [M, C] → weights1: [D, M−1], bias1: [M−1],
 *            weights2: [M−1, C], saved: []
 * Edges      the unit is one of at least two
 * Source     Han, Pool, Tran, Dally (2015), section 3.5
 * Example    W₁ = 1, 2, b₁ = 3, 4, W₂ = 5 | 6, k = 0 → W₁ = 2, b₁ = 4, W₂ = 6, saved 3
 */
export const removeUnit: Reference<typeof removeSpec> = (
  { exact },
  { weights1, bias1, weights2 },
  { unit },
) => {
  const [D, M] = weights1.shape as [number, number]
  const C = weights2.shape[1]!
  const old = (j: number) => (j < unit ? j : j + 1)
  return {
    weights1: build([D, M - 1], (i, j) => weights1.at(i, old(j))),
    bias1: build([M - 1], (j) => bias1.at(old(j))),
    weights2: build([M - 1, C], (j, c) => weights2.at(old(j), c)),
    saved: build([], () => exact(D + 1 + C)),
  }
}
