import type { Arithmetic } from '../arithmetic/arithmetic.ts'

/**
 * Softplus of one number: −ln σ(−x), the surprise of a discriminator whose logit is −x.
 *
 * Formula    ln(1 + e^x), written max(x, 0) + ln(1 + e^−|x|): no exponential leaves the range of the numbers
 * Edges      of a large number that number, and 0 of a very negative one
 * Source     Goodfellow, Bengio, Courville (2016), equation 3.31
 */
export function softplus<T>(arithmetic: Arithmetic<T>, x: T): T {
  const { abs, add, exact, exp, log, maximum, negate } = arithmetic
  return add(maximum([exact(0), x]), log(add(exact(1), exp(negate(abs(x))))))
}
