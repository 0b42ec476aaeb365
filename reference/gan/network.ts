import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, stacked } from '../arithmetic/array.ts'
import { biasGradient } from '../layers/bias.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import { sigmoid } from '../layers/sigmoid.ts'
import { tanhSlope } from '../layers/tanh.ts'

/** The parameters of a generator, or what is to be added to them. */
export interface Generator<T> {
  readonly generatorHidden: NumberArray<T>
  readonly generatorHiddenBias: NumberArray<T>
  readonly generatorOutput: NumberArray<T>
  readonly generatorOutputBias: NumberArray<T>
}

/** The parameters of a discriminator, or what is to be added to them. */
export interface Discriminator<T> {
  readonly discriminatorHidden: NumberArray<T>
  readonly discriminatorHiddenBias: NumberArray<T>
  readonly discriminatorOutput: NumberArray<T>
  readonly discriminatorOutputBias: NumberArray<T>
}

/**
 * Forward pass of a generator.
 *
 * Formula    h = tanh(z U + a), x = h V + c
 * Shapes     z: [M, Z], U: [Z, Hg], a: [Hg], V: [Hg, X], c: [X] → h: [M, Hg], x: [M, X]
 * Edges      none
 * Source     Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), section 3
 */
export function generated<T>(arithmetic: Arithmetic<T>, G: Generator<T>, z: NumberArray<T>) {
  const h = elementwise(
    dense(arithmetic, z, G.generatorHidden, G.generatorHiddenBias),
    arithmetic.tanh,
  )
  return { h, x: dense(arithmetic, h, G.generatorOutput, G.generatorOutputBias) }
}

/**
 * Gradient of a generator by its parameters.
 *
 * Formula    dV = hᵀ dx, dc = Σ dx, ds = (dx Vᵀ) ⊙ (1 − h²), dU = zᵀ ds, da = Σ ds
 * Shapes     z: [M, Z], h: [M, Hg], dx: [M, X] → as the parameters
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 6.5
 */
export function generatorGradient<T>(
  arithmetic: Arithmetic<T>,
  G: Generator<T>,
  z: NumberArray<T>,
  h: NumberArray<T>,
  dx: NumberArray<T>,
): Generator<T> {
  const dh = denseInputGradient(arithmetic, G.generatorOutput, dx)
  const ds = build(h.shape, (m, i) =>
    arithmetic.multiply(dh.at(m, i), tanhSlope(arithmetic, h.at(m, i))),
  )
  return {
    generatorHidden: denseWeightGradient(arithmetic, z, ds),
    generatorHiddenBias: biasGradient(arithmetic, ds),
    generatorOutput: denseWeightGradient(arithmetic, h, dx),
    generatorOutputBias: biasGradient(arithmetic, dx),
  }
}

/** What is left of a hidden unit of the discriminator where it is not above 0. */
const slope = 0.2

/**
 * Forward pass of a discriminator, or of a critic.
 *
 * Formula    s = x W + b, e = max(s, 0.2 s), logit = e v + d; D(x) = σ(logit)
 * Shapes     x: [M, X], W: [X, Hd], b: [Hd], v: [Hd], d: [] → s, e: [M, Hd], logits: [M]
 * Edges      none
 * Source     Goodfellow et al. (2014), section 3; Radford, Metz, Chintala (2016), section 3, for the slope
 */
export function discriminated<T>(
  arithmetic: Arithmetic<T>,
  D: Discriminator<T>,
  x: NumberArray<T>,
) {
  const { exact, maximum, multiply } = arithmetic
  const s = dense(arithmetic, x, D.discriminatorHidden, D.discriminatorHiddenBias)
  const e = elementwise(s, (value) => maximum([value, multiply(exact(slope), value)]))
  const [Hd] = D.discriminatorOutput.shape as [number]
  const v = build([Hd, 1], (i) => D.discriminatorOutput.at(i))
  const d = build([1], () => D.discriminatorOutputBias.at())
  const logits = dense(arithmetic, e, v, d)
  return { s, e, logits: build([x.shape[0]!], (m) => logits.at(m, 0)) }
}

/**
 * Gradient of a discriminator by what enters its hidden units.
 *
 * Formula    ds[m,i] = dlogit[m] v[i] φ′(s[m,i]), φ′ = 1 where s > 0 and 0.2 elsewhere
 * Shapes     v: [Hd], s: [M, Hd], dLogits: [M] → ds: [M, Hd]
 * Edges      φ′(0) = 0.2
 * Source     Goodfellow, Bengio, Courville (2016), section 6.5
 */
export function hiddenGradient<T>(
  arithmetic: Arithmetic<T>,
  D: Discriminator<T>,
  s: NumberArray<T>,
  dLogits: NumberArray<T>,
): NumberArray<T> {
  const { exact, less, multiply } = arithmetic
  return build(s.shape, (m, i) => {
    const de = multiply(dLogits.at(m), D.discriminatorOutput.at(i))
    return less(exact(0), s.at(m, i)) ? de : multiply(de, exact(slope))
  })
}

/**
 * Gradient of a discriminator by the samples that it is shown.
 *
 * Formula    dx = ds Wᵀ
 * Shapes     s: [M, Hd], dLogits: [M] → dx: [M, X]
 * Edges      φ′(0) = 0.2
 * Source     Goodfellow, Bengio, Courville (2016), section 6.5
 */
export function sampleGradient<T>(
  arithmetic: Arithmetic<T>,
  D: Discriminator<T>,
  s: NumberArray<T>,
  dLogits: NumberArray<T>,
): NumberArray<T> {
  const ds = hiddenGradient(arithmetic, D, s, dLogits)
  return denseInputGradient(arithmetic, D.discriminatorHidden, ds)
}

/**
 * Gradient of a discriminator by its parameters.
 *
 * Formula    dv = eᵀ dlogit, dd = Σ dlogit, dW = xᵀ ds, db = Σ ds
 * Shapes     x: [M, X], s, e: [M, Hd], dLogits: [M] → as the parameters
 * Edges      φ′(0) = 0.2
 * Source     Goodfellow, Bengio, Courville (2016), section 6.5
 */
export function discriminatorGradient<T>(
  arithmetic: Arithmetic<T>,
  D: Discriminator<T>,
  x: NumberArray<T>,
  { s, e }: { readonly s: NumberArray<T>; readonly e: NumberArray<T> },
  dLogits: NumberArray<T>,
): Discriminator<T> {
  const ds = hiddenGradient(arithmetic, D, s, dLogits)
  const column = build([x.shape[0]!, 1], (m) => dLogits.at(m))
  const dv = denseWeightGradient(arithmetic, e, column)
  const dd = biasGradient(arithmetic, column)
  return {
    discriminatorHidden: denseWeightGradient(arithmetic, x, ds),
    discriminatorHiddenBias: biasGradient(arithmetic, ds),
    discriminatorOutput: build([dv.shape[0]!], (i) => dv.at(i, 0)),
    discriminatorOutputBias: build([], () => dd.at(0)),
  }
}

/**
 * A step along a gradient.
 *
 * Formula    θ′ = θ + η g, for every array of the gradient
 * Shapes     as the parameters
 * Edges      a rate of 0 leaves everything as it is
 * Source     Goodfellow et al. (2014), algorithm 1
 */
export function climbed<T, Names extends string>(
  { add, exact, multiply }: Arithmetic<T>,
  theta: Readonly<Record<Names, NumberArray<T>>>,
  g: Readonly<Record<Names, NumberArray<T>>>,
  rate: number,
): Readonly<Record<Names, NumberArray<T>>> {
  const names = Object.keys(g) as Names[]
  const moved = names.map((name) => [
    name,
    build(g[name].shape, (...at) =>
      add(theta[name].at(...at), multiply(exact(rate), g[name].at(...at))),
    ),
  ])
  return Object.fromEntries(moved)
}

/** 1 − σ(a) = σ(−a), which code also has as a difference. */
export function complement<T>(arithmetic: Arithmetic<T>, a: T): T {
  const { anyOf, exact, negate, subtract } = arithmetic
  return anyOf(
    () => sigmoid(arithmetic, negate(a)),
    () => subtract(exact(1), sigmoid(arithmetic, a)),
  )
}

/**
 * A step of a discriminator on real and generated samples.
 *
 * Formula    D′ = D + η ∇_D 1/m Σ_i [ln D(x_i) + ln(1 − D(G(z_i)))]; the derivative by a logit is (1 − D)/m of a
 *            real sample, and −D/m of a generated one
 * Shapes     real, fake: [M, X] → as the parameters
 * Edges      φ′(0) = 0.2; a rate of 0 leaves the discriminator as it is
 * Source     Goodfellow et al. (2014), algorithm 1
 */
export function discriminatorStep<T>(
  arithmetic: Arithmetic<T>,
  D: Discriminator<T>,
  real: NumberArray<T>,
  fake: NumberArray<T>,
  rate: number,
): Discriminator<T> {
  const { divide, exact, negate } = arithmetic
  const [M, X] = real.shape as [number, number]
  const x = build([2 * M, X], (i, j) => (i < M ? real.at(i, j) : fake.at(i - M, j)))
  const pass = discriminated(arithmetic, D, x)
  const dLogits = build([2 * M], (i) => {
    const a = pass.logits.at(i)
    const slope = i < M ? complement(arithmetic, a) : negate(sigmoid(arithmetic, a))
    return divide(slope, exact(M))
  })
  const g = discriminatorGradient(arithmetic, D, x, pass, dLogits)
  return climbed<T, keyof Discriminator<T>>(arithmetic, D, g, rate)
}

/** The parameters of a generator, of those of both networks. */
export function generatorOf<T>({
  generatorHidden,
  generatorHiddenBias,
  generatorOutput,
  generatorOutputBias,
}: Generator<T>): Generator<T> {
  return { generatorHidden, generatorHiddenBias, generatorOutput, generatorOutputBias }
}

/** The parameters of a discriminator, of those of both networks. */
export function discriminatorOf<T>({
  discriminatorHidden,
  discriminatorHiddenBias,
  discriminatorOutput,
  discriminatorOutputBias,
}: Discriminator<T>): Discriminator<T> {
  return {
    discriminatorHidden,
    discriminatorHiddenBias,
    discriminatorOutput,
    discriminatorOutputBias,
  }
}

/** The parameters of a generator after each of some steps, one below the other. */
export function statesOfGenerator<T>(states: readonly Generator<T>[]): Generator<T> {
  const after = (name: keyof Generator<T>) => stacked(states.map((state) => state[name]))
  return {
    generatorHidden: after('generatorHidden'),
    generatorHiddenBias: after('generatorHiddenBias'),
    generatorOutput: after('generatorOutput'),
    generatorOutputBias: after('generatorOutputBias'),
  }
}

/** The parameters of a discriminator after each of some steps, one below the other. */
export function statesOfDiscriminator<T>(states: readonly Discriminator<T>[]): Discriminator<T> {
  const after = (name: keyof Discriminator<T>) => stacked(states.map((state) => state[name]))
  return {
    discriminatorHidden: after('discriminatorHidden'),
    discriminatorHiddenBias: after('discriminatorHiddenBias'),
    discriminatorOutput: after('discriminatorOutput'),
    discriminatorOutputBias: after('discriminatorOutputBias'),
  }
}

/**
 * Gradient of the objective of a generator by its parameters.
 *
 * Formula    dx = dlogit ∂a/∂x, dlogit = (1 − D) dJ / m, non-saturating, or D dJ / m, saturating; on from there
 *            through the generator
 * Shapes     z: [M, Z], dJ: one number → as the parameters of the generator
 * Edges      φ′(0) = 0.2 of the discriminator
 * Source     Goodfellow et al. (2014), section 3
 */
export function objectiveGradient<T>(
  arithmetic: Arithmetic<T>,
  G: Generator<T>,
  D: Discriminator<T>,
  z: NumberArray<T>,
  loss: 'saturating' | 'non-saturating',
  dJ: T,
): Generator<T> {
  const { divide, exact, multiply } = arithmetic
  const { h, x } = generated(arithmetic, G, z)
  const { s, logits } = discriminated(arithmetic, D, x)
  const share = divide(dJ, exact(z.shape[0]!))
  const dLogits = elementwise(logits, (a) =>
    multiply(loss === 'saturating' ? sigmoid(arithmetic, a) : complement(arithmetic, a), share),
  )
  return generatorGradient(arithmetic, G, z, h, sampleGradient(arithmetic, D, s, dLogits))
}
