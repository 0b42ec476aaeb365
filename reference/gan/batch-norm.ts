import type {
  batchNormInferenceGradient as inferenceGradientSpec,
  batchNormInference as inferenceSpec,
  batchNormGradient as trainingGradientSpec,
  batchNorm as trainingSpec,
} from '../../spec/gan/batch-norm.ts'
import { mean as averageOf, once } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Batch normalization in training.
 *
 * Formula    μ[k] = Σ x[n,h,w,k] / P, v[k] = Σ (x[n,h,w,k] − μ[k])² / P, y = γ[k] (x − μ[k]) / √(v[k] + ε) + β[k], P = N H W;
 *            μ' = (1 − ρ) μ_0 + ρ μ, v' = (1 − ρ) v_0 + ρ v, or of v P / (P − 1)
 * Clauses    gan.dcgan.batch-normalization
 * Shapes     x: [N, H, W, K], all others: [K] → y: [N, H, W, K], mean, variance, runningMean, runningVariance: [K]
 * Edges      a channel that is the same everywhere: β
 * Source     Ioffe, Szegedy (2015), algorithm 1
 * Example    x = 1, 3, γ = 2, β = 5, ε = 3 → mean 2, variance 1, y = 4, 6
 */
export const batchNorm: Reference<typeof trainingSpec> = (
  arithmetic,
  { x, gamma, beta, runningMean, runningVariance },
  { epsilon, momentum, divisor },
) => {
  const { add, divide, exact, multiply, subtract } = arithmetic
  const [N, H, W] = x.shape as [number, number, number, number]
  const P = N * H * W
  const { mean, variance, normalized } = statistics(arithmetic, x, epsilon)
  const moved = (old: typeof mean, now: typeof mean) =>
    build(old.shape, (k) =>
      add(
        multiply(subtract(exact(1), exact(momentum)), old.at(k)),
        multiply(exact(momentum), now.at(k)),
      ),
    )
  const spread =
    divisor === 'n'
      ? variance
      : elementwise(variance, (v) => divide(multiply(v, exact(P)), exact(P - 1)))
  return {
    y: build(x.shape, (n, h, w, k) =>
      add(multiply(gamma.at(k!), normalized.at(n!, h!, w!, k!)), beta.at(k!)),
    ),
    mean,
    variance,
    runningMean: moved(runningMean, mean),
    runningVariance: moved(runningVariance, spread),
  }
}

/** The mean and the variance of each channel, the root of the latter and ε, and x less the mean over it. */
function statistics<T>(arithmetic: Arithmetic<T>, x: NumberArray<T>, epsilon: number) {
  const { add, anyOf, divide, exact, multiply, sqrt, subtract } = arithmetic
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const overPlaces = (term: (n: number, h: number, w: number) => T) =>
    averageOf(arithmetic, [N, H, W], term)
  const updated = Array.from({ length: K }, (_, k) => once(() => byUpdates(arithmetic, x, k)))
  const mean = build([K], (k) =>
    anyOf(
      () => overPlaces((n, h, w) => x.at(n, h, w, k)),
      () => updated[k]!().mean,
    ),
  )
  const off = build(x.shape, (n, h, w, k) => subtract(x.at(n!, h!, w!, k!), mean.at(k!)))
  const variance = build([K], (k) =>
    anyOf(
      () => overPlaces((n, h, w) => multiply(off.at(n, h, w, k), off.at(n, h, w, k))),
      () => divide(updated[k]!().squares, exact(N * H * W)),
    ),
  )
  const root = elementwise(variance, (v) => sqrt(add(v, exact(epsilon))))
  const normalized = build(x.shape, (n, h, w, k) => divide(off.at(n!, h!, w!, k!), root.at(k!)))
  return { mean, variance, root, normalized, overPlaces }
}

/** The mean of a channel and the sum of squares off it, each brought up to date with every number (Welford 1962). */
function byUpdates<T>(arithmetic: Arithmetic<T>, x: NumberArray<T>, k: number) {
  const { add, divide, exact, multiply, subtract } = arithmetic
  const K = x.shape[3]!
  let [mean, squares] = [exact(0), exact(0)]
  for (let place = 0; place * K < x.data.length; place++) {
    const off = subtract(x.data[place * K + k]!, mean)
    mean = add(mean, divide(off, exact(place + 1)))
    squares = add(squares, multiply(off, subtract(x.data[place * K + k]!, mean)))
  }
  return { mean, squares }
}

/**
 * Gradients of batch normalization in training.
 *
 * Formula    dx = γ[k] (dy − Σ dy / P − x̂ Σ dy x̂ / P) / √(v[k] + ε), dγ[k] = Σ dy x̂, dβ[k] = Σ dy, x̂ = (x − μ) / √(v + ε)
 * Clauses    gan.dcgan.batch-normalization
 * Shapes     x, dy: [N, H, W, K], gamma: [K] → dx: [N, H, W, K], dGamma, dBeta: [K]
 * Edges      one place a channel: dx = 0
 * Source     Ioffe, Szegedy (2015), section 3
 * Example    x = 1, 3, γ = 2, ε = 3, dy = 4, 0 → x̂ = −½, ½, dx = 3/2, −3/2, dγ = −2, dβ = 4
 */
export const batchNormGradient: Reference<typeof trainingGradientSpec> = (
  arithmetic,
  { x, gamma, dy },
  { epsilon },
) => {
  const { divide, multiply, subtract } = arithmetic
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const { root, normalized, overPlaces } = statistics(arithmetic, x, epsilon)
  const along = (n: number, h: number, w: number, k: number) =>
    multiply(dy.at(n, h, w, k), normalized.at(n, h, w, k))
  const meanSlope = build([K], (k) => overPlaces((n, h, w) => dy.at(n, h, w, k)))
  const meanAlong = build([K], (k) => overPlaces((n, h, w) => along(n, h, w, k)))
  return {
    dx: build(x.shape, (...at) => {
      const k = at[3]!
      const centred = subtract(dy.at(...at), meanSlope.at(k))
      const rest = subtract(centred, multiply(normalized.at(...at), meanAlong.at(k)))
      return divide(multiply(gamma.at(k), rest), root.at(k))
    }),
    dGamma: build([K], (k) => sum(arithmetic, [N, H, W], (n, h, w) => along(n, h, w, k))),
    dBeta: build([K], (k) => sum(arithmetic, [N, H, W], (n, h, w) => dy.at(n, h, w, k))),
  }
}

/**
 * Batch normalization after training.
 *
 * Formula    y = γ[k] (x − μ[k]) / √(v[k] + ε) + β[k], or a[k] x + (β[k] − a[k] μ[k]) with a[k] = γ[k] / √(v[k] + ε)
 * Clauses    gan.dcgan.batch-normalization.inference
 * Shapes     x: [N, H, W, K], all others: [K] → y: [N, H, W, K]
 * Source     Ioffe, Szegedy (2015), algorithm 2
 * Example    x = 1, γ = 2, β = 5, μ = 3, v = 1, ε = 3 → 3
 */
export const batchNormInference: Reference<typeof inferenceSpec> = (
  arithmetic,
  { x, gamma, beta, mean, variance },
  { epsilon },
) => {
  const { add, anyOf, divide, exact, multiply, sqrt, subtract } = arithmetic
  const root = elementwise(variance, (v) => sqrt(add(v, exact(epsilon))))
  return {
    y: build(x.shape, (n, h, w, at) => {
      const [value, k] = [x.at(n!, h!, w!, at!), at!]
      const factor = () => divide(gamma.at(k), root.at(k))
      return anyOf(
        () =>
          add(divide(multiply(gamma.at(k), subtract(value, mean.at(k))), root.at(k)), beta.at(k)),
        () => {
          const constant = subtract(beta.at(k), multiply(factor(), mean.at(k)))
          return add(multiply(factor(), value), constant)
        },
      )
    }),
  }
}

/**
 * Gradients of batch normalization after training.
 *
 * Formula    dx = γ[k] dy / √(v[k] + ε), dγ[k] = Σ dy (x − μ[k]) / √(v[k] + ε), dβ[k] = Σ dy
 * Clauses    gan.dcgan.batch-normalization.inference
 * Shapes     x, dy: [N, H, W, K], gamma, mean, variance: [K] → dx: [N, H, W, K], dGamma, dBeta: [K]
 * Source     Ioffe, Szegedy (2015), algorithm 2, by differentiation
 * Example    x = 1, γ = 2, μ = 3, v = 1, ε = 3, dy = 4 → dx = 4, dγ = −4, dβ = 4
 */
export const batchNormInferenceGradient: Reference<typeof inferenceGradientSpec> = (
  arithmetic,
  { x, gamma, mean, variance, dy },
  { epsilon },
) => {
  const { add, divide, exact, multiply, sqrt, subtract } = arithmetic
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const root = elementwise(variance, (v) => sqrt(add(v, exact(epsilon))))
  const off = (n: number, h: number, w: number, k: number) =>
    divide(subtract(x.at(n, h, w, k), mean.at(k)), root.at(k))
  return {
    dx: build(x.shape, (...at) =>
      divide(multiply(gamma.at(at[3]!), dy.at(...at)), root.at(at[3]!)),
    ),
    dGamma: build([K], (k) =>
      sum(arithmetic, [N, H, W], (n, h, w) => multiply(dy.at(n, h, w, k), off(n, h, w, k))),
    ),
    dBeta: build([K], (k) => sum(arithmetic, [N, H, W], (n, h, w) => dy.at(n, h, w, k))),
  }
}
