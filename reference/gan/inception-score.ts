import type { inceptionScore as spec } from '../../spec/gan/inception-score.ts'
import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, fromData, type NumberArray, sum } from '../arithmetic/array.ts'
import { lipschitz } from '../layers/lipschitz.ts'
import type { Reference } from '../reference.ts'

/**
 * Inception score of generated samples.
 *
 * Formula    p[n,c] = w[n,c] / Σ_k w[n,k], scores[s] = exp(mean_n Σ_c p[n,c] ln(p[n,c] / p̄[c])) over the samples of
 *            a split, p̄[c] = mean_n p[n,c]; score = mean_s scores[s], √(mean_s (scores[s] − score[0])²)
 * Clauses    gan.eval.inception-score
 * Shapes     probabilities: [N, C] → scores: [Splits], score: [2]
 * Edges      0 ln 0 = 0; one split deviates from nothing; one sample scores 1
 * Precision  the bounds cover ln p − ln p̄, and entropies apart, too
 * Source     Salimans, Goodfellow, Zaremba, Cheung, Radford, Chen (2016), section 4
 * Example    two samples of a class each, in one split → scores = 2, score = 2, 0
 */
export const inceptionScore: Reference<typeof spec> = (
  arithmetic,
  { probabilities: w },
  { splits: S },
  note,
) => {
  const { divide, exact, exp, subtract, toNumber } = arithmetic
  const [N, C] = w.shape as [number, number]
  const sums = build([N], (n) => sum(arithmetic, [C], (c) => w.at(n, c)))
  const p = build([N, C], (n, c) => divide(w.at(n, c), sums.at(n)))
  note?.('probabilities', p)

  const first = (s: number) => Math.floor((s * N) / S)
  const split = (s: number) => build([first(s + 1) - first(s), C], (n, c) => p.at(first(s) + n, c))
  const told = fromData(
    [S],
    Array.from({ length: S }, (_, s) => information(arithmetic, split(s))),
  )
  note?.('information', told)
  const scores = elementwise(told, exp)
  if (S === 1) return { scores, score: fromData([2], [scores.at(0), exact(0)]) }

  const score = mean(arithmetic, [S], (s) => scores.at(s))
  const away = elementwise(scores, (x) => subtract(x, score))
  // A norm, which no error of a score moves by more than itself, also where it is 0.
  const size = Math.hypot(...away.data.map(toNumber)) / Math.sqrt(S)
  const deviation = lipschitz(arithmetic, away.data, {
    value: size,
    roundings: S + 4,
    norm: size,
    slope: 1 / Math.sqrt(S),
  })
  return { scores, score: fromData([2], [score, deviation]) }
}

/** What a row of probabilities tells of its class, on the mean of all rows: Σ_c p ln(p / p̄). */
function information<T>(arithmetic: Arithmetic<T>, p: NumberArray<T>): T {
  const { anyOf, divide, exact, log, multiply, negate, subtract, toNumber } = arithmetic
  const [N, C] = p.shape as [number, number]
  const shares = build([C], (c) => mean(arithmetic, [N], (n) => p.at(n, c)))
  const none = exact(0)
  const over = (term: (n: number, c: number) => T) =>
    mean(arithmetic, [N], (n) =>
      sum(arithmetic, [C], (c) => (toNumber(p.at(n, c)) === 0 ? none : term(n, c))),
    )
  const uncertainty = (x: T) => (toNumber(x) === 0 ? none : negate(multiply(x, log(x))))
  return anyOf(
    () => over((n, c) => multiply(p.at(n, c), log(divide(p.at(n, c), shares.at(c))))),
    () => over((n, c) => multiply(p.at(n, c), subtract(log(p.at(n, c)), log(shares.at(c))))),
    () => {
      const ofAll = sum(arithmetic, [C], (c) => uncertainty(shares.at(c)))
      return subtract(
        ofAll,
        over((n, c) => uncertainty(p.at(n, c))),
      )
    },
  )
}
