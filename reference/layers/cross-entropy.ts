import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'
import { exponentials, softmax } from './softmax.ts'

/**
 * Surprise at each class of each sample, the negative logarithm of its probability.
 *
 * Formula    s[n,c] = −ln softmax(z)[n,c] = ln Σ_k e^(z[n,k] − m) + (m − z[n,c]), m the largest score of the sample
 * Shapes     z: [N, C] → s: [N, C]
 * Edges      one class: 0
 * Source     Goodfellow, Bengio, Courville (2016), equation 6.30
 */
export function surprises<T>(arithmetic: Arithmetic<T>, z: NumberArray<T>): NumberArray<T> {
  const { add, log, subtract } = arithmetic
  const { m, sums } = exponentials(arithmetic, z)
  const logSums = sums.data.map(log)
  // Added to the logarithm as a difference: m − z is exact where they are equal.
  return build(z.shape, (n, c) => add(logSums[n]!, subtract(m.at(n), z.at(n, c))))
}

/**
 * What each class adds to the cross-entropy of targets with the softmax of scores: losses add the classes of all their
 * samples up at once, since the bound of such a sum covers one that adds up each sample first.
 *
 * Formula    t[n,c] s[n,c], s the surprises
 * Shapes     z, t: [N, C] → [N, C]
 * Edges      one class: 0; targets need not add up to 1; a target of 0 at a score of −∞ counts for nothing
 * Source     Goodfellow, Bengio, Courville (2016), equation 6.30
 */
export function crossEntropyTerms<T>(
  arithmetic: Arithmetic<T>,
  z: NumberArray<T>,
  t: NumberArray<T>,
): NumberArray<T> {
  const { exact, multiply, toNumber } = arithmetic
  const s = surprises(arithmetic, z)
  const isNoClass = (n: number, c: number) =>
    toNumber(t.at(n, c)) === 0 && toNumber(z.at(n, c)) === Number.NEGATIVE_INFINITY
  return build(z.shape, (n, c) => (isNoClass(n, c) ? exact(0) : multiply(t.at(n, c), s.at(n, c))))
}

/**
 * Gradient of the cross-entropy of each sample by its scores.
 *
 * Formula    dz[n,c] = (Σ_k t[n,k]) softmax(z)[n,c] − t[n,c]
 * Shapes     z, t: [N, C] → dz: [N, C]
 * Edges      targets that add up to 1 leave softmax(z) − t
 * Source     Goodfellow, Bengio, Courville (2016), section 6.2.2.3, by differentiation
 */
export function crossEntropyGradient<T>(
  arithmetic: Arithmetic<T>,
  z: NumberArray<T>,
  t: NumberArray<T>,
): NumberArray<T> {
  const [N, C] = z.shape as [number, number]
  const probabilities = softmax(arithmetic, z)
  const whole = build([N], (n) => sum(arithmetic, [C], (c) => t.at(n, c)))
  return build([N, C], (n, c) =>
    arithmetic.subtract(arithmetic.multiply(whole.at(n), probabilities.at(n, c)), t.at(n, c)),
  )
}
