import type { pointDivergences as spec } from '../../spec/gan/wgan-continuity.ts'
import { elementwise } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Distances between a point at 0 and a point at θ.
 *
 * Formula    wasserstein = |θ|, slope = θ / |θ|, jensenShannon = ln 2, kullbackLeibler = ∞
 * Clauses    gan.wgan.continuity, gan.loss-quality-decoupling
 * Shapes     theta: [N] → wasserstein, slope, jensenShannon, kullbackLeibler: [N]
 * Edges      θ = 0: all of them are 0; whether a device that reads subnormal numbers as 0 finds θ there is open
 * Source     Arjovsky, Chintala, Bottou (2017), example 1
 * Example    θ = −½ → ½, −1, ln 2, ∞
 */
export const pointDivergences: Reference<typeof spec> = (arithmetic, { theta }) => {
  const { abs, exact, less, log } = arithmetic
  const isApart = elementwise(theta, (t) => less(exact(0), abs(t)))
  const unlessAtData = (value: () => ReturnType<typeof exact>) =>
    elementwise(isApart, (apart) => (apart ? value() : exact(0)))
  return {
    wasserstein: elementwise(theta, abs),
    slope: elementwise(theta, (t) => exact(Math.sign(arithmetic.toNumber(t)))),
    jensenShannon: unlessAtData(() => log(exact(2))),
    kullbackLeibler: unlessAtData(() => exact(Number.POSITIVE_INFINITY)),
  }
}
