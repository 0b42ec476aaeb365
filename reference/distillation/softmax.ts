import type {
  softmaxGradient as gradientSpec,
  logSoftmaxGradient as logGradientSpec,
  logSoftmax as logSpec,
  softmax as spec,
  logSumExpGradient as sumGradientSpec,
  logSumExp as sumSpec,
} from '../../spec/distillation/softmax.ts'
import { build } from '../arithmetic/array.ts'
import { exponentials, throughLogSoftmax, throughSoftmax } from '../layers/softmax.ts'
import type { Reference } from '../reference.ts'
import { logarithms, overTemperature, probabilities } from './softmax-scores.ts'

/**
 * Softmax with a temperature.
 *
 * Formula    y[n,c] = e^(z[n,c] / τ) / Σ_k e^(z[n,k] / τ), both divided by the largest exponential
 * Clauses    distillation.softmax, distillation.temperature
 * Shapes     z: [N, C] → y: [N, C]
 * Edges      one class: 1; a score of −∞: 0
 * Source     Hinton, Vinyals, Dean (2015), equation 1
 * Example    z = 0, 2 ln 3, τ = 2 → ¼, ¾
 */
export const softmax: Reference<typeof spec> = (arithmetic, { z }, { temperature }) => ({
  y: probabilities(arithmetic, z, temperature),
})

/**
 * Gradient of the softmax with a temperature.
 *
 * Formula    dz[n,c] = y[n,c] (dy[n,c] − Σ_k y[n,k] dy[n,k]) / τ
 * Clauses    distillation.softmax
 * Shapes     z, dy: [N, C] → dz: [N, C]
 * Edges      one class: 0
 * Source     Goodfellow, Bengio, Courville (2016), equation 6.29, by differentiation
 * Example    z = 0, 0, τ = 1, dy = 4, 0 → 1, −1
 */
export const softmaxGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { z, dy },
  { temperature },
) => {
  const y = probabilities(arithmetic, z, temperature)
  const behind = throughSoftmax(arithmetic, y, dy)
  return { dz: overTemperature(arithmetic, behind, temperature) }
}

/**
 * Logarithm of the softmax with a temperature.
 *
 * Formula    y[n,c] = z[n,c] / τ − ln Σ_k e^(z[n,k] / τ), the largest quotient taken out of the sum
 * Clauses    distillation.softmax
 * Shapes     z: [N, C] → y: [N, C]
 * Edges      one class: 0; a score of −∞: −∞
 * Source     Goodfellow, Bengio, Courville (2016), equation 6.30
 * Example    z = 0, 2 ln 3, τ = 2 → −ln 4, ln ¾
 */
export const logSoftmax: Reference<typeof logSpec> = (arithmetic, { z }, { temperature }) => ({
  y: logarithms(arithmetic, z, temperature),
})

/**
 * Gradient of the logarithm of the softmax with a temperature.
 *
 * Formula    dz[n,c] = (dy[n,c] − softmax(z / τ)[n,c] Σ_k dy[n,k]) / τ
 * Clauses    distillation.softmax
 * Shapes     z, dy: [N, C] → dz: [N, C]
 * Edges      one class: 0
 * Source     Goodfellow, Bengio, Courville (2016), equation 6.30, by differentiation
 * Example    z = 0, 0, τ = 1, dy = 4, 0 → 2, −2
 */
export const logSoftmaxGradient: Reference<typeof logGradientSpec> = (
  arithmetic,
  { z, dy },
  { temperature },
) => {
  const y = probabilities(arithmetic, z, temperature)
  const behind = throughLogSoftmax(arithmetic, y, dy)
  return { dz: overTemperature(arithmetic, behind, temperature) }
}

/**
 * Logarithm of a sum of exponentials, with a temperature.
 *
 * Formula    y[n] = τ ln Σ_k e^(z[n,k] / τ) = m[n] + τ ln Σ_k e^((z[n,k] − m[n]) / τ), m[n] = max_k z[n,k]
 * Clauses    distillation.softmax
 * Shapes     z: [N, C] → y: [N]
 * Edges      one class: its score
 * Source     Goodfellow, Bengio, Courville (2016), section 4.1
 * Example    z = 0, 0, τ = 2 → 2 ln 2
 */
export const logSumExp: Reference<typeof sumSpec> = (arithmetic, { z }, { temperature }) => {
  const { add, anyOf, exact, log, maximum, multiply } = arithmetic
  const [N, C] = z.shape as [number, number]
  const tau = exact(temperature)
  const { m, sums } = exponentials(arithmetic, overTemperature(arithmetic, z, temperature))
  const largest = (n: number) => maximum(Array.from({ length: C }, (_, c) => z.at(n, c)))
  return {
    y: build([N], (n) =>
      anyOf(
        () => add(largest(n), multiply(tau, log(sums.at(n)))),
        () => multiply(tau, add(m.at(n), log(sums.at(n)))),
      ),
    ),
  }
}

/**
 * Gradient of the logarithm of a sum of exponentials, with a temperature.
 *
 * Formula    dz[n,c] = dy[n] softmax(z / τ)[n,c]
 * Clauses    distillation.softmax
 * Shapes     z: [N, C], dy: [N] → dz: [N, C]
 * Edges      one class: dy
 * Source     Goodfellow, Bengio, Courville (2016), section 4.1, by differentiation
 * Example    z = 0, 0, τ = 2, dy = 4 → 2, 2
 */
export const logSumExpGradient: Reference<typeof sumGradientSpec> = (
  arithmetic,
  { z, dy },
  { temperature },
) => {
  const y = probabilities(arithmetic, z, temperature)
  return { dz: build(z.shape, (n, c) => arithmetic.multiply(dy.at(n), y.at(n, c))) }
}
