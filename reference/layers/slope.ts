import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { sigmoid, sigmoidSlope } from './sigmoid.ts'
import { tanhSlope } from './tanh.ts'

/**
 * Derivative of an activation, from its argument.
 *
 * Formula    σ′(x) = σ(x) (1 − σ(x)), written e / (1 + e)² with e = e^−|x|: no difference loses the
 *            digits of what is small; tanh′(x) = 1 − tanh² x, written 4 e² / (1 + e²)²; φ′(x) = [x > 0]
 *            of the rectifier
 * Edges      φ′(0) = 0 of the rectifier; no exponential leaves the range of the numbers
 * Source     Goodfellow, Bengio, Courville (2016), sections 3.10 and 6.3
 */
export function activationSlope<T>(
  arithmetic: Arithmetic<T>,
  activation: 'sigmoid' | 'tanh' | 'relu',
  x: T,
): T {
  const { abs, add, anyOf, divide, exact, exp, less, multiply, negate, tanh } = arithmetic
  if (activation === 'relu') return exact(less(exact(0), x) ? 1 : 0)
  const e = exp(negate(abs(x)))
  const overSquare = (power: T) => {
    const sum = add(exact(1), power)
    return divide(power, multiply(sum, sum))
  }
  // From what the activation gave, as libraries have it, both are right beside 1 only.
  if (activation === 'sigmoid') {
    return anyOf(
      () => overSquare(e),
      () => sigmoidSlope(arithmetic, sigmoid(arithmetic, x)),
    )
  }
  return anyOf(
    () => multiply(exact(4), overSquare(multiply(e, e))),
    () => tanhSlope(arithmetic, tanh(x)),
  )
}
