import { fromData } from '../../../reference/arithmetic/array.ts'
import { bfloat, half, inOrder, single, summing } from '../arithmetics.ts'
import { change, clear, only } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of how generated samples are judged. */
export const ganEvaluationMistakes: readonly Mistake[] = [
  mistake(
    'gan.inceptionScore',
    'size',
    'looks at the first 64 classes',
    (the) => {
      if (the.sizes.C > 64) {
        return the.but({
          probabilities: change(
            clear(the.inputs.probabilities, 1, (c) => c >= 64),
            (w, _, c) => (c === 0 ? w + 2 ** -20 : w),
          ),
        })
      }
    },
    // 65 classes of two samples: one sample alone is like the mean of all, whatever its classes are.
    { sizes: { C: 129 }, fewest: 130 },
  ),
  mistake('gan.inceptionScore', 'numeric', 'adds up probabilities in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'gan.inceptionScore',
    'shape',
    'begins each split behind the rounded length of the ones before',
    (the) => {
      const { N, C } = the.sizes
      const { splits } = the.parameters
      const length = Math.round(N / splits)
      const last = (s: number) => (s === splits - 1 ? N : Math.min(N, (s + 1) * length))
      const scores = change(the.right.scores, (_, s) => {
        const from = Math.min(s * length, N - 1)
        const rows = Array.from({ length: Math.max(1, last(s) - from) }, (_, n) => from + n)
        const data = rows.flatMap((n) => [...only(the.inputs.probabilities, n).data])
        const probabilities = fromData([rows.length, C], data)
        return the.but({ probabilities }, { splits: 1 }).scores.at(0)
      })
      return { scores }
    },
    { sizes: { N: 8, C: 3 }, parameters: { splits: 3 } },
  ),
  mistake(
    'gan.inceptionScore',
    'special',
    'raises probabilities of 0 to a hundredth before it takes logarithms',
    (the) =>
      the.but({
        probabilities: change(the.inputs.probabilities, (w) => (w === 0 ? 0.01 : w)),
      }),
    { sizes: { N: 3, C: 3 } },
  ),
  mistake('gan.inceptionScore', 'term', 'gives the median of the splits for their mean', (the) => {
    const sorted = the.right.scores.data.toSorted((a, b) => a - b)
    const middle = sorted[(sorted.length - 1) >> 1]!
    return { score: change(the.right.score, (x, i) => (i === 0 ? middle : x)) }
  }),
  mistake(
    'gan.frechetDistance',
    'shape',
    'reads what real features share with the last one from below the diagonal alone',
    (the) => {
      const { D } = the.sizes
      if (D < 3) return
      const { covarianceReal: A } = the.inputs
      return the.but({
        covarianceReal: change(A, (v, i, j) => (i !== j && i + j === 2 * D - 3 ? v / 2 : v)),
      })
    },
    { sizes: { D: 3 } },
  ),
  mistake(
    'gan.frechetDistance',
    'term',
    'takes the determinant of the product for its trace where there are two features',
    (the) => {
      if (the.sizes.D !== 2) return
      const det = ({ data: [a, b, c, d] }: typeof the.inputs.covarianceReal) => a! * d! - b! * c!
      const both = det(the.inputs.covarianceReal) * det(the.inputs.covarianceGenerated)
      const shared = Math.sqrt(Math.max(0, both))
      const [, means, traces] = the.right.distance.data
      return { distance: fromData([4], [means! + traces! - 2 * shared, means!, traces!, shared]) }
    },
    { sizes: { D: 2 } },
  ),
  mistake(
    'gan.featureFrechetDistance',
    'shape',
    'divides both by the count of real samples',
    (the) => {
      const less = the.parameters.divisor === 'N' ? 0 : 1
      const factor = (the.sizes.M - less) / (the.sizes.N - less)
      const [, means] = the.right.distance.data
      const alone = the.but({ generated: change(the.inputs.generated, () => 0) }).distance.at(2)
      const traces = alone + (the.right.distance.at(2) - alone) * factor
      const shared = the.right.distance.at(3) * Math.sqrt(factor)
      return { distance: fromData([4], [means! + traces - 2 * shared, means!, traces, shared]) }
    },
    { sizes: { N: 3, M: 5 } },
  ),
  mistake(
    'gan.featureFrechetDistance',
    'special',
    'gives 0 where no sample differs from another',
    (the) => {
      if (the.right.distance.at(2) === 0) return { distance: change(the.right.distance, () => 0) }
    },
    { sizes: { N: 1, M: 1 }, parameters: { divisor: 'N' } },
  ),
  mistake(
    'gan.featureFrechetDistance',
    'numeric',
    'takes variances from means of squares, in single precision',
    (the) => {
      const f = single
      const less = the.parameters.divisor === 'N' ? 0 : 1
      const trace = (x: typeof the.inputs.real) => {
        const [N, D] = x.shape as [number, number]
        let total = 0
        for (let d = 0; d < D; d++) {
          let [sum, squares] = [0, 0]
          for (let n = 0; n < N; n++) {
            sum = f(sum + x.at(n, d))
            squares = f(squares + f(x.at(n, d) ** 2))
          }
          total = f(total + f(f(squares - f(f(sum * sum) / N)) / (N - less)))
        }
        return total
      }
      const traces = trace(the.inputs.real) + trace(the.inputs.generated)
      const [, means, , shared] = the.right.distance.data
      return { distance: fromData([4], [means! + traces - 2 * shared!, means!, traces, shared!]) }
    },
    { elements: { real: (v) => v + 1000, generated: (v) => v + 1000 } },
  ),
  mistake(
    'gan.featureFrechetDistance',
    'size',
    'centres the first 64 features',
    (the) => {
      const { D } = the.sizes
      if (D <= 64) return
      const shift = (x: typeof the.inputs.real) => change(x, (v, _, d) => (d >= 64 ? 0 : v))
      const { distance } = the.but({
        real: shift(the.inputs.real),
        generated: shift(the.inputs.generated),
      })
      return { distance }
    },
    { sizes: { D: 65 } },
  ),
  mistake(
    'gan.bayesAccuracy',
    'logic',
    'takes the distance from the first distribution’s side alone',
    (the) => {
      const { data, generated } = the.inputs
      const all = (w: typeof data) => w.data.reduce((sum, x) => sum + x, 0)
      const [p, q] = [all(data), all(generated)]
      const above = data.data.map((x, n) => Math.max(0, x / p - generated.data[n]! / q) / 2)
      return { variation: fromData([], [above.reduce((sum, x) => sum + x, 0)]) }
    },
    { sizes: { N: 3 } },
  ),
  mistake('gan.bayesAccuracy', 'numeric', 'keeps the distance in bfloat16', (the) => ({
    variation: change(the.right.variation, bfloat),
  })),
  mistake(
    'gan.binomialTest',
    'range',
    'counts in single precision, where C(200, 100) is infinite',
    (the) => {
      if (the.parameters.trials > 127) {
        return { oneSided: change(the.right.oneSided, (p) => (p === 1 ? 1 : Number.NaN)) }
      }
    },
    { parameters: { trials: 1000 } },
  ),
  mistake(
    'gan.binomialTest',
    'special',
    'gives the probability of one count where all answers are right',
    (the) => ({
      twoSided: change(the.right.twoSided, (p, t) =>
        the.inputs.right.at(t) === the.parameters.trials ? p / 2 : p,
      ),
    }),
    { parameters: { trials: 5 } },
  ),
  mistake(
    'gan.bestResponse',
    'special',
    'takes logits that differ by less than a thousandth for equal',
    (the) => {
      const most = Math.max(...the.inputs.logits.data)
      return {
        best: change(the.right.best, (_, n) => (the.inputs.logits.at(n) > most - 1e-3 ? 1 : 0)),
      }
    },
    { sizes: { N: 6 }, elements: { logits: (_, at) => at / 4096 } },
  ),
  mistake(
    'gan.bestResponse',
    'size',
    'looks at the first 32 points for the best',
    (the) => ({
      best: change(the.right.best, (b, n) => (n < 32 ? b : 0)),
    }),
    { sizes: { N: 65 } },
  ),
  mistake(
    'gan.modeCoverage',
    'shape',
    'takes the last mode for samples of no mode',
    (the) => {
      const last = the.sizes.C - 1
      if (last > 0) return { counts: change(the.right.counts, (n, c) => (c === last ? 0 : n)) }
    },
    { sizes: { N: 8 }, parameters: { modes: 2 } },
  ),
  mistake(
    'gan.modeCoverage',
    'size',
    'counts at most 64 samples',
    (the) => {
      if (the.sizes.N > 64) {
        return {
          counts: change(the.right.counts, (n, c) =>
            c === the.inputs.assigned.at(64) ? n - 1 : n,
          ),
        }
      }
    },
    { sizes: { N: 65 } },
  ),
  lasting('gan.inceptionScore', 'state', 'compares with the classes of the call before', () => {
    let before: readonly number[] = []
    return (the) => {
      const last = before
      before = the.right.scores.data
      if (last.length === before.length && last[0] !== before[0]) {
        return { scores: change(the.right.scores, (_, s) => last[s]!) }
      }
    }
  }),
]
