import type {
  gradientPenaltyGradient as gradientSpec,
  penalizedCritic as penalizedSpec,
  penaltyPoints as pointsSpec,
  gradientPenalty as spec,
} from '../../spec/gan/wgan-penalty.ts'
import { anyOf, mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import {
  build,
  elementwise,
  memberOf,
  type NumberArray,
  stacked,
  sum,
} from '../arithmetic/array.ts'
import { denseWeightGradient } from '../layers/dense.ts'
import { norm } from '../layers/norm.ts'
import type { Reference } from '../reference.ts'
import {
  climbed,
  type Discriminator,
  discriminated,
  discriminatorGradient,
  discriminatorOf,
  hiddenGradient,
  sampleGradient,
} from './network.ts'

/**
 * Samples between real and generated ones.
 *
 * Formula    x̂_i = ε_i x_i + (1 − ε_i) x̃_i
 * Clauses    gan.wgan.lipschitz
 * Shapes     real, generated: [M, H, W, K], mix: [M] → x: [M, H, W, K]
 * Edges      ε = 1: the real sample; ε = 0: the generated one
 * Source     Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville (2017), algorithm 1
 * Example    x = 4, x̃ = 0, ε = ¼ → 1
 */
export const penaltyPoints: Reference<typeof pointsSpec> = (
  arithmetic,
  { real, generated, mix },
) => {
  const { add, exact, multiply, subtract } = arithmetic
  return {
    x: anyOf(
      arithmetic,
      () =>
        build(real.shape, (m, ...at) =>
          add(
            multiply(mix.at(m!), real.at(m!, ...at)),
            multiply(subtract(exact(1), mix.at(m!)), generated.at(m!, ...at)),
          ),
        ),
      () =>
        build(real.shape, (m, ...at) =>
          add(
            generated.at(m!, ...at),
            multiply(mix.at(m!), subtract(real.at(m!, ...at), generated.at(m!, ...at))),
          ),
        ),
    ),
  }
}

/** ‖g‖ of each sample, over all of its axes together. */
function lengths<T>(arithmetic: Arithmetic<T>, slopes: NumberArray<T>): NumberArray<T> {
  return build([slopes.shape[0]!], (m) => norm(arithmetic, memberOf(slopes, m)))
}

/**
 * Penalty of slopes that are not 1 long.
 *
 * Formula    penalty = λ / m Σ_i (‖g_i‖ − 1)²
 * Clauses    gan.wgan.lipschitz
 * Shapes     slopes: [M, H, W, K] → penalty: []
 * Edges      a slope of 0 costs λ / m
 * Source     Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville (2017), equation 3
 * Example    g = (3, 4), 0, λ = 2 → 2 / 2 (16 + 1) = 17
 */
export const gradientPenalty: Reference<typeof spec> = (arithmetic, { slopes }, { weight }) => {
  const { exact, multiply, subtract } = arithmetic
  const off = elementwise(lengths(arithmetic, slopes), (length) => subtract(length, exact(1)))
  const penalty = mean(arithmetic, off.shape, (i) => multiply(off.at(i), off.at(i)))
  return { penalty: build([], () => multiply(exact(weight), penalty)) }
}

/** 2 λ / m (‖g‖ − 1) g / ‖g‖ dP of each sample, and 0 where the norm is. */
function penaltySlopes<T>(
  arithmetic: Arithmetic<T>,
  g: NumberArray<T>,
  weight: number,
  dP: T,
): NumberArray<T> {
  const { divide, exact, multiply, subtract, toNumber } = arithmetic
  const n = lengths(arithmetic, g)
  const share = divide(multiply(exact(2 * weight), dP), exact(g.shape[0]!))
  return build(g.shape, (m, ...at) => {
    const value = g.at(m!, ...at)
    if (toNumber(n.at(m!)) === 0) return exact(0)
    const off = arithmetic.anyOf(
      () => multiply(subtract(n.at(m!), exact(1)), divide(value, n.at(m!))),
      () => subtract(value, divide(value, n.at(m!))),
    )
    return multiply(share, off)
  })
}

/**
 * Gradient of the penalty by the slopes.
 *
 * Formula    dSlopes_i = 2 λ / m (‖g_i‖ − 1) g_i / ‖g_i‖ dPenalty
 * Clauses    gan.wgan.lipschitz
 * Shapes     slopes: [M, H, W, K], dPenalty: [] → dSlopes: [M, H, W, K]
 * Edges      a slope of 0: 0
 * Source     Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville (2017), equation 3, by differentiation
 * Example    g = (3, 4), λ = ½, dPenalty = 5 → 5 · 4 · (3, 4) / 5 = (12, 16)
 */
export const gradientPenaltyGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { slopes, dPenalty },
  { weight },
) => ({ dSlopes: penaltySlopes(arithmetic, slopes, weight, dPenalty.at()) })

/**
 * Gradient of what a critic measures by its parameters.
 *
 * Formula    ∇ (1/m Σ_i f(x_i) − 1/m Σ_i f(x̃_i))
 * Shapes     real, generated: [M, X] → as the parameters
 * Edges      φ′(0) = 0.2
 * Source     Arjovsky, Chintala, Bottou (2017), algorithm 1
 */
export function measuredGradient<T>(
  arithmetic: Arithmetic<T>,
  D: Discriminator<T>,
  real: NumberArray<T>,
  generated: NumberArray<T>,
): Discriminator<T> {
  const { divide, exact } = arithmetic
  const [M, X] = real.shape as [number, number]
  const x = build([2 * M, X], (i, j) => (i < M ? real.at(i, j) : generated.at(i - M, j)))
  const dLogits = build([2 * M], (i) => divide(exact(i < M ? 1 : -1), exact(M)))
  return discriminatorGradient(arithmetic, D, x, discriminated(arithmetic, D, x), dLogits)
}

/**
 * Gradient of the penalty of a critic by its weights.
 *
 * Formula    g_i = W r_i, r_i = v ⊙ φ′(s_i), u_i = ∂penalty / ∂g_i: dW = Σ_i u_i r_iᵀ, dv = Σ_i φ′(s_i) ⊙ Wᵀ u_i
 * Shapes     x: [M, X] → dW: [X, Hd], dv: [Hd]
 * Edges      a slope of 0 adds nothing
 * Source     Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville (2017), equation 3, by differentiation
 */
function penaltyGradient<T>(
  arithmetic: Arithmetic<T>,
  D: Discriminator<T>,
  x: NumberArray<T>,
  weight: number,
) {
  const { exact, multiply } = arithmetic
  const { s } = discriminated(arithmetic, D, x)
  const [M, X] = x.shape as [number, number]
  const W = D.discriminatorHidden
  const ones = (length: number) => build([length], () => exact(1))
  const u = penaltySlopes(arithmetic, sampleGradient(arithmetic, D, s, ones(M)), weight, exact(1))
  const r = hiddenGradient(arithmetic, D, s, ones(M))
  const unweighted = { ...D, discriminatorOutput: ones(W.shape[1]!) }
  const phi = hiddenGradient(arithmetic, unweighted, s, ones(M))
  return {
    dW: denseWeightGradient(arithmetic, u, r),
    dv: build([W.shape[1]!], (i) =>
      sum(arithmetic, [M, X], (m, j) => multiply(phi.at(m, i), multiply(W.at(j, i), u.at(m, j)))),
    ),
  }
}

/** The critics after steps, one behind the other. */
export function criticsAfter<T>(critics: readonly Discriminator<T>[]): Discriminator<T> {
  return {
    discriminatorHidden: stacked(critics.map((D) => D.discriminatorHidden)),
    discriminatorHiddenBias: stacked(critics.map((D) => D.discriminatorHiddenBias)),
    discriminatorOutput: stacked(critics.map((D) => D.discriminatorOutput)),
    discriminatorOutputBias: stacked(critics.map((D) => D.discriminatorOutputBias)),
  }
}

/**
 * Steps of a critic with a gradient penalty.
 *
 * Formula    D ← D + η ∇_D (1/m Σ_i f(x_i) − 1/m Σ_i f(x̃_i) − λ/m Σ_i (‖∇f(x̂_i)‖ − 1)²)
 * Clauses    gan.wgan.lipschitz
 * Shapes     discriminatorHidden: [X, Hd], discriminatorHiddenBias, discriminatorOutput: [Hd],
 *            discriminatorOutputBias: [], real, generated: [T, M, X], mix: [T, M] → each with T in front
 * Edges      a slope of 0 gets no penalty that could be climbed down; φ′(0) = 0.2
 * Source     Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville (2017), algorithm 1, with plain steps
 * Example    W = 2, v = 1, b = d = 0, x = x̃ = 1, ε = ½, λ = ½, η = ½: g = 2, dW = dv · ½ = 1 · 1 → W = 3/2, v = 0
 */
export const penalizedCritic: Reference<typeof penalizedSpec> = (
  arithmetic,
  { real, generated, mix, ...D },
  { rate, weight },
) => {
  const { negate } = arithmetic
  const critics: Discriminator<ReturnType<typeof negate>>[] = []
  let now = discriminatorOf(D)
  for (let t = 0; t < real.shape[0]!; t++) {
    const [x, fake] = [memberOf(real, t), memberOf(generated, t)]
    const between = penaltyPoints(
      arithmetic,
      { real: x, generated: fake, mix: memberOf(mix, t) },
      {},
    )
    const measured = measuredGradient(arithmetic, now, x, fake)
    const { dW, dv } = penaltyGradient(arithmetic, now, between.x, weight)
    now = climbed(arithmetic, now, less(arithmetic, measured, dW, dv), rate)
    critics.push(now)
  }
  return criticsAfter(critics)
}

/** A gradient less that of the penalty. */
function less<T>(
  { subtract }: Arithmetic<T>,
  g: Discriminator<T>,
  dW: NumberArray<T>,
  dv: NumberArray<T>,
): Discriminator<T> {
  return {
    ...g,
    discriminatorHidden: build(dW.shape, (...at) =>
      subtract(g.discriminatorHidden.at(...at), dW.at(...at)),
    ),
    discriminatorOutput: build(dv.shape, (i) => subtract(g.discriminatorOutput.at(i), dv.at(i))),
  }
}
