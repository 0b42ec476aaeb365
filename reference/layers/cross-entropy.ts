import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'
import { exponentials, softmax } from './softmax.ts'

/**
 * Cross-entropy of targets with the softmax of scores, of each sample.
 *
 * Formula    E[n] = −Σ_c t[n,c] ln softmax(z)[n,c] = Σ_c t[n,c] (ln Σ_k e^(z[n,k] − m) + (m − z[n,c])),
 *            m the largest score of the sample
 * Shapes     z, t: [N, C] → E: [N]
 * Edges      one class: 0; targets need not add up to 1
 * Source     Goodfellow, Bengio, Courville (2016), equation 6.30
 */
export function crossEntropy<T>(
  arithmetic: Arithmetic<T>,
  z: NumberArray<T>,
  t: NumberArray<T>,
): NumberArray<T> {
  const { add, log, multiply, subtract } = arithmetic
  const [N, C] = z.shape as [number, number]
  const { m, sums } = exponentials(arithmetic, z)
  return build([N], (n) => {
    const logSum = log(sums.at(n))
    // Added to the logarithm as a difference: m − z is exact where they are equal.
    const surprise = (c: number) => add(logSum, subtract(m.at(n), z.at(n, c)))
    return sum(arithmetic, [C], (c) => multiply(t.at(n, c), surprise(c)))
  })
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
