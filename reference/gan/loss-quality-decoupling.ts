import type { diracLosses as spec } from '../../spec/gan/loss-quality-decoupling.ts'
import { build, elementwise } from '../arithmetic/array.ts'
import { softplus } from '../layers/softplus.ts'
import type { Reference } from '../reference.ts'

/**
 * Losses of a generator of one point and of a discriminator with one weight.
 *
 * Formula    a = ψ θ; discriminator = −ln 2 − ln(1 + e^a), saturating = −ln(1 + e^a),
 *            nonSaturating = ln(1 + e^−a), distance = |θ|
 * Clauses    gan.loss-quality-decoupling
 * Shapes     theta, psi: [N] → distance, discriminator, saturating, nonSaturating: [N]
 * Edges      a = 0: −2 ln 2, −ln 2 and ln 2
 * Source     Mescheder, Geiger, Nowozin (2018), definition 2.1
 * Example    θ = 1, ψ = 0 → distance 1, discriminator −ln 4, saturating −ln 2, nonSaturating ln 2
 */
export const diracLosses: Reference<typeof spec> = (arithmetic, { theta, psi }) => {
  const { abs, exact, log, multiply, negate, subtract } = arithmetic
  const a = build(theta.shape, (n) => multiply(psi.at(n), theta.at(n)))
  const saturating = elementwise(a, (logit) => negate(softplus(arithmetic, logit)))
  return {
    distance: elementwise(theta, abs),
    discriminator: elementwise(saturating, (loss) => subtract(loss, log(exact(2)))),
    saturating,
    nonSaturating: elementwise(a, (logit) => softplus(arithmetic, negate(logit))),
  }
}
