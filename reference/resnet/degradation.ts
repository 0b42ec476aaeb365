import type { chainDescent as spec } from '../../spec/resnet/degradation.ts'
import { build, fromData } from '../arithmetic/array.ts'
import { chain } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/**
 * A step of gradient descent on a chain of scalar layers.
 *
 * Formula    f(w) = Π_l (s + w_l), s = 1 with shortcuts, else 0; E(w) = (f(w) − t)² / 2,
 *            ∂E/∂w_l = (f(w) − t) Π_{k ≠ l} (s + w_k); losses = E(w), E(w − η ∇E(w))
 * Clauses    resnet.degradation.identity-construction
 * Shapes     weights: [L] → gradient: [L], losses: [2]
 * Edges      the product without the only layer is 1; factors in any order, of which one may overflow where
 *            another meets a 0 before
 * Source     by hand
 * Example    w = 2, 2, t = 0, η = 1/2 → gradient = 8, 8, losses = 8, 8; w = 4 → 4; 8, 2
 */
export const chainDescent: Reference<typeof spec> = (
  arithmetic,
  { weights },
  { shortcut, target, rate },
) => {
  const { add, exact, multiply, subtract } = arithmetic
  const factorsOf = (w: typeof weights) =>
    shortcut === 'identity' ? build(w.shape, (l) => add(exact(1), w.at(l))) : w
  const distance = (factors: typeof weights) =>
    subtract(chain(arithmetic, factors.data), exact(target))
  const loss = (factors: typeof weights) =>
    multiply(exact(0.5), multiply(distance(factors), distance(factors)))

  const factors = factorsOf(weights)
  const gradient = build(weights.shape, (l) =>
    multiply(distance(factors), chain(arithmetic, factors.data.toSpliced(l, 1))),
  )
  const next = build(weights.shape, (l) =>
    subtract(weights.at(l), multiply(exact(rate), gradient.at(l))),
  )
  return { gradient, losses: fromData([2], [loss(factors), loss(factorsOf(next))]) }
}
