import type { discriminatorProbability as spec } from '../../spec/gan/discriminator-probability.ts'
import { elementwise } from '../arithmetic/array.ts'
import { sigmoid } from '../layers/sigmoid.ts'
import type { Reference } from '../reference.ts'

/**
 * Probability that a sample is real, and that it is not.
 *
 * Formula    probability = σ(a), complement = σ(−a), a the logit
 * Clauses    gan.discriminator-probability
 * Shapes     logits: [M] → probability, complement: [M]
 * Edges      a = 0: ½ and ½
 * Source     Goodfellow et al. (2014), section 3
 * Example    a = 0 → ½ and ½; a = ln 3 → ¾ and ¼
 */
export const discriminatorProbability: Reference<typeof spec> = (arithmetic, { logits }) => ({
  probability: elementwise(logits, (a) => sigmoid(arithmetic, a)),
  complement: elementwise(logits, (a) => sigmoid(arithmetic, arithmetic.negate(a))),
})
