import type {
  quadraticGradient as gradientSpec,
  quadratic as lossSpec,
  descend as spec,
} from '../../spec/training/descent.ts'
import { anyOf } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import {
  build,
  elementwise,
  fromData,
  type NumberArray,
  stacked,
  sum,
} from '../arithmetic/array.ts'
import { minus } from '../layers/addition.ts'
import { halfForm } from '../layers/quadratic-form.ts'
import type { Reference } from '../reference.ts'

/** ½ (A + Aᵀ) d, or ½ A d + ½ Aᵀ d, as automatic differentiation has it. */
function steepest<T>(
  arithmetic: Arithmetic<T>,
  A: NumberArray<T>,
  d: NumberArray<T>,
): NumberArray<T> {
  const { add, exact, multiply } = arithmetic
  const half = exact(0.5)
  const symmetric = build(A.shape, (i, j) => multiply(half, add(A.at(i, j), A.at(j, i))))
  return build(d.shape, (i) => {
    const over = (term: (j: number) => T) => sum(arithmetic, d.shape, term)
    return arithmetic.anyOf(
      () => over((j) => multiply(symmetric.at(i, j), d.at(j))),
      () =>
        multiply(
          half,
          add(
            over((j) => multiply(A.at(i, j), d.at(j))),
            over((j) => multiply(A.at(j, i), d.at(j))),
          ),
        ),
    )
  })
}

/**
 * Quadratic loss.
 *
 * Formula    f(x) = ½ Σ_i Σ_j (x[i] − c[i]) A[i,j] (x[j] − c[j])
 * Clauses    training.lr.divergence-threshold
 * Shapes     matrix: [D, D], minimum: [D], x: [D] → loss: []
 * Edges      a matrix with negative eigenvalues is allowed; c is then no minimum
 * Source     Goodfellow, Bengio, Courville (2016), section 4.3
 * Example    A = 2, c = 1, x = 4 → 9
 */
export const quadratic: Reference<typeof lossSpec> = (arithmetic, { matrix, minimum, x }) => ({
  loss: build([], () => halfForm(arithmetic, matrix, minus(arithmetic, x, minimum))),
})

/**
 * Gradients of the quadratic loss.
 *
 * Formula    dx = dLoss · ½ (A + Aᵀ)(x − c), dMatrix = dLoss · ½ (x − c)(x − c)ᵀ, dMinimum = −dx;
 *            or with dLoss (x − c) instead of x − c, as automatic differentiation has it
 * Clauses    training.lr.divergence-threshold
 * Shapes     matrix: [D, D], minimum: [D], x: [D], dLoss: [] → dx: [D], dMatrix: [D, D], dMinimum: [D]
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 4.3, by the product rule
 * Example    A = 2, c = 1, x = 4, dLoss = 1 → dx = 6, dMatrix = 4.5, dMinimum = −6
 */
export const quadraticGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { matrix, minimum, x, dLoss },
) => {
  const { exact, multiply, negate } = arithmetic
  const d = minus(arithmetic, x, minimum)
  const g = dLoss.at()
  const half = exact(0.5)
  const scaled = elementwise(d, (distance) => multiply(g, distance))
  const dx = anyOf(
    arithmetic,
    () => elementwise(steepest(arithmetic, matrix, d), (slope) => multiply(g, slope)),
    () => steepest(arithmetic, matrix, scaled),
  )
  const outer = (left: typeof d) =>
    build(matrix.shape, (i, j) => multiply(half, multiply(left.at(i), d.at(j))))
  return {
    dx,
    dMatrix: anyOf(
      arithmetic,
      () => elementwise(outer(d), (product) => multiply(g, product)),
      () => outer(scaled),
    ),
    dMinimum: build(x.shape, (i) => negate(dx.at(i))),
  }
}

/**
 * Gradient descent on a quadratic loss.
 *
 * Formula    x_{t+1} = x_t − η ½ (A + Aᵀ)(x_t − c), losses[t] = f(x_t)
 * Clauses    training.lr.divergence-threshold, training.lr.transient-decrease, training.lr.too-low
 * Shapes     matrix: [D, D], minimum: [D], start: [D] → trajectory: [steps + 1, D], losses: [steps + 1]
 * Edges      rate 0 stays at the start
 * Source     Goodfellow, Bengio, Courville (2016), equation 4.5
 * Example    A = 1, c = 0, x_0 = 8, η = ½, 2 steps → 8, 4, 2; losses 32, 8, 2
 */
export const descend: Reference<typeof spec> = (
  arithmetic,
  { matrix, minimum, start },
  { rate, steps },
) => {
  const { exact, multiply, subtract } = arithmetic
  const points = [start]
  for (let t = 0; t < steps; t++) {
    const x = points[t]!
    const g = steepest(arithmetic, matrix, minus(arithmetic, x, minimum))
    points.push(build(x.shape, (i) => subtract(x.at(i), multiply(exact(rate), g.at(i)))))
  }
  const losses = points.map((x) => halfForm(arithmetic, matrix, minus(arithmetic, x, minimum)))
  return {
    trajectory: stacked(points),
    losses: fromData([steps + 1], losses),
  }
}
