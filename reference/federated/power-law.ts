import type { powerLawSizes as spec } from '../../spec/federated/power-law.ts'
import { build, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Numbers of points by a power law.
 *
 * Formula    counts[k] = min(most, ⌊least · exp(E[k] / (α − 1))⌋): the largest whole j up to it
 * Clauses    federated.power-law
 * Shapes     draws: [K] → counts: [K], points: []
 * Edges      a draw of 0 gives the least number; what is far above the most is not raised to a power
 * Source     Clauset, Shalizi, Newman (2009), appendix D, by an exponential draw in place of −ln(1 − r)
 * Example    α = 2, least 1, most 10, E = 0, 1, 5 → counts 1, 2, 10, points 13
 */
export const powerLawSizes: Reference<typeof spec> = (
  arithmetic,
  { draws },
  { exponent, least, most },
) => {
  const { divide, exact, exp, less, log, multiply, subtract, toNumber } = arithmetic
  const [K] = draws.shape as [number]
  const tail = subtract(exact(exponent), exact(1))
  const highest = log(divide(exact(most), exact(least)))
  const count = (k: number) => {
    const E = draws.at(k)
    if (toNumber(E) === 0) return least
    const power = divide(E, tail)
    if (least === most || less(highest, power)) return most
    const size = multiply(exact(least), exp(power))
    const j = Math.floor(toNumber(size))
    // Where rounding leaves open which whole number it reaches, nothing is said.
    less(size, exact(j))
    less(size, exact(j + 1))
    return j
  }
  const counts = build([K], (k) => exact(count(k)))
  return { counts, points: build([], () => sum(arithmetic, [K], (k) => counts.at(k))) }
}
