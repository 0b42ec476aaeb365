import type {
  slopeBound as boundSpec,
  clippedCritic as clippedSpec,
  criticSlopes as spec,
} from '../../spec/gan/wgan-lipschitz.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, memberOf, type NumberArray } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import {
  climbed,
  type Discriminator,
  discriminated,
  discriminatorOf,
  sampleGradient,
} from './network.ts'
import { criticsAfter, measuredGradient } from './wgan-penalty.ts'

/**
 * What a critic gives, and its gradient by each sample.
 *
 * Formula    f(x) = max(s, 0.2 s) v + d, s = x W + b; ∇f(x) = W (v ⊙ φ′(s)), φ′ = 1 where s > 0, 0.2 elsewhere
 * Clauses    gan.wgan.lipschitz
 * Shapes     discriminatorHidden: [X, Hd], discriminatorHiddenBias, discriminatorOutput: [Hd],
 *            discriminatorOutputBias: [], x: [M, X] → values: [M], slopes: [M, X]
 * Edges      φ′(0) = 0.2
 * Source     Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville (2017), algorithm 1
 * Example    W = 2, v = 3, b = 1, d = 0, x = 1 → value 9, slope 6
 */
export const criticSlopes: Reference<typeof spec> = (arithmetic, { x, ...D }) => {
  const { s, logits } = discriminated(arithmetic, D, x)
  const ones = build([x.shape[0]!], () => arithmetic.exact(1))
  return { values: logits, slopes: sampleGradient(arithmetic, D, s, ones) }
}

/** Every number brought to the nearest one from −c to c. */
function clipped<T>(
  { exact, maximum, negate }: Arithmetic<T>,
  w: NumberArray<T>,
  c: number,
): NumberArray<T> {
  const low = exact(-c)
  return elementwise(w, (value) => maximum([low, negate(maximum([low, negate(value)]))]))
}

/**
 * Steps of a critic with clipped weights.
 *
 * Formula    w ← max(−c, min(c, w + η ∇_w (1/m Σ_i f(x_i) − 1/m Σ_i f(x̃_i)))), for every parameter w
 * Clauses    gan.wgan.lipschitz
 * Shapes     discriminatorHidden: [X, Hd], discriminatorHiddenBias, discriminatorOutput: [Hd],
 *            discriminatorOutputBias: [], real, generated: [T, M, X] → each with T in front
 * Edges      no rate: the parameters, clipped; φ′(0) = 0.2
 * Source     Arjovsky, Chintala, Bottou (2017), algorithm 1, with plain steps
 * Example    W = 1, v = 2, b = d = 0, x = 1, x̃ = 0, η = 1, c = 2.5: W + 2 → 5/2, v + 1 → 5/2
 */
export const clippedCritic: Reference<typeof clippedSpec> = (
  arithmetic,
  { real, generated, ...D },
  { rate, limit },
) => {
  const critics: Discriminator<ReturnType<typeof arithmetic.exact>>[] = []
  let now = discriminatorOf(D)
  for (let t = 0; t < real.shape[0]!; t++) {
    const g = measuredGradient(arithmetic, now, memberOf(real, t), memberOf(generated, t))
    const moved = climbed(arithmetic, now, g, rate)
    now = {
      discriminatorHidden: clipped(arithmetic, moved.discriminatorHidden, limit),
      discriminatorHiddenBias: clipped(arithmetic, moved.discriminatorHiddenBias, limit),
      discriminatorOutput: clipped(arithmetic, moved.discriminatorOutput, limit),
      discriminatorOutputBias: clipped(arithmetic, moved.discriminatorOutputBias, limit),
    }
    critics.push(now)
  }
  return criticsAfter(critics)
}

/**
 * Bound of the slopes of a critic with clipped weights.
 *
 * Formula    Π_l c √(m_l n_l), for layers from m_l to n_l units: each weight matrix is at most as long as its
 *            Frobenius norm
 * Clauses    gan.wgan.lipschitz
 * Shapes     → bound: []
 * Edges      one layer of one unit: c
 * Source     Arjovsky, Chintala, Bottou (2017), section 3
 * Example    widths 2, 8, 1, c = ½ → ½ · 4 · ½ · √8 = √8
 */
export const slopeBound: Reference<typeof boundSpec> = (arithmetic, _, { widths, limit }) => {
  const { exact, multiply, sqrt } = arithmetic
  let bound = exact(1)
  for (const [l, units] of widths.slice(1).entries()) {
    bound = multiply(bound, multiply(exact(limit), sqrt(exact(widths[l]! * units))))
  }
  return { bound: build([], () => bound) }
}
