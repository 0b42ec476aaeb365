import type { afterTraining as spec } from '../../spec/gan/test-time.ts'
import type { Reference } from '../reference.ts'
import { discriminated, generated } from './network.ts'

/**
 * Samples and features after training.
 *
 * Formula    x = G(z); f = max(s, 0.2 s), s = y W + b of what is shown
 * Clauses    gan.test-time
 * Shapes     noise: [M, Z], shown: [Shown, X], parameters of both → x: [M, X], features: [Shown, Hd]
 * Edges      the output of the discriminator is not looked at
 * Source     Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), section 3
 * Example    V = 0, c = 3, W = 1 | −1, b = 0, shown 5 → x = 3, features 5, −1
 */
export const afterTraining: Reference<typeof spec> = (
  arithmetic,
  { noise, shown, ...networks },
) => ({
  x: generated(arithmetic, networks, noise).x,
  features: discriminated(arithmetic, networks, shown).e,
})
