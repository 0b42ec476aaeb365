import type { jensenShannon as spec } from '../../spec/gan/jsd-equivalence.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { shares, shareTimesLog } from './optimal-discriminator.ts'

/**
 * Jensen–Shannon divergence of two distributions.
 *
 * Formula    ½ Σ_n p[n] ln(p[n] / m[n]) + q[n] ln(q[n] / m[n]), m = (p + q) / 2, p and q as shares; where p and q
 *            are close, m Σ_k δ^2k / (2k (2k − 1)), δ = (p − q) / (p + q), in which nothing cancels
 * Clauses    gan.jsd-equivalence, gan.global-optimum
 * Shapes     data, generated: [N] → divergence: []
 * Edges      0 ln 0 is 0; the same distribution: 0; nothing in common: ln 2
 * Source     Lin (1991), equation 3.1 and section 3; Goodfellow et al. (2014), equation 6
 * Example    p = ½, ½, q = 1, 0 → ln(64/27) / 4
 */
export const jensenShannon: Reference<typeof spec> = (arithmetic, { data, generated }) => {
  const [p, q] = [shares(arithmetic, data), shares(arithmetic, generated)]
  return { divergence: build([], () => jensenShannonOf(arithmetic, p, q)) }
}

/** The divergence of two distributions whose shares add up to 1. */
export function jensenShannonOf<T>(
  arithmetic: Arithmetic<T>,
  p: NumberArray<T>,
  q: NumberArray<T>,
): T {
  return sum(arithmetic, p.shape, (n) => ofPoint(arithmetic, p.at(n), q.at(n)))
}

/** What one point adds. */
function ofPoint<T>(arithmetic: Arithmetic<T>, p: T, q: T): T {
  const { add, allows, anyOf, divide, exact, multiply, negate, subtract, toNumber, total } =
    arithmetic
  if (toNumber(p) === 0 && toNumber(q) === 0) return exact(0)
  const half = exact(0.5)
  const m = multiply(half, add(p, q))
  const delta = divide(subtract(p, q), add(p, q))
  const ways: (() => T)[] = []
  if (Math.abs(toNumber(delta)) > 0.25) {
    const [real, generated] = [shareTimesLog(arithmetic, p, m), shareTimesLog(arithmetic, q, m)]
    ways.push(() => multiply(half, add(real, generated)))
  } else {
    const near = multiply(m, series(arithmetic, delta))
    // By logarithms of 1 ± δ there are terms ±mδ as well, which cancel but for their rounding.
    const linear = () => multiply(m, delta)
    ways.push(
      () => near,
      () => total([linear(), negate(linear()), near]),
    )
  }
  return allows('divergences added up')
    ? anyOf(...ways, ...addedUp(arithmetic, p, q, m))
    : anyOf(...ways)
}

/**
 * What one point adds to both divergences from the mean, ½ p ln(p / m) + ½ q ln(q / m), with the quotient or with the
 * difference of logarithms. Each term keeps the size that it has before both cancel: a quotient near 1 is off by
 * some u, and so is its logarithm, whatever that is, so that the terms of all points are off by as much of Σ p = 1;
 * sums of one of the two alone may be taken first, which the magnitudes of the terms allow for.
 */
function addedUp<T>(arithmetic: Arithmetic<T>, p: T, q: T, m: T): readonly (() => T)[] {
  const { exact, log, multiply, negate, toNumber, total } = arithmetic
  const half = exact(0.5)
  const present = [p, q].filter((share) => toNumber(share) !== 0)
  const times = (share: T, logarithm: T) => multiply(half, multiply(share, logarithm))
  return [
    () => total(present.map((share) => multiply(half, shareTimesLog(arithmetic, share, m)))),
    () =>
      total(present.flatMap((share) => [times(share, log(share)), negate(times(share, log(m)))])),
  ]
}

/**
 * Σ_k δ^2k / (2k (2k − 1)), from the last term inwards that is worth anything in 64 digits: to 70, since all that are left
 * out come to little more than the first of them. One term is enough where δ² is below that itself.
 */
function series<T>(arithmetic: Arithmetic<T>, delta: T): T {
  const { add, divide, exact, multiply, toNumber } = arithmetic
  const square = multiply(delta, delta)
  const terms = Math.ceil(70 / -Math.log10(Math.max(toNumber(square), 1e-70)))
  let rest = exact(0)
  for (let k = terms; k >= 1; k--) {
    rest = multiply(square, add(divide(exact(1), exact(2 * k * (2 * k - 1))), rest))
  }
  return rest
}
