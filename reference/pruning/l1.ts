import type { l1Minimum as spec, l1Step as stepSpec } from '../../spec/pruning/l1.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Soft threshold.
 *
 * Formula    S = max(z − τ, 0) − max(−z − τ, 0), which is sign(z) max(|z| − τ, 0)
 * Edges      where |z| is not above the threshold, exactly 0
 * Source     Parikh, Boyd (2014), section 6.5.2
 */
function softThreshold<T>(arithmetic: Arithmetic<T>, z: T, tau: T): T {
  const { exact, maximum, negate, subtract } = arithmetic
  const beyond = (value: T) => maximum([exact(0), subtract(value, tau)])
  return subtract(beyond(z), beyond(negate(z)))
}

/**
 * Minimum of a separable quadratic loss with a penalty of magnitudes.
 *
 * Formula    w = S(ŵ) with the threshold λ / h
 * Clauses    pruning.l1.exact-zeros
 * Shapes     trained: [P] → weights: [P]
 * Edges      a magnitude equal to the threshold gives 0
 * Source     Goodfellow, Bengio, Courville (2016), equation 7.23
 * Example    ŵ = ½, -3, h = 1, λ = 1 → w = 0, -2
 */
export const l1Minimum: Reference<typeof spec> = (
  arithmetic,
  { trained },
  { curvature, penalty },
) => {
  const { divide, exact } = arithmetic
  const tau = divide(exact(penalty), exact(curvature))
  return { weights: elementwise(trained, (w) => softThreshold(arithmetic, w, tau)) }
}

/**
 * Proximal step of gradient descent with a penalty of magnitudes.
 *
 * Formula    w′ = S(w − η g) with the threshold η λ
 * Clauses    pruning.l1.exact-zeros
 * Shapes     weights, gradient: [P] → weights: [P]
 * Edges      a magnitude equal to the threshold gives 0
 * Source     Parikh, Boyd (2014), section 4.2
 * Example    w = 1, 4, g = 1, 0, η = ½, λ = 2 → w′ = 0, 3
 */
export const l1Step: Reference<typeof stepSpec> = (
  arithmetic,
  { weights, gradient },
  { rate, penalty },
) => {
  const { exact, multiply, subtract } = arithmetic
  const eta = exact(rate)
  const tau = multiply(eta, exact(penalty))
  return {
    weights: build(weights.shape, (i) => {
      const z = subtract(weights.at(i), multiply(eta, gradient.at(i)))
      return softThreshold(arithmetic, z, tau)
    }),
  }
}
