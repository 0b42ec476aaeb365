import type { generate as spec } from '../../spec/gan/sample-map.ts'
import type { Reference } from '../reference.ts'
import { generated } from './network.ts'

/**
 * Samples of a generator.
 *
 * Formula    x = tanh(z U + a) V + c
 * Clauses    gan.sample-map
 * Shapes     noise: [M, Z], generatorHidden: [Z, Hg], generatorHiddenBias: [Hg], generatorOutput: [Hg, X],
 *            generatorOutputBias: [X] → x: [M, X]
 * Edges      without weights, every noise vector gives the output bias, or one sample of the hidden biases
 * Source     Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), section 3
 * Example    z = 5, U = a = 0, V = 2, c = 3 → x = 3
 */
export const generate: Reference<typeof spec> = (arithmetic, { noise, ...generator }) => ({
  x: generated(arithmetic, generator, noise).x,
})
