import type { stepsToShrink as spec } from '../../spec/training/too-low.ts'
import { build } from '../arithmetic/array.ts'
import { ceiling } from '../arithmetic/ceiling.ts'
import type { Reference } from '../reference.ts'

/**
 * Steps until the distance from the minimum has shrunk.
 *
 * Formula    exact = ln(1 / ε) / −ln(1 − ηλ), steps = ⌈exact⌉
 * Clauses    training.lr.too-low
 * Shapes     → steps: [], exact: []
 * Edges      a whole number of steps is not rounded up
 * Source     Nesterov (2004), section 1.2.3
 * Example    ηλ = 1/4, ε = 1/2 → 2.409, 3 steps: ¾, 9/16, 27/64
 */
export const stepsToShrink: Reference<typeof spec> = (
  arithmetic,
  _,
  { rate, curvature, shrink },
) => {
  const { anyOf, divide, exact, log, multiply, negate, subtract } = arithmetic
  const left = subtract(exact(1), multiply(exact(rate), exact(curvature)))
  const epsilon = exact(shrink)
  const steps = anyOf(
    () => divide(log(epsilon), log(left)),
    () => divide(log(divide(exact(1), epsilon)), negate(log(left))),
  )
  return { steps: build([], () => ceiling(arithmetic, steps)), exact: build([], () => steps) }
}
