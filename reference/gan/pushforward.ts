import type { pushforward as spec } from '../../spec/gan/pushforward.ts'
import { build, elementwise, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { logComplement } from './value-function-logarithms.ts'
import { mean } from './value-function-mean.ts'

/**
 * Distribution of generated samples, and an expectation over it and over the noise.
 *
 * Formula    generated[n] = Σ_{z: images[z] = n} noise[z], overPoints = Σ_n generated[n] φ[n] / Σ_n generated[n],
 *            overNoise = Σ_z noise[z] φ[images[z]] / Σ_z noise[z], φ = ln σ(−logits)
 * Clauses    gan.value.pushforward
 * Shapes     noise, images: [Z], logits: [N] → generated: [N], overPoints, overNoise: []
 * Edges      a point that nothing is put at: 0
 * Source     Goodfellow et al. (2014), section 3
 * Example    noise = 1, 2, 1, images = 1, 0, 1, logits = 0, 0 → generated = 2, 2, both −ln 2
 */
export const pushforward: Reference<typeof spec> = (
  arithmetic,
  { noise, images, logits },
  { points },
) => {
  const { exact, toNumber } = arithmetic
  const [Z] = noise.shape as [number]
  const at = (z: number) => toNumber(images.at(z))
  const generated = build([points], (n) =>
    sum(arithmetic, [Z], (z) => (at(z) === n ? noise.at(z) : exact(0))),
  )
  const phi = elementwise(logits, (a) => logComplement(arithmetic, a))
  const ofNoise = build([Z], (z) => phi.at(at(z)))
  return {
    generated,
    overPoints: build([], () => mean(arithmetic, phi, (n) => generated.at(n))),
    overNoise: build([], () => mean(arithmetic, ofNoise, (z) => noise.at(z))),
  }
}
