import type {
  smoothedDiscriminator as discriminatorSpec,
  smoothedValueGradient as gradientSpec,
  smoothedValue as spec,
} from '../../spec/gan/label-smoothing.ts'
import { build, elementwise } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { crossEntropyOf, crossEntropySlope } from './cross-entropy.ts'
import { shares } from './optimal-discriminator.ts'
import { mean } from './value-function-mean.ts'

/**
 * Value of a discriminator on batches with smoothed targets.
 *
 * Formula    V = Σ_m (α ln σ(a) + (1 − α) ln σ(−a)) / M + Σ_s (β ln σ(b) + (1 − β) ln σ(−b)) / S, a = real[m],
 *            b = generated[s]
 * Clauses    gan.label-smoothing
 * Shapes     real: [M], generated: [S] → value: []
 * Edges      α = 1, β = 0: the value of the game
 * Source     Salimans et al. (2016), section 3.4
 * Example    real = ln 3, generated = 0, α = ¾, β = 0 → ¾ ln ¾ + ¼ ln ¼ − ln 2
 */
export const smoothedValue: Reference<typeof spec> = (
  arithmetic,
  { real, generated },
  { realTarget, generatedTarget },
) => {
  const { add, exact, negate } = arithmetic
  const loss = (logits: typeof real, target: number) =>
    mean(
      arithmetic,
      elementwise(logits, (a) => crossEntropyOf(arithmetic, a, exact(target))),
    )
  const both = add(loss(real, realTarget), loss(generated, generatedTarget))
  return { value: build([], () => negate(both)) }
}

/**
 * Gradient of the value with smoothed targets by the logits.
 *
 * Formula    dReal[m] = (α − σ(real[m])) dV / M, dGenerated[s] = (β − σ(generated[s])) dV / S
 * Clauses    gan.label-smoothing
 * Shapes     as those of the value
 * Source     by differentiation
 * Example    real = 0, generated = 0, α = ¾, β = ¼, dV = 4 → 1, −1
 */
export const smoothedValueGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { real, generated, dValue },
  { realTarget, generatedTarget },
) => {
  const { divide, exact, multiply, negate } = arithmetic
  const slopes = (logits: typeof real, target: number) => {
    const share = divide(dValue.at(), exact(logits.data.length))
    return elementwise(logits, (a) =>
      negate(multiply(crossEntropySlope(arithmetic, a, exact(target)), share)),
    )
  }
  return { dReal: slopes(real, realTarget), dGenerated: slopes(generated, generatedTarget) }
}

/**
 * Best discriminator with smoothed targets.
 *
 * Formula    D*[n] = (α p[n] + β q[n]) / (p[n] + q[n]), p and q as shares
 * Clauses    gan.label-smoothing
 * Shapes     data, generated: [N] → probability: [N]
 * Edges      a point of neither distribution: ½
 * Source     Salimans et al. (2016), section 3.4
 * Example    p = ¾, ¼, q = ¼, ¾, α = 0.8, β = 0 → 0.6, 0.2
 */
export const smoothedDiscriminator: Reference<typeof discriminatorSpec> = (
  arithmetic,
  { data, generated },
  { realTarget, generatedTarget },
) => {
  const { add, divide, exact, multiply, toNumber } = arithmetic
  const [alpha, beta] = [exact(realTarget), exact(generatedTarget)]
  const [p, q] = [shares(arithmetic, data), shares(arithmetic, generated)]
  return {
    probability: build(p.shape, (n) => {
      const both = add(p.at(n), q.at(n))
      if (toNumber(both) === 0) return exact(0.5)
      return divide(add(multiply(alpha, p.at(n)), multiply(beta, q.at(n))), both)
    }),
  }
}
