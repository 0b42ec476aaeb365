import { build, memberOf, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { batchStatistics, pooledStatistics } from '../../../spec/federated/batch-statistics.ts'
import { array, free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, joined, numbers, part, plain, row } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsNobody,
  addsVariances,
  averagesDeviations,
  averagesVariances,
  countsNobody,
  firstStays,
  knowsOneDivisor,
  meanOfMeans,
  mixesDivisors,
  noNumber,
  takesOff,
  weighsAlike,
  withoutMeans,
} from './batch-statistics-faults.ts'

/** Seven points, of which one client has one, one two and one four, so that their means are exact. */
const sevenPoints = {
  dimensions: { Seven: free(7, 7, 'points'), I: free(1, 3, 'features of a point') },
  inputs: { x: array('the points', 'Seven', 'I') },
  parameters: { divisor: choice('points', 'points less one') },
} as const
const firsts = [0, 1, 3, 7] as const

/** The mean of some points and their variance. */
function statisticsOf(x: NumberArray<number>, from: number, to: number, less: number) {
  const n = to - from
  const over = (of: (at: number) => number) => {
    let sum = 0
    for (let at = from; at < to; at++) sum += of(at)
    return sum
  }
  const mean = build([x.shape[1]!], (i) => over((at) => x.at(at, i)) / n)
  const squares = build(mean.shape, (i) => over((at) => (x.at(at, i) - mean.at(i)) ** 2))
  return { mean, squares, variance: changed(squares, (s) => (n === less ? 0 : s / (n - less))) }
}

export const batchStatisticsProperties = properties(
  pooledStatistics,
  ...agreementTwice(batchStatistics, {
    kills: [
      averagesVariances,
      averagesDeviations,
      weighsAlike,
      countsNobody,
      meanOfMeans,
      withoutMeans,
      takesOff,
      addsVariances,
      knowsOneDivisor,
      mixesDivisors,
      noNumber,
      firstStays,
    ],
  }),
  law('all-points', {
    of: sevenPoints,
    asks: [batchStatistics],
    title: 'what comes out is the mean of the points of all and their variance',
    kills: [averagesVariances, meanOfMeans, knowsOneDivisor, mixesDivisors, addsVariances],
    share: 0.3,
    async holds({ arithmetic, exact, inputs, measure, parameters }) {
      const { divide, exact: number, multiply, subtract, total } = arithmetic
      const x = plain(inputs.x)
      const less = parameters.divisor === 'points' ? 0 : 1
      // Twelve times the points, so that a third of what one of four or two is off is a whole number.
      const points = changed(x, (v) => 12 * v)
      const each = [0, 1, 2].map((k) => statisticsOf(points, firsts[k]!, firsts[k + 1]!, less))
      const rows = (of: (k: number) => NumberArray<number>) =>
        build([3, x.shape[1]!], (k, i) => of(k!).at(i!))
      const sent = {
        means: rows((k) => each[k]!.mean),
        variances: rows((k) => each[k]!.variance),
        counts: row(1, 2, 4),
      }
      const { mean, variance } = await measure(batchStatistics, sent, parameters)
      const all = exact(points)
      const seven = (of: (at: number) => typeof zero) =>
        total(Array.from({ length: 7 }, (_, at) => of(at)))
      const zero = number(0)
      const right = build(mean.shape, (i) =>
        divide(
          seven((at) => all.at(at, i)),
          number(7),
        ),
      )
      return [
        { label: 'mean', expected: right, actual: mean },
        {
          label: 'variance',
          expected: build(right.shape, (i) => {
            const square = (at: number) => {
              const off = subtract(all.at(at, i), right.at(i))
              return multiply(off, off)
            }
            return divide(seven(square), number(7 - less))
          }),
          actual: variance,
        },
      ]
    },
  }),
  law('not-below', {
    of: batchStatistics,
    values: 'reals',
    title: 'the variance is not below the weighted mean of the variances, and that if means agree',
    kills: [takesOff],
    share: 0.5,
    async holds({ arithmetic, inputs, measure }) {
      const given = { divisor: 'points' as const }
      const { variance } = await measure(batchStatistics, inputs, given)
      const first = memberOf(plain(inputs.means), 0)
      const alike = { ...inputs, means: build(inputs.means.shape, (_, i) => first.at(i!)) }
      const same = await measure(batchStatistics, alike, given)
      return variance.data.map((v, i) =>
        atMost(arithmetic, `variance[${i}]`, same.variance.at(i), v),
      )
    },
  }),
  law('same-means', {
    of: batchStatistics,
    title: 'participants with the same statistics have those together',
    kills: [withoutMeans, addsVariances],
    share: 0.3,
    async holds({ exact, inputs, measure }) {
      const { shape } = inputs.means
      const first = (of: 'means' | 'variances') =>
        build(shape, (_, i) => plain(inputs[of]).at(0, i!))
      const alike = { ...inputs, means: first('means'), variances: first('variances') }
      const { mean, variance } = await measure(batchStatistics, alike, { divisor: 'points' })
      return [
        { label: 'mean', expected: exact(memberOf(alike.means, 0)), actual: mean },
        { label: 'variance', expected: exact(memberOf(alike.variances, 0)), actual: variance },
      ]
    },
  }),
  law('groups', {
    of: batchStatistics,
    title: 'the statistics of two participants count as those of one that has the points of both',
    kills: [averagesDeviations, mixesDivisors, weighsAlike],
    share: 0.4,
    async holds({ arithmetic, expected, inputs, measure, parameters, sizes: { I } }) {
      const [means, variances] = [plain(inputs.means), plain(inputs.variances)]
      // One point each of the two that are put together, so that their statistics are exact.
      const counts = changed(inputs.counts, (n, k) => (k === 0 ? 1 : n % 7))
      const own = (of: NumberArray<number>, scale: number) =>
        build([1, I!], (_, i) => scale * (i! + 1) + of.at(0, i!))
      const flat = {
        means: joined(0, means, own(means, 1)),
        variances: joined(0, variances, own(variances, 2)),
        counts: joined(0, counts, row(1)),
      }
      const last = means.shape[0]!
      const two = {
        means: build([2, I!], (k, i) => flat.means.at(k === 0 ? 0 : last, i!)),
        variances: build([2, I!], (k, i) => flat.variances.at(k === 0 ? 0 : last, i!)),
        counts: row(1, 1),
      }
      const pair = expected(batchStatistics, two, parameters)
      const replaced = (of: NumberArray<number>, by: NumberArray<number>) =>
        build([last, I!], (k, i) => (k === 0 ? by.at(i!) : of.at(k!, i!)))
      const grouped = {
        means: replaced(means, numbers(arithmetic, pair.mean)),
        variances: replaced(variances, numbers(arithmetic, pair.variance)),
        counts: changed(counts, (n, k) => (k === 0 ? 2 : n)),
      }
      const together = await measure(batchStatistics, flat, parameters)
      const inTwo = await measure(batchStatistics, grouped, parameters)
      return [
        { label: 'mean', expected: together.mean, actual: inTwo.mean },
        { label: 'variance', expected: together.variance, actual: inTwo.variance },
      ]
    },
  }),
  equivariance('affine', {
    of: batchStatistics,
    title: 'points twice as large and shifted have four times the variance, wherever they are',
    kills: [withoutMeans],
    share: 0.5,
    inputs: ({ means, variances }) => ({
      means: changed(means, (m) => 2 * m + 8),
      variances: changed(variances, (v) => 4 * v),
    }),
    outputs: ({ mean, variance }, { arithmetic: { add, exact, multiply } }) => ({
      mean: build(mean.shape, (i) => add(multiply(exact(2), mean.at(i)), exact(8))),
      variance: build(variance.shape, (i) => multiply(exact(4), variance.at(i))),
    }),
  }),
  law('without-points', {
    of: batchStatistics,
    title: 'one more participant, who has no points, changes nothing',
    kills: [countsNobody],
    share: 0.3,
    async holds({ inputs, measure, parameters }) {
      const { means, variances, counts } = inputs
      const first = (of: typeof means) => part(plain(of), [1, of.shape[1]!])
      const more = {
        means: joined(
          0,
          plain(means),
          changed(first(means), (m) => m + 100),
        ),
        variances: joined(
          0,
          plain(variances),
          changed(first(variances), (v) => v + 5),
        ),
        counts: joined(0, plain(counts), row(0)),
      }
      const after = await measure(batchStatistics, more, parameters)
      const before = await measure(batchStatistics, inputs, parameters)
      return [
        { label: 'mean', expected: before.mean, actual: after.mean },
        { label: 'variance', expected: before.variance, actual: after.variance },
      ]
    },
  }),
  rejection('rejected', batchStatistics, invalidities(batchStatistics), {
    title: 'participants of whom none has a point, and negative variances, are rejected',
    kills: [acceptsNobody],
  }),
  worked('by-hand', {
    of: batchStatistics,
    title: 'clients whose own points are all alike, and clients of one point and of three',
    kills: [averagesVariances, averagesDeviations, mixesDivisors, noNumber],
    cases: [
      {
        says: 'points 0, 0 and 2, 2: each client has the variance 0, and both together have 1',
        inputs: {
          means: tensor([2, 1], [0, 2]),
          variances: tensor([2, 1], [0, 0]),
          counts: tensor([2], [2, 2]),
        },
        parameters: { divisor: 'points' },
        gives: { mean: [1], variance: [1] },
      },
      {
        says: 'the point 5 and the points 0, 1, 2: (2 · 1 + 9 + 3) / 3 with one less',
        inputs: {
          means: tensor([2, 1], [5, 1]),
          variances: tensor([2, 1], [0, 1]),
          counts: tensor([2], [1, 3]),
        },
        parameters: { divisor: 'points less one' },
        gives: { mean: [2], variance: [14 / 3] },
      },
      {
        says: 'a single point of all',
        inputs: {
          means: tensor([2, 1], [7, 3]),
          variances: tensor([2, 1], [0, 4]),
          counts: tensor([2], [1, 0]),
        },
        parameters: { divisor: 'points less one' },
        gives: { mean: [7], variance: [0] },
      },
    ],
  }),
)
