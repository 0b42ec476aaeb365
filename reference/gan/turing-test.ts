import type {
  binomialTest as binomialSpec,
  bayesAccuracy as spec,
} from '../../spec/gan/turing-test.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { shares } from './optimal-discriminator.ts'

/**
 * Accuracy of the best judge of real and generated samples.
 *
 * Formula    variation = ½ Σ_n |p[n] − q[n]|, accuracy = ½ (1 + variation) = ½ Σ_n max(p[n], q[n]), p and q as shares
 * Clauses    gan.eval.turing-test
 * Shapes     data, generated: [N] → accuracy, variation: []
 * Edges      the same distributions: ½ and 0
 * Precision  the bounds cover both sums
 * Source     Devroye, Györfi, Lugosi (1996), section 3.9
 * Example    p = ½, ½, q = 1, 0 → accuracy = ¾, variation = ½
 */
export const bayesAccuracy: Reference<typeof spec> = (arithmetic, { data, generated }) => {
  const { abs, add, anyOf, exact, maximum, multiply, subtract } = arithmetic
  const [p, q] = [shares(arithmetic, data), shares(arithmetic, generated)]
  const half = (x: ReturnType<typeof exact>) => multiply(exact(0.5), x)
  const apart = sum(arithmetic, p.shape, (n) => abs(subtract(p.at(n), q.at(n))))
  const variation = half(apart)
  const accuracy = anyOf(
    () => half(add(exact(1), variation)),
    () => half(sum(arithmetic, p.shape, (n) => maximum([p.at(n), q.at(n)]))),
  )
  return { accuracy: build([], () => accuracy), variation: build([], () => variation) }
}

/**
 * Exact binomial test of judges who may be guessing.
 *
 * Formula    P₁(r) = 2⁻ⁿ Σ_{k ≥ r} C(n, k), P₂(r) = min(1, 2 P₁(max(r, n − r)))
 * Clauses    gan.eval.turing-test
 * Shapes     right: [T] → oneSided, twoSided: [T]
 * Edges      half of the answers right: P₂ = 1; none: P₁ = 1
 * Source     Clopper, Pearson (1934)
 * Example    4 trials, 3 right → oneSided = 5/16, twoSided = 5/8
 */
export const binomialTest: Reference<typeof binomialSpec> = (
  arithmetic,
  { right },
  { trials: n },
) => {
  const { exact, multiply, subtract, toNumber, total } = arithmetic
  const terms = binomialTerms(arithmetic, n)
  const one = exact(1)
  /** Of more than half by its terms, of less by what is left of 1. */
  const upper = (r: number) =>
    2 * r > n ? total(terms.slice(r)) : subtract(one, total(terms.slice(n - r + 1)))
  return {
    oneSided: elementwise(right, (r) => upper(toNumber(r))),
    twoSided: elementwise(right, (r) => {
      const most = Math.max(toNumber(r), n - toNumber(r))
      return 2 * most === n ? one : multiply(exact(2), upper(most))
    }),
  }
}

/** 2⁻ⁿ C(n, k) for each k, from the middle to either end: no factor leaves the range. */
function binomialTerms<T>({ divide, exact, multiply }: Arithmetic<T>, n: number): readonly T[] {
  const middle = Math.ceil(n / 2)
  let term = exact(1)
  for (let i = 1; i <= middle; i++) term = multiply(term, divide(exact(2 * i - 1), exact(2 * i)))
  const terms = new Array<T>(n + 1)
  for (let k = middle; k <= n; k++) {
    terms[k] = term
    terms[n - k] = term
    term = multiply(term, divide(exact(n - k), exact(k + 1)))
  }
  return terms
}
