import type { pruneAndRetrain as spec } from '../../spec/pruning/retrain.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Pruning by a threshold, and a step of training of what is left.
 *
 * Formula    m′ = m where |w| ≥ τ, else 0; where m′ = 1: v′ = μ v + g + λ w, w′ = w − η v′; else both 0
 * Clauses    pruning.iterative-retrain
 * Shapes     weights, mask, gradient, velocity: [P], threshold: [] → weights, mask, velocity: [P]
 * Edges      a magnitude equal to the threshold stays; the gradient of a removed weight is not looked at
 * Source     Han, Pool, Tran, Dally (2015), section 3
 * Example    w = 4, 1, m = 1, 1, g = 1, 1, v = 2, 2, τ = 2, η = ½, μ = ½ → w′ = 3, 0, v′ = 2, 0, m′ = 1, 0
 */
export const pruneAndRetrain: Reference<typeof spec> = (
  arithmetic,
  { weights, mask, gradient, velocity, threshold },
  { rate, momentum, decay },
) => {
  const { abs, add, anyOf, exact, less, multiply, subtract, toNumber } = arithmetic
  const [eta, mu, lambda] = [exact(rate), exact(momentum), exact(decay)]
  const after = weights.data.map((w, i) => {
    const isLeft = toNumber(mask.at(i)) === 1 && !less(abs(w), threshold.at())
    if (!isLeft) return { bit: 0, v: exact(0), w: exact(0) }

    const pushed = add(multiply(mu, velocity.at(i)), gradient.at(i))
    const v = add(pushed, multiply(lambda, w))
    const moved = anyOf(
      () => subtract(w, multiply(eta, v)),
      () => subtract(multiply(subtract(exact(1), multiply(eta, lambda)), w), multiply(eta, pushed)),
    )
    return { bit: 1, v, w: moved }
  })
  return {
    weights: build(weights.shape, (i) => after[i]!.w),
    mask: build(weights.shape, (i) => exact(after[i]!.bit)),
    velocity: build(weights.shape, (i) => after[i]!.v),
  }
}
