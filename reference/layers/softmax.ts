import { anyOf as anyOfArrays, once } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'

/**
 * The exponentials of the scores of each sample, less its largest score, and their sum.
 *
 * Formula    m[n] = max_c z[n,c], powers[n,c] = e^(z[n,c] − m[n]), sums[n] = Σ_c powers[n,c]
 * Shapes     z: [N, C] → m: [N], powers: [N, C], sums: [N]
 * Edges      none overflows, and the largest is 1
 * Source     Goodfellow, Bengio, Courville (2016), section 4.1
 */
export function exponentials<T>(arithmetic: Arithmetic<T>, z: NumberArray<T>) {
  const { exp, maximum, subtract, total } = arithmetic
  const [N, C] = z.shape as [number, number]
  const row = (array: NumberArray<T>, n: number) =>
    Array.from({ length: C }, (_, c) => array.at(n, c))

  const m = build([N], (n) => maximum(row(z, n)))
  const powers = build([N, C], (n, c) => exp(subtract(z.at(n, c), m.at(n))))
  const sums = build([N], (n) => total(row(powers, n)))
  return { m, powers, sums }
}

/**
 * Softmax of the scores of each sample.
 *
 * Formula    y[n,c] = e^z[n,c] / Σ_k e^z[n,k], both divided by e^m[n], m[n] the largest score; or
 *            e^(z[n,c] − m[n] − ln Σ_k e^(z[n,k] − m[n])), the exponential of its logarithm
 * Shapes     z: [N, C] → y: [N, C]
 * Edges      one class: 1
 * Source     Goodfellow, Bengio, Courville (2016), equation 6.29
 */
export function softmax<T>(arithmetic: Arithmetic<T>, z: NumberArray<T>): NumberArray<T> {
  const { anyOf, divide, exp, log, subtract } = arithmetic
  const { m, powers, sums } = exponentials(arithmetic, z)
  const logs = sums.data.map((s) => once(() => log(s)))
  return build(z.shape, (n, c) =>
    anyOf(
      () => divide(powers.at(n, c), sums.at(n)),
      () => exp(subtract(subtract(z.at(n, c), m.at(n)), logs[n]!())),
    ),
  )
}

/**
 * What r becomes behind a softmax p, going back.
 *
 * Formula    p[n,c] (r[n,c] − Σ_k p[n,k] r[n,k])
 * Shapes     p, r: [N, C] → [N, C]
 * Edges      one class: 0
 * Precision  the bounds cover p r − p Σ_k p_k r_k
 * Source     Goodfellow, Bengio, Courville (2016), equation 6.29, by differentiation
 */
export function throughSoftmax<T>(
  arithmetic: Arithmetic<T>,
  p: NumberArray<T>,
  r: NumberArray<T>,
): NumberArray<T> {
  const { multiply, subtract } = arithmetic
  const [N, C] = p.shape as [number, number]
  const means = build([N], (n) => sum(arithmetic, [C], (c) => multiply(p.at(n, c), r.at(n, c))))
  return build(p.shape, (n, c) => multiply(p.at(n, c), subtract(r.at(n, c), means.at(n))))
}

/**
 * What r becomes behind the logarithm of a softmax p, going back.
 *
 * Formula    r[n,c] − p[n,c] Σ_k r[n,k]
 * Shapes     p, r: [N, C] → [N, C]
 * Edges      one class: 0
 * Precision  the bounds cover Σ_k r[n,k] ([c = k] − p[n,c]), the product with the matrix of derivatives
 * Source     Goodfellow, Bengio, Courville (2016), equation 6.30, by differentiation
 */
export function throughLogSoftmax<T>(
  arithmetic: Arithmetic<T>,
  p: NumberArray<T>,
  r: NumberArray<T>,
): NumberArray<T> {
  const { exact, multiply, negate, subtract } = arithmetic
  const [N, C] = p.shape as [number, number]
  const whole = build([N], (n) => sum(arithmetic, [C], (k) => r.at(n, k)))
  return anyOfArrays(
    arithmetic,
    () => build(p.shape, (n, c) => subtract(r.at(n, c), multiply(p.at(n, c), whole.at(n)))),
    () =>
      build(p.shape, (n, c) => {
        const [own, others] = [subtract(exact(1), p.at(n, c)), negate(p.at(n, c))]
        return sum(arithmetic, [C], (k) => multiply(r.at(n, k), k === c ? own : others))
      }),
  )
}
