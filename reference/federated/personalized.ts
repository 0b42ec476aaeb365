import type {
  personalizedObjectiveGradient as gradientSpec,
  personalizedOptimum as optimumSpec,
  personalizedObjective as spec,
} from '../../spec/federated/personalized.ts'
import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, memberOf, type NumberArray, sum } from '../arithmetic/array.ts'
import { sumOfSquares } from '../layers/squares.ts'
import type { Reference } from '../reference.ts'
import { meanGradient, meanLoss, pointsOf } from './personalized-loss.ts'

/** How far each model is from the mean of all of them. */
function fromMean<T>(arithmetic: Arithmetic<T>, models: NumberArray<T>): NumberArray<T> {
  const [K, ...shape] = models.shape as [number, ...number[]]
  const middle = build(shape, (...at) => mean(arithmetic, [K], (k) => models.at(k, ...at)))
  return build(models.shape, (k, ...at) =>
    arithmetic.subtract(models.at(k, ...at), middle.at(...at)),
  )
}

/**
 * Objective of personalized models that are pulled to their mean.
 *
 * Formula    F = 1/K Σ_k F_k(θ_k) + λ/(2K) Σ_k ‖θ_k − θ̄‖², θ̄ = 1/K Σ_k θ_k, θ = (w, b)
 * Clauses    federated.personalized.objective
 * Shapes     w: [K, I, O], b: [K, O], x: [K, N, I], y: [K, N, O], counts: [K] → objective: []
 * Edges      a client without points has the loss 0
 * Source     Hanzely, Richtárik (2020), equation 2
 * Example    x = 0, y = 0 | 4, b = 1 | 3, w = 0, λ = 2, least squares → ½ (½ + ½) + ½ · 2 · 1 = 1.5
 */
export const personalizedObjective: Reference<typeof spec> = (
  arithmetic,
  { w, b, ...data },
  { weight, loss },
) => {
  const { add, divide, exact, multiply } = arithmetic
  const K = w.shape[0]!
  const losses = build([K], (k) => {
    const model = { w: memberOf(w, k), b: memberOf(b, k) }
    return meanLoss(arithmetic, model, pointsOf(arithmetic, data, k, loss))
  })
  const squares = add(
    sumOfSquares(arithmetic, fromMean(arithmetic, w)),
    sumOfSquares(arithmetic, fromMean(arithmetic, b)),
  )
  const penalty = multiply(divide(exact(weight), exact(2 * K)), squares)
  return {
    objective: build([], () =>
      add(
        mean(arithmetic, [K], (k) => losses.at(k)),
        penalty,
      ),
    ),
  }
}

/**
 * Gradients of the objective of personalized models.
 *
 * Formula    dθ_k = dF (1/K ∇F_k(θ_k) + λ/K (θ_k − θ̄))
 * Clauses    federated.personalized.gradient
 * Shapes     w: [K, I, O], b: [K, O], x: [K, N, I], y: [K, N, O], counts: [K], dObjective: [] → dw: [K, I, O],
 *            db: [K, O]
 * Edges      a client without points is pulled to the mean only
 * Source     Hanzely, Richtárik (2020), section 3
 * Example    x = 0, y = 0 | 4, b = 1 | 3, w = 0, λ = 2, dObjective = 1 → dw = 0 | 0, db = −½ | ½
 */
export const personalizedObjectiveGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { w, b, dObjective, ...data },
  { weight, loss },
) => {
  const { add, anyOf, divide, exact, multiply, subtract } = arithmetic
  const K = w.shape[0]!
  const g = dObjective.at()
  const own = Array.from({ length: K }, (_, k) => {
    const model = { w: memberOf(w, k), b: memberOf(b, k) }
    return meanGradient(arithmetic, model, pointsOf(arithmetic, data, k, loss))
  })
  const by = (models: typeof w, name: 'w' | 'b') => {
    const off = fromMean(arithmetic, models)
    const rest = build(models.shape.slice(1), (...at) =>
      mean(arithmetic, [K], (k) => off.at(k, ...at)),
    )
    return build(models.shape, (k, ...at) => {
      const slope = own[k]![name].at(...at)
      const both = (pull: typeof g) => add(slope, multiply(exact(weight), pull))
      const pull = off.at(k, ...at)
      return anyOf(
        () => multiply(g, divide(both(pull), exact(K))),
        () => multiply(divide(g, exact(K)), both(subtract(pull, rest.at(...at)))),
        () =>
          add(
            multiply(divide(g, exact(K)), slope),
            multiply(multiply(g, divide(exact(weight), exact(K))), pull),
          ),
      )
    })
  }
  return { dw: by(w, 'w'), db: by(b, 'b') }
}

/**
 * Optimum of personalized models on separable quadratics.
 *
 * Formula    θ_k = (h_k c_k + λ θ̄) / (h_k + λ), θ̄ = Σ_k a_k c_k / Σ_k a_k, a_k = h_k / (h_k + λ)
 * Clauses    federated.personalized.limits
 * Shapes     curvatures, centres: [K, P] → models: [K, P], mean: [P]
 * Edges      λ = 0: each client has its own minimum
 * Source     Hanzely, Richtárik (2020), section 3
 * Example    h = 1 | 3, c = 0 | 3, λ = 3 → models 1.5 | 2.5, mean 2
 */
export const personalizedOptimum: Reference<typeof optimumSpec> = (
  arithmetic,
  { curvatures: h, centres: c },
  { weight },
) => {
  const { add, anyOf, divide, exact, multiply, subtract } = arithmetic
  const [K, P] = h.shape as [number, number]
  const strength = exact(weight)
  const a = build([K, P], (k, i) => divide(h.at(k, i), add(h.at(k, i), strength)))
  const middle = build([P], (i) =>
    divide(
      sum(arithmetic, [K], (k) => multiply(a.at(k, i), c.at(k, i))),
      sum(arithmetic, [K], (k) => a.at(k, i)),
    ),
  )
  return {
    models: build([K, P], (k, i) => {
      const both = add(h.at(k, i), strength)
      return anyOf(
        () => divide(add(multiply(h.at(k, i), c.at(k, i)), multiply(strength, middle.at(i))), both),
        () => add(middle.at(i), multiply(a.at(k, i), subtract(c.at(k, i), middle.at(i)))),
        () => add(multiply(a.at(k, i), c.at(k, i)), multiply(divide(strength, both), middle.at(i))),
      )
    }),
    mean: middle,
  }
}
