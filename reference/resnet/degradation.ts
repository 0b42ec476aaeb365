import type { chainDescent as spec } from '../../spec/resnet/degradation.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** The product of the factors of all layers but one. */
function productWithout<T>(
  { exact, multiply }: Arithmetic<T>,
  factors: NumberArray<T>,
  without?: number,
): T {
  return factors.data.reduce(
    (product, factor, l) => (l === without ? product : multiply(product, factor)),
    exact(1),
  )
}

/**
 * A step of gradient descent on a chain of scalar layers.
 *
 * Formula    f(w) = Π_l (s + w_l), s = 1 with shortcuts, else 0; E(w) = (f(w) − t)² / 2,
 *            ∂E/∂w_l = (f(w) − t) Π_{k ≠ l} (s + w_k); losses = E(w), E(w − η ∇E(w))
 * Clauses    resnet.degradation.identity-construction
 * Shapes     weights: [L] → gradient: [L], losses: [2]
 * Edges      the product without the only layer is 1
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
    subtract(productWithout(arithmetic, factors), exact(target))
  const loss = (factors: typeof weights) =>
    multiply(exact(0.5), multiply(distance(factors), distance(factors)))

  const factors = factorsOf(weights)
  const gradient = build(weights.shape, (l) =>
    multiply(distance(factors), productWithout(arithmetic, factors, l)),
  )
  const next = build(weights.shape, (l) =>
    subtract(weights.at(l), multiply(exact(rate), gradient.at(l))),
  )
  return { gradient, losses: fromData([2], [loss(factors), loss(factorsOf(next))]) }
}
