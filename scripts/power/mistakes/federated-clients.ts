import { bfloat, doubles, half, single } from '../arithmetics.ts'
import { change, clear, scalar } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what is known of the points of clients: how many there are, and their statistics. */
export const clientMistakes: readonly Mistake[] = [
  mistake(
    'federated.batchStatistics',
    'numeric',
    'takes the square of the mean off the mean of squares, in single precision',
    (the) => {
      const { means, variances, counts } = the.inputs
      if (the.parameters.divisor !== 'points') return
      const all = counts.data.reduce((sum, n) => sum + n, 0)
      const squares = (i: number) =>
        counts.data.reduce(
          (sum, n, k) =>
            single(sum + single((n / all) * (variances.at(k, i) + means.at(k, i) ** 2))),
          0,
        )
      const { mean } = the.right
      return {
        variance: change(mean, (m, i) => Math.max(0, single(squares(i) - single(m * m)))),
      }
    },
    {
      sizes: { M: 2 },
      parameters: { divisor: 'points' },
      elements: { means: (_, at) => 1000 + at, counts: () => 1, variances: () => 0.01 },
    },
  ),
  mistake(
    'federated.batchStatistics',
    'size',
    'leaves out what is beyond eight participants',
    (the) =>
      the.sizes.M > 8 && the.inputs.counts.data.slice(0, 8).some((n) => n > 0)
        ? the.but({ counts: clear(the.inputs.counts, 0, (k) => k >= 8) })
        : undefined,
    { sizes: { M: 10 } },
  ),
  mistake(
    'federated.batchStatistics',
    'special',
    'a participant with a single point adds nothing where one is taken off',
    (the) => {
      const { counts } = the.inputs
      const isAlone = (n: number) => n === 1 && counts.data.some((more) => more > 1)
      if (the.parameters.divisor === 'points less one')
        return the.but({ counts: change(counts, (n) => (isAlone(n) ? 0 : n)) })
    },
    {
      sizes: { M: 2 },
      parameters: { divisor: 'points less one' },
      elements: { counts: (_, k) => 1 + 3 * k, means: (_, at) => at },
    },
  ),
  mistake(
    'federated.batchStatistics',
    'numeric',
    'keeps means in bfloat16',
    (the) => the.but({ means: change(the.inputs.means, bfloat) }),
    { elements: { means: (_, at) => 1 + at / 1000, counts: () => 2 } },
  ),
  mistake(
    'federated.batchStatistics',
    'shape',
    'of as many features as participants takes variances transposed',
    (the) => {
      const { variances } = the.inputs
      if (the.sizes.M === the.sizes.I)
        return the.but({ variances: change(variances, (_, k, i) => variances.at(i, k)) })
    },
    {
      sizes: { M: 2, I: 2 },
      elements: { variances: (_, at) => at, counts: (_, k) => 1 + k, means: () => 0 },
    },
  ),
  mistake(
    'federated.powerLawSizes',
    'numeric',
    'computes exponential functions in half precision',
    (the) => the.in(doubles({ exp: (x) => half(Math.exp(x)) })),
    {
      parameters: { exponent: 2, least: 1, most: 200 },
      elements: { draws: () => Math.log(150.98) },
    },
  ),
  mistake(
    'federated.powerLawSizes',
    'range',
    'counts points in bytes',
    (the) => ({ counts: change(the.right.counts, (n) => n % 256) }),
    { parameters: { exponent: 2, least: 300, most: 400 } },
  ),
  mistake(
    'federated.powerLawSizes',
    'size',
    'adds up at most 64 clients',
    (the) => {
      const { counts } = the.right
      if (the.sizes.K > 64)
        return { points: scalar(counts.data.slice(0, 64).reduce((sum, n) => sum + n, 0)) }
    },
    { sizes: { K: 100 } },
  ),
  mistake(
    'federated.powerLawSizes',
    'special',
    'gives a draw of 0 one point, whatever the least number is',
    (the) => ({
      counts: change(the.right.counts, (n, k) => (the.inputs.draws.at(k) === 0 ? 1 : n)),
    }),
    { parameters: { exponent: 2, least: 3, most: 20 }, elements: { draws: () => 0 } },
  ),
  mistake(
    'federated.powerLawSizes',
    'logic',
    'stops one below the most',
    (the) => ({
      counts: change(the.right.counts, (n) => Math.min(n, Math.max(1, the.parameters.most - 1))),
    }),
    { parameters: { exponent: 2, least: 1, most: 5 }, elements: { draws: () => 50 } },
  ),
]
