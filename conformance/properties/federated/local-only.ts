import { build, elementwise, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { aggregate } from '../../../spec/federated/aggregate.ts'
import { meanErrors, variance } from '../../../spec/federated/local-only.ts'
import { free } from '../../../spec/language/operation.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, scalar, zeros } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  biasShrinks,
  clientsAlike,
  meanVariance,
  modelsAlike,
  noBias,
  notSquared,
  oneLess,
} from './local-only-faults.ts'

/** Two clients, of one point and of two or four, that lie a whole number above or below their mean. */
const fewPoints = {
  dimensions: { Two: free(2, 2, 'clients') },
  inputs: {
    means: { ...meanErrors.inputs.means, axes: ['Two'] },
    widths: { ...meanErrors.inputs.means, axes: ['Two'] },
    counts: { ...meanErrors.inputs.counts, axes: ['Two'] },
  },
  parameters: {},
} as const

export const localOnlyProperties = properties(
  variance,
  ...agreementTwice(meanErrors, {
    kills: [oneLess, noBias, notSquared, biasShrinks, clientsAlike, modelsAlike, meanVariance],
    share: 0.5,
  }),
  law('every-draw', {
    of: fewPoints,
    asks: [meanErrors, aggregate],
    title: 'over all draws of a few points, means are off by these squares on average',
    kills: [oneLess, noBias, biasShrinks, clientsAlike, modelsAlike],
    share: 0.1,
    async holds({ arithmetic, exact, inputs: { means, widths, counts }, measure }) {
      const { divide, multiply, subtract, total } = arithmetic
      const n = changed(counts, (count, k) => (k === 0 ? 1 : 2 ** (1 + (Math.floor(count) % 2))))
      const K = n.shape[0]!
      const all = n.data.reduce((sum, count) => sum + count, 0)
      const draws = 2 ** all
      const first = (k: number) => n.data.slice(0, k).reduce((sum, count) => sum + count, 0)
      const signs = (draw: number, k: number) =>
        Array.from({ length: n.at(k) }, (_, d) => 1 - 2 * ((draw >> (first(k) + d)) & 1))
      const of = (draw: number, k: number) => {
        const balance = signs(draw, k).reduce((sum, sign) => sum + sign, 0)
        return means.data[k]! + (widths.data[k]! * balance) / n.at(k)
      }
      const own = build([K, draws, 1], (k, draw) => of(draw, k))
      const sent = { w: own, b: zeros([K, 1]), counts: n }
      const { w } = await measure(aggregate, sent, {})
      const found = await measure(
        meanErrors,
        { means, variances: changed(widths, (width) => width ** 2), counts: n },
        {},
      )
      const mu = found.mean.at()
      const square = (x: typeof mu) => multiply(x, x)
      const meanOf = (drawn: NumberArray<typeof mu>) =>
        divide(total(drawn.data.map((mean) => square(subtract(mean, mu)))), arithmetic.exact(draws))
      const ofClient = (k: number) => exact(build([draws], (draw) => own.at(k, draw, 0)))
      return [
        { label: 'of all', expected: scalar(meanOf(w)), actual: found.pooled },
        { label: 'alone', expected: build([K], (k) => meanOf(ofClient(k))), actual: found.local },
      ]
    },
  }),
  equivariance('more-points', {
    of: meanErrors,
    title: 'four times the points of all quarter both variances, and leave the bias',
    kills: [oneLess, biasShrinks, meanVariance],
    share: 0.3,
    inputs: ({ counts }) => ({ counts: changed(counts, (n) => 4 * n) }),
    outputs: ({ variance, bias, pooled }, { arithmetic: { add, divide, exact } }) => {
      const quarter = <T>(divideBy: (v: T) => T, array: NumberArray<T>) =>
        elementwise(array, divideBy)
      const by4 = (v: (typeof pooled.data)[number]) => divide(v, exact(4))
      const less = quarter(by4, variance)
      return {
        variance: less,
        local: build(less.shape, (k) => add(less.at(k), bias.at(k))),
        pooled: quarter(by4, pooled),
      }
    },
  }),
  law('like-clients', {
    of: meanErrors,
    title: 'of clients that draw alike, all together are n / n_k times as good as one of them',
    kills: [oneLess, modelsAlike, meanVariance],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, sizes: { K } }) {
      const { divide, exact, multiply, total } = arithmetic
      const [mean, width] = [inputs.means.data[0]!, inputs.variances.data[0]!]
      const alike = { means: filled([K!], mean), variances: filled([K!], width) }
      const { local, pooled } = await measure(meanErrors, { ...inputs, ...alike }, {})
      const counts = Array.from(inputs.counts.data, exact)
      const all = total(counts)
      const own = build([K!], (k) => multiply(local.at(k), divide(counts[k]!, all)))
      return [
        { label: 'of all', expected: build([K!], () => pooled.at()), actual: own },
        ...local.data.map((alone, k) => atMost(arithmetic, `client ${k}`, pooled.at(), alone)),
      ]
    },
  }),
  worked('by-hand', {
    of: meanErrors,
    title: 'two clients with two points each about 0 and 4, of the variances 4 and 8',
    kills: [oneLess, noBias, meanVariance],
    inputs: {
      means: tensor([2], [0, 4]),
      variances: tensor([2], [4, 8]),
      counts: tensor([2], [2, 2]),
    },
    gives: { mean: [2], variance: [2, 4], bias: [4, 4], local: [6, 8], pooled: [1.5] },
  }),
)
