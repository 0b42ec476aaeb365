import type { Arithmetic } from '../arithmetic/arithmetic.ts'

/**
 * Logistic sigmoid of one number.
 *
 * Formula    σ(x) = 1 / (1 + e^−x), written e^min(x, 0) / (1 + e^−|x|): the same for either sign, and
 *            no exponential leaves the range of the numbers; ½ (1 + tanh(x / 2)) where it is declared,
 *            since it loses the digits of what is small beside 1
 * Source     Goodfellow, Bengio, Courville (2016), equation 3.30
 */
export function sigmoid<T>(arithmetic: Arithmetic<T>, x: T): T {
  const { abs, add, allows, anyOf, divide, exact, exp, maximum, multiply, negate, tanh } =
    arithmetic
  const byExponentials = () =>
    divide(exp(negate(maximum([negate(x), exact(0)]))), add(exact(1), exp(negate(abs(x)))))
  if (!allows('sigmoid by tanh')) return byExponentials()
  const half = exact(0.5)
  return anyOf(byExponentials, () => multiply(half, add(exact(1), tanh(multiply(half, x)))))
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
