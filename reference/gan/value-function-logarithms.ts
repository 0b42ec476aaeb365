import type { Arithmetic } from '../arithmetic/arithmetic.ts'

/**
 * Logarithm of the sigmoid of a logit: of the probability that a sample is real.
 *
 * Formula    ln σ(a) = −softplus(−a) = −(ln(1 + e^−|a|) + max(−a, 0)): no exponential leaves the range of
 *            the numbers, and no logarithm is of 0
 * Source     Goodfellow, Bengio, Courville (2016), section 3.10
 */
export function logSigmoid<T>(arithmetic: Arithmetic<T>, a: T): T {
  const { abs, add, exact, exp, log, maximum, negate } = arithmetic
  return negate(add(log(add(exact(1), exp(negate(abs(a))))), maximum([negate(a), exact(0)])))
}

/** ln(1 − σ(a)) = ln σ(−a): of the probability that it is generated. */
export function logComplement<T>(arithmetic: Arithmetic<T>, a: T): T {
  return logSigmoid(arithmetic, arithmetic.negate(a))
}
