import type {
  groupPenaltyGradient as gradientSpec,
  groupPenalty as spec,
  groupStep as stepSpec,
} from '../../spec/pruning/group.ts'
import { again } from '../arithmetic/again.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** ‖w‖ of each row, and whether it is all zeros, which is seen without rounding. */
function normsOf<T>(arithmetic: Arithmetic<T>, weights: NumberArray<T>) {
  const { abs, exact, less, maximum, multiply, sqrt } = arithmetic
  const [G, D] = weights.shape as [number, number]
  return Array.from({ length: G }, (_, g) => {
    const row = Array.from({ length: D }, (_, d) => weights.at(g, d))
    const isZero = !less(exact(0), maximum(row.map(abs)))
    const compute = () => sqrt(sum(arithmetic, [D], (d) => multiply(row[d]!, row[d]!)))
    return { isZero, norm: isZero ? exact(0) : compute(), compute }
  })
}

/** λ √D. */
function scaleOf<T>({ exact, multiply, sqrt }: Arithmetic<T>, penalty: number, D: number): T {
  return multiply(exact(penalty), sqrt(exact(D)))
}

/**
 * Penalty of the norms of groups of weights.
 *
 * Formula    value = λ √D Σ_g ‖w_g‖
 * Clauses    pruning.group-l2.penalty, pruning.group-l2.contrast
 * Shapes     weights: [G, D] → value: []
 * Edges      a group of zeros adds 0
 * Source     Yuan, Lin (2006), section 2
 * Example    W = 3, 0, 0, 4 | 0, 0, 0, 0, λ = ½ → value = 5
 */
export const groupPenalty: Reference<typeof spec> = (arithmetic, { weights }, { penalty }) => {
  const { anyOf, multiply, total } = arithmetic
  const D = weights.shape[1]!
  const norms = normsOf(arithmetic, weights).map(({ norm }) => norm)
  const scale = () => scaleOf(arithmetic, penalty, D)
  return {
    value: build([], () =>
      anyOf(
        () => multiply(scale(), total(norms)),
        () => total(norms.map((norm) => multiply(scale(), norm))),
      ),
    ),
  }
}

/**
 * Gradient of the penalty of the norms of groups of weights.
 *
 * Formula    dW[g,d] = λ √D W[g,d] / ‖w_g‖ dValue
 * Clauses    pruning.group-l2.penalty
 * Shapes     weights: [G, D], dValue: [] → dWeights: [G, D]
 * Edges      0 in a group of zeros
 * Source     by differentiation
 * Example    W = 3, 0, 0, 4, λ = ½, dValue = 5 → dW = 3, 0, 0, 4
 */
export const groupPenaltyGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { weights, dValue },
  { penalty },
) => {
  const { anyOf, divide, exact, multiply } = arithmetic
  const norms = normsOf(arithmetic, weights)
  const scale = () => multiply(scaleOf(arithmetic, penalty, weights.shape[1]!), dValue.at())
  return {
    dWeights: build(weights.shape, (g, d) => {
      const { isZero, norm } = norms[g]!
      if (isZero) return exact(0)
      const w = weights.at(g, d)
      return anyOf(
        () => multiply(scale(), divide(w, norm)),
        () => divide(multiply(scale(), w), norm),
        () => multiply(divide(scale(), norm), w),
      )
    }),
  }
}

/**
 * Proximal step of the penalty of the norms of groups: block soft threshold.
 *
 * Formula    W′[g,d] = max(0, 1 − λ √D / ‖w_g‖) W[g,d]
 * Clauses    pruning.group-l2.penalty
 * Shapes     weights: [G, D] → weights: [G, D]
 * Edges      a group of zeros stays, and one whose norm is λ √D vanishes
 * Source     Parikh, Boyd (2014), section 6.5.1
 * Example    W = 1, 1, 1, 1, λ = ½ → W′ = ½, ½, ½, ½; λ = 1 → 0, 0, 0, 0
 */
export const groupStep: Reference<typeof stepSpec> = (arithmetic, { weights }, { penalty }) => {
  const { anyOf, divide, exact, maximum, multiply, subtract } = arithmetic
  const norms = normsOf(arithmetic, weights)
  const tau = scaleOf(arithmetic, penalty, weights.shape[1]!)
  return {
    weights: build(weights.shape, (g, d) => {
      const { isZero, norm, compute } = norms[g]!
      if (isZero) return exact(0)
      const w = weights.at(g, d)
      const left = () => maximum([exact(0), subtract(again(arithmetic, norm, compute), tau)])
      return anyOf(
        () => multiply(maximum([exact(0), subtract(exact(1), divide(tau, norm))]), w),
        () => multiply(divide(left(), norm), w),
        () => multiply(left(), divide(w, norm)),
      )
    }),
  }
}
