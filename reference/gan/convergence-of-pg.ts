import type { distributionDescent as spec } from '../../spec/gan/convergence-of-pg.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, stacked } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** Numbers divided by their sum. */
function shares<T>({ divide, total }: Arithmetic<T>, masses: NumberArray<T>): NumberArray<T> {
  const whole = total(masses.data)
  return elementwise(masses, (mass) => divide(mass, whole))
}

/** Σ_x p ln(p / (p + q)) + q ln(q / (p + q)), in which 0 ln 0 = 0. */
function criterionOf<T>(arithmetic: Arithmetic<T>, p: NumberArray<T>, q: NumberArray<T>): T {
  const { add, divide, exact, log, multiply, toNumber, total } = arithmetic
  const term = (x: T, both: T) => (toNumber(x) === 0 ? exact(0) : multiply(x, log(divide(x, both))))
  return total(
    p.data.flatMap((px, x) => {
      const both = add(px, q.at(x))
      return [term(px, both), term(q.at(x), both)]
    }),
  )
}

/**
 * Descent of a distribution against its best discriminator.
 *
 * Formula    p = data / Σ data, q = start / Σ start; q ← w / Σ w, w(x) = q(x) ((p(x) + q(x)) / q(x))^η;
 *            criterion = Σ_x p ln(p / (p + q)) + q ln(q / (p + q))
 * Clauses    gan.convergence-of-pg
 * Shapes     data, start: [N] → generated: [T, N], criterion: [T]
 * Edges      one point: 1, and −ln 4; no rate: the start all along; 0 ln 0 = 0
 * Precision  the bounds cover powers, and exponentials of η ln((p + q) / q)
 * Source     Goodfellow et al. (2014), proposition 2; Lu, Freund, Nesterov (2018), with the entropy
 * Example    data = 1, 0, start = 1, 1, η = 1, two steps: (¾, ¼), (⅞, ⅛)
 */
export const distributionDescent: Reference<typeof spec> = (
  arithmetic,
  { data, start },
  { rate, steps },
) => {
  const { add, anyOf, divide, exact, exp, log, multiply, power } = arithmetic
  const eta = exact(rate)
  const p = shares(arithmetic, data)
  let q = shares(arithmetic, start)
  const after = Array.from({ length: steps }, () => {
    const before = q
    const weights = build(p.shape, (x) => {
      const ratio = divide(add(p.at(x), before.at(x)), before.at(x))
      const factor = anyOf(
        () => power(ratio, eta),
        () => exp(multiply(eta, log(ratio))),
      )
      return multiply(before.at(x), factor)
    })
    q = shares(arithmetic, weights)
    return q
  })
  return {
    generated: stacked(after),
    criterion: build([steps], (t) => criterionOf(arithmetic, p, after[t]!)),
  }
}
