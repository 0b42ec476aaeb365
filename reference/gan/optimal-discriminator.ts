import type { optimalDiscriminator as spec } from '../../spec/gan/optimal-discriminator.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** Each weight as a share of the sum of all: w_n / Σ_k w_k. */
export function shares<T>(arithmetic: Arithmetic<T>, w: NumberArray<T>): NumberArray<T> {
  const all = sum(arithmetic, w.shape, (...at) => w.at(...at))
  return elementwise(w, (v) => arithmetic.divide(v, all))
}

/** p ln(p / whole), 0 where p is 0. */
export function shareTimesLog<T>(arithmetic: Arithmetic<T>, p: T, whole: T): T {
  const { divide, exact, log, multiply, toNumber } = arithmetic
  return toNumber(p) === 0 ? exact(0) : multiply(p, log(divide(p, whole)))
}

/**
 * Best discriminator between two distributions, and its value.
 *
 * Formula    D*[n] = p[n] / (p[n] + q[n]), value = Σ_n p[n] ln D*[n] + q[n] ln(1 − D*[n]), p and q as shares
 * Clauses    gan.optimal-discriminator, gan.global-optimum, gan.jsd-equivalence
 * Shapes     data, generated: [N] → probability: [N], value: []
 * Edges      0 ln 0 is 0; a point of neither distribution: ½
 * Source     Goodfellow et al. (2014), equations 2 and 4
 * Example    p = ½, ½, q = 1, 0 → D* = ⅓, 1, value = ln(4/27) / 2
 */
export const optimalDiscriminator: Reference<typeof spec> = (arithmetic, { data, generated }) => {
  const { add, divide, exact, toNumber } = arithmetic
  const [N] = data.shape as [number]
  const [p, q] = [shares(arithmetic, data), shares(arithmetic, generated)]
  const both = build([N], (n) => add(p.at(n), q.at(n)))
  return {
    probability: build([N], (n) =>
      toNumber(both.at(n)) === 0 ? exact(0.5) : divide(p.at(n), both.at(n)),
    ),
    value: build([], () => largestValue(arithmetic, p, q)),
  }
}

/** Σ_n p[n] ln D*[n] + q[n] ln(1 − D*[n]) */
export function largestValue<T>(
  arithmetic: Arithmetic<T>,
  p: NumberArray<T>,
  q: NumberArray<T>,
): T {
  const { add } = arithmetic
  return sum(arithmetic, p.shape, (n) => {
    const both = add(p.at(n), q.at(n))
    return add(shareTimesLog(arithmetic, p.at(n), both), shareTimesLog(arithmetic, q.at(n), both))
  })
}
