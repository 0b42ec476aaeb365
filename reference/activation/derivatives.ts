import type { derivative as spec } from '../../spec/activation/derivatives.ts'
import { elementwise } from '../arithmetic/array.ts'
import { activationSlope } from '../layers/slope.ts'
import type { Reference } from '../reference.ts'

/**
 * Derivative of an activation.
 *
 * Formula    σ′(x) = σ(x) (1 − σ(x)), tanh′(x) = 1 − tanh² x, φ′(x) = [x > 0] of the rectifier
 * Clauses    activation.derivatives, activation.relu-derivative
 * Shapes     x: [P] → slope: [P]
 * Edges      φ′(0) = 0 of the rectifier
 * Source     Goodfellow, Bengio, Courville (2016), sections 3.10 and 6.3
 * Example    sigmoid: x = 0 → slope = 1/4
 */
export const derivative: Reference<typeof spec> = (arithmetic, { x }, { activation }) => ({
  slope: elementwise(x, (value) => activationSlope(arithmetic, activation, value)),
})
