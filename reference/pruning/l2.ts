import type {
  l2PenaltyGradient as gradientSpec,
  l2Minimum as minimumSpec,
  l2Penalty as spec,
  l2Step as stepSpec,
} from '../../spec/pruning/l2.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** Σ W² over one layer or several. */
function squares<T>({ multiply, total }: Arithmetic<T>, ...layers: readonly NumberArray<T>[]): T {
  return total(layers.flatMap(({ data }) => data.map((w) => multiply(w, w))))
}

/**
 * Quadratic penalty of the weights of a network.
 *
 * Formula    penalty = ½ ε (Σ W₁² + Σ W₂²)
 * Clauses    pruning.l2.penalty
 * Shapes     weights1: [D, M], weights2: [M, C] → penalty: []
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 7.1.1
 * Example    W₁ = 1, W₂ = -2, ε = 2 → penalty = 5
 */
export const l2Penalty: Reference<typeof spec> = (
  arithmetic,
  { weights1, weights2 },
  { decay },
) => {
  const { anyOf, exact, multiply, total } = arithmetic
  const factor = () => multiply(exact(0.5), exact(decay))
  const all = [...weights1.data, ...weights2.data]
  return {
    penalty: build([], () =>
      anyOf(
        () => multiply(factor(), squares(arithmetic, weights1, weights2)),
        () => total(all.map((w) => multiply(multiply(factor(), w), w))),
      ),
    ),
  }
}

/**
 * Gradients of the quadratic penalty of the weights of a network.
 *
 * Formula    dW = ε W dPenalty
 * Clauses    pruning.l2.gradient
 * Shapes     weights1: [D, M], weights2: [M, C], dPenalty: [] → dWeights1: [D, M], dWeights2: [M, C]
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 7.1.1
 * Example    W₁ = 1, W₂ = -2, ε = 2, dPenalty = 3 → dW₁ = 6, dW₂ = -12
 */
export const l2PenaltyGradient: Reference<typeof gradientSpec> = (
  { anyOf, exact, multiply },
  { weights1, weights2, dPenalty },
  { decay },
) => {
  const [epsilon, g] = [exact(decay), dPenalty.at()]
  const by = (weights: typeof weights1) =>
    build(weights.shape, (...at) => {
      const w = weights.at(...at)
      return anyOf(
        () => multiply(multiply(epsilon, w), g),
        () => multiply(multiply(epsilon, g), w),
        () => multiply(epsilon, multiply(w, g)),
        // As automatic differentiation of the squares does, which may overflow on the way.
        () => multiply(multiply(multiply(exact(0.5), epsilon), g), multiply(exact(2), w)),
      )
    })
  return { dWeights1: by(weights1), dWeights2: by(weights2) }
}

/**
 * Step of gradient descent with a quadratic penalty.
 *
 * Formula    w′ = w − η (g + ε w)
 * Clauses    pruning.l2.gradient
 * Shapes     weights, gradient: [P] → weights: [P]
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), equations 7.4 and 7.5
 * Example    w = 4, g = 1, η = ½, ε = 1 → w′ = 1.5
 */
export const l2Step: Reference<typeof stepSpec> = (
  { add, anyOf, exact, multiply, subtract },
  { weights, gradient },
  { rate, decay },
) => {
  const [eta, epsilon] = [exact(rate), exact(decay)]
  return {
    weights: build(weights.shape, (i) => {
      const [w, g] = [weights.at(i), gradient.at(i)]
      return anyOf(
        () => subtract(w, multiply(eta, add(g, multiply(epsilon, w)))),
        () => subtract(multiply(subtract(exact(1), multiply(eta, epsilon)), w), multiply(eta, g)),
      )
    }),
  }
}

/**
 * Minimum of a separable quadratic loss with a quadratic penalty.
 *
 * Formula    w = h ŵ / (h + ε)
 * Clauses    pruning.l2.shrinkage
 * Shapes     trained, curvature: [P] → weights: [P]
 * Edges      where the loss is flat, h = 0, the weight is 0
 * Source     Goodfellow, Bengio, Courville (2016), equation 7.13
 * Example    ŵ = 6, h = 1, ε = 2 → w = 2
 */
export const l2Minimum: Reference<typeof minimumSpec> = (
  { add, anyOf, divide, exact, multiply },
  { trained, curvature },
  { decay },
) => ({
  weights: build(trained.shape, (i) => {
    const [w, h] = [trained.at(i), curvature.at(i)]
    const both = add(h, exact(decay))
    return anyOf(
      () => multiply(divide(h, both), w),
      () => divide(multiply(h, w), both),
    )
  }),
})
