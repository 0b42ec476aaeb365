import type {
  decayedLossGradient as gradientSpec,
  decayedLoss as lossSpec,
  ridge as spec,
} from '../../spec/training/weight-decay.ts'
import { anyOf } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import { sumOfSquares } from '../layers/squares.ts'
import type { Reference } from '../reference.ts'
import { eliminate, factorize, invert } from './weight-decay-solvers.ts'

/** X w − y. */
function misses<T>(
  arithmetic: Arithmetic<T>,
  X: NumberArray<T>,
  w: NumberArray<T>,
  y: NumberArray<T>,
): NumberArray<T> {
  const { multiply, subtract } = arithmetic
  return build(y.shape, (n) =>
    subtract(
      sum(arithmetic, w.shape, (d) => multiply(X.at(n, d), w.at(d))),
      y.at(n),
    ),
  )
}

/**
 * Loss of a linear model with weight decay.
 *
 * Formula    trainingError = ½ Σ_n (Σ_d x[n,d] w[d] − y[n])², loss = trainingError + ½ λ Σ_d w[d]²
 * Clauses    training.overfit.weight-decay-remedy
 * Shapes     x: [N, D], targets: [N], weights: [D] → loss: [], trainingError: []
 * Edges      decay 0: the training error
 * Source     Goodfellow, Bengio, Courville (2016), equation 7.2
 * Example    x = 1, y = 1, w = ½, λ = 1 → error 1/8, loss 1/4
 */
export const decayedLoss: Reference<typeof lossSpec> = (
  arithmetic,
  { x, targets, weights },
  { decay },
) => {
  const { add, exact, multiply } = arithmetic
  const half = exact(0.5)
  const error = multiply(half, sumOfSquares(arithmetic, misses(arithmetic, x, weights, targets)))
  const penalty = multiply(multiply(half, exact(decay)), sumOfSquares(arithmetic, weights))
  return { loss: build([], () => add(error, penalty)), trainingError: build([], () => error) }
}

/**
 * Gradients of the loss of a linear model with weight decay.
 *
 * Formula    r = X w − y: dx[n,d] = g r[n] w[d], dTargets[n] = −g r[n],
 *            dWeights[d] = g (Σ_n x[n,d] r[n] + λ w[d]), g = dLoss; or with g r and g λ instead of r and λ
 * Clauses    training.overfit.weight-decay-remedy
 * Shapes     as of the loss, dLoss: []; each gradient as what it belongs to
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), equation 7.3
 * Example    x = 1, y = 1, w = ½, λ = 1, g = 1 → dx = −1/4, dTargets = 1/2, dWeights = 0
 */
export const decayedLossGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, targets, weights, dLoss },
  { decay },
) => {
  const { add, anyOf, exact, multiply, negate } = arithmetic
  const r = misses(arithmetic, x, weights, targets)
  const g = dLoss.at()
  const scaled = elementwise(r, (miss) => multiply(g, miss))
  const slope = (d: number, miss: typeof r, factor: typeof g) => {
    const ofError = sum(arithmetic, targets.shape, (n) => multiply(x.at(n, d), miss.at(n)))
    return add(ofError, multiply(factor, weights.at(d)))
  }
  const lambda = exact(decay)
  return {
    dx: build(x.shape, (n, d) =>
      anyOf(
        () => multiply(g, multiply(r.at(n), weights.at(d))),
        () => multiply(scaled.at(n), weights.at(d)),
      ),
    ),
    dTargets: elementwise(scaled, negate),
    dWeights: build(weights.shape, (d) =>
      anyOf(
        () => multiply(g, slope(d, r, lambda)),
        () => slope(d, scaled, multiply(g, lambda)),
      ),
    ),
  }
}

/**
 * Ridge regression: a linear model trained to the end with weight decay.
 *
 * Formula    (Xᵀ X + λ I) w = Xᵀ y, trainingError = ½ ‖X w − y‖², norm = ‖w‖²
 * Clauses    training.overfit.weight-decay-remedy
 * Shapes     x: [N, D], targets: [N] → weights: [D], trainingError: [], norm: []
 * Edges      without decay the features must be independent; else nothing is said
 * Source     Goodfellow, Bengio, Courville (2016), equation 7.17
 * Example    x = 1, y = 1, λ = 1 → w = ½, error 1/8, norm 1/4
 */
export const ridge: Reference<typeof spec> = (arithmetic, { x, targets }, { decay }) => {
  const { add, exact, multiply } = arithmetic
  const [N, D] = x.shape as [number, number]
  const M = build([D, D], (i, j) => {
    const gram = sum(arithmetic, [N], (n) => multiply(x.at(n, i), x.at(n, j)))
    return i === j ? add(gram, exact(decay)) : gram
  })
  const b = build([D], (i) => sum(arithmetic, [N], (n) => multiply(x.at(n, i), targets.at(n))))
  const weights = anyOf(
    arithmetic,
    () => eliminate(arithmetic, M, b),
    () => eliminate(arithmetic, M, b, { exchanges: true }),
    () => factorize(arithmetic, M, b),
    () => invert(arithmetic, M, b),
  )
  const error = sumOfSquares(arithmetic, misses(arithmetic, x, weights, targets))
  return {
    weights,
    trainingError: build([], () => multiply(exact(0.5), error)),
    norm: build([], () => sumOfSquares(arithmetic, weights)),
  }
}
