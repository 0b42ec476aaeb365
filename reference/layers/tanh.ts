import type { Arithmetic } from '../arithmetic/arithmetic.ts'

/**
 * Derivative of the hyperbolic tangent where it is y.
 *
 * Formula    tanh′(x) = 1 − y², y = tanh x
 * Source     by differentiation of sinh x / cosh x
 */
export function tanhSlope<T>({ exact, multiply, subtract }: Arithmetic<T>, y: T): T {
  return subtract(exact(1), multiply(y, y))
}
