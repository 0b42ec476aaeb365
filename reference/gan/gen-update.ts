import type {
  generatorObjectiveGradient as gradientSpec,
  generatorObjective as objectiveSpec,
  generatorStep as spec,
} from '../../spec/gan/gen-update.ts'
import { mean } from '../arithmetic/any-of.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import {
  climbed,
  discriminated,
  discriminatorOf,
  type Generator,
  generated,
  objectiveGradient,
} from './network.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'

/**
 * Objective of a generator.
 *
 * Formula    J = 1/m Σ_i ln D(G(z_i)), non-saturating, or −1/m Σ_i ln(1 − D(G(z_i))), saturating
 * Clauses    gan.gen-update
 * Shapes     noise: [M, Z], parameters of both → objective: []
 * Edges      from logits, so that no probability of 0 or 1 makes it infinite
 * Source     Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), section 3
 * Example    v = d = 0: D = ½, J = −ln 2 or ln 2
 */
export const generatorObjective: Reference<typeof objectiveSpec> = (
  arithmetic,
  { noise, ...networks },
  { loss },
) => {
  const { logits } = discriminated(arithmetic, networks, generated(arithmetic, networks, noise).x)
  const term = (i: number) =>
    loss === 'non-saturating'
      ? logSigmoid(arithmetic, logits.at(i))
      : arithmetic.negate(logComplement(arithmetic, logits.at(i)))
  return { objective: build([], () => mean(arithmetic, logits.shape, term)) }
}

/**
 * Gradients of the objective of a generator.
 *
 * Formula    ∇ J = Σ_i (∂x_i/∂w_G)ᵀ (∂a/∂x)(x_i) s_i dJ / m, s = 1 − D or D
 * Clauses    gan.gen.through-discriminator
 * Shapes     noise: [M, Z], parameters of both, dObjective: [] → as the parameters of the generator
 * Edges      φ′(0) = 0.2 of the discriminator
 * Source     Goodfellow et al. (2014), section 3 and algorithm 1
 * Example    U = a = V = 0, c = 0, W = b = v = 1, d = −1, dJ = 1: D = ½, dc = ½, all else 0
 */
export const generatorObjectiveGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { noise, dObjective, ...networks },
  { loss },
) => {
  const g = objectiveGradient(arithmetic, networks, networks, noise, loss, dObjective.at())
  return {
    dGeneratorHidden: g.generatorHidden,
    dGeneratorHiddenBias: g.generatorHiddenBias,
    dGeneratorOutput: g.generatorOutput,
    dGeneratorOutputBias: g.generatorOutputBias,
  }
}

/**
 * Step of a generator.
 *
 * Formula    G ← G + η ∇_G J
 * Clauses    gan.gen-update, gan.gen.through-discriminator
 * Shapes     noise: [M, Z], parameters of both → as the parameters of both
 * Edges      a rate of 0 leaves the generator as it is; the discriminator stays as it is
 * Source     Goodfellow et al. (2014), algorithm 1
 * Example    U = a = V = 0, c = 0, W = b = v = 1, d = −1, η = 1: c = ½, all else as before
 */
export const generatorStep: Reference<typeof spec> = (
  arithmetic,
  { noise, ...networks },
  { loss, rate },
) => {
  const { exact } = arithmetic
  const g = objectiveGradient(arithmetic, networks, networks, noise, loss, exact(1))
  type Own = Generator<ReturnType<typeof exact>>
  return {
    ...climbed<ReturnType<typeof exact>, keyof Own>(arithmetic, networks, g, rate),
    ...discriminatorOf(networks),
  }
}
