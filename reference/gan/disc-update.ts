import type { discriminatorSteps as spec } from '../../spec/gan/disc-update.ts'
import { memberOf } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import {
  type Discriminator,
  discriminatorStep,
  generated,
  generatorOf,
  statesOfDiscriminator,
} from './network.ts'

/**
 * Steps of a discriminator.
 *
 * Formula    D ← D + η ∇_D 1/m Σ_i [ln D(x_i) + ln(1 − D(G(z_i)))], with a batch of each for every step
 * Clauses    gan.disc-update, gan.disc.blackbox-generator
 * Shapes     samples: [T, M, X], noise: [T, M, Z], parameters of both → those of the discriminator with T first,
 *            those of the generator
 * Edges      a rate of 0 leaves the discriminator as it is; the generator stays as it is
 * Source     Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), algorithm 1
 * Example    x = 1, 3, G = 0, W = 1, all else 0, η = 1 → v = ½ (½ · 1 + ½ · 3) = 1, all else as before
 */
export const discriminatorSteps: Reference<typeof spec> = (
  arithmetic,
  { samples, noise, ...networks },
  { rate },
) => {
  type Own = Discriminator<ReturnType<typeof samples.at>>
  const states: Own[] = []
  let D: Own = networks
  for (let t = 0; t < samples.shape[0]!; t++) {
    const { x } = generated(arithmetic, networks, memberOf(noise, t))
    D = discriminatorStep(arithmetic, D, memberOf(samples, t), x, rate)
    states.push(D)
  }
  return {
    ...statesOfDiscriminator(states),
    ...generatorOf(networks),
  }
}
