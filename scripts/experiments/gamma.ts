import type { Random } from '../../conformance/arbitraries/random.ts'
import { normal } from './random.ts'

/**
 * A draw of the gamma distribution of a shape, by the method of Marsaglia and Tsang (2000), section 3; below
 * shape 1 by that of one more, times a power of a uniform number.
 */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random.unit()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    const u = 1 - random.unit()
    if (v > 0 && Math.log(u) < x ** 2 / 2 + d * (1 - v + Math.log(v))) return d * v
  }
}
