import type { payoffs as spec } from '../../spec/gan/roles.ts'
import { mean } from '../arithmetic/any-of.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { discriminated, generated } from './network.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'

/**
 * Payoffs of discriminator and generator.
 *
 * Formula    V = 1/m Σ_i ln D(x_i) + 1/m Σ_i ln(1 − D(G(z_i))); the discriminator gets V, the generator −V, or
 *            1/m Σ_i ln D(G(z_i)) with the non-saturating loss
 * Clauses    gan.roles
 * Shapes     samples: [M, X], noise: [M, Z], parameters of both → generated: [M, X], two of [M], two of []
 * Edges      from logits, so that no probability of 0 or 1 makes it infinite
 * Source     Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), equation 1
 * Example    v = d = 0: D = ½, V = −2 ln 2, and the generator gets 2 ln 2, or −ln 2
 */
export const payoffs: Reference<typeof spec> = (
  arithmetic,
  { samples, noise, ...networks },
  { loss },
) => {
  const { add, negate } = arithmetic
  const { x } = generated(arithmetic, networks, noise)
  const real = discriminated(arithmetic, networks, samples).logits
  const fake = discriminated(arithmetic, networks, x).logits
  const onReal = mean(arithmetic, real.shape, (i) => logSigmoid(arithmetic, real.at(i)))
  const onFake = mean(arithmetic, fake.shape, (i) => logComplement(arithmetic, fake.at(i)))
  const V = add(onReal, onFake)
  const own =
    loss === 'saturating'
      ? negate(V)
      : mean(arithmetic, fake.shape, (i) => logSigmoid(arithmetic, fake.at(i)))
  return {
    generated: x,
    realLogits: real,
    generatedLogits: fake,
    discriminator: build([], () => V),
    generator: build([], () => own),
  }
}
