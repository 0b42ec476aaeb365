import type { Arithmetic } from '../arithmetic/arithmetic.ts'

/**
 * Logistic sigmoid of one number.
 *
 * Formula    σ(x) = 1 / (1 + e^−x), written e^min(x, 0) / (1 + e^−|x|): the same for either sign, and
 *            no exponential leaves the range of the numbers
 * Source     Goodfellow, Bengio, Courville (2016), equation 3.30
 */
export function sigmoid<T>(arithmetic: Arithmetic<T>, x: T): T {
  const { abs, add, divide, exact, exp, maximum, negate } = arithmetic
  return divide(exp(negate(maximum([negate(x), exact(0)]))), add(exact(1), exp(negate(abs(x)))))
}

/**
 * Derivative of the sigmoid where it is y.
 *
 * Formula    σ′(x) = y (1 − y), y = σ(x)
 * Source     Goodfellow, Bengio, Courville (2016), equation 3.33
 */
export function sigmoidSlope<T>({ exact, multiply, subtract }: Arithmetic<T>, y: T): T {
  return multiply(y, subtract(exact(1), y))
}
