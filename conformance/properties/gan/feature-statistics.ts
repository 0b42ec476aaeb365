import { build, sum } from '../../../reference/arithmetic/array.ts'
import { featureStatistics, featureStatisticsClause } from '../../../spec/gan/feature-statistics.ts'
import { array, free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, joined, part, permuted, plain, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  alwaysCentred,
  averagesLayers,
  countOfReal,
  dividesByFeatures,
  forgetsLayer,
  forgetsMeans,
  meansAreZero,
  notCentred,
  ofSamples,
  otherDivisor,
  othersMeans,
  poolsSets,
  rootsOfParts,
  traces,
  turnsLayers,
  variancesAlone,
} from './feature-statistics-faults.ts'

const all = [
  otherDivisor,
  notCentred,
  alwaysCentred,
  rootsOfParts,
  forgetsLayer,
  averagesLayers,
  variancesAlone,
  traces,
  ofSamples,
  poolsSets,
  othersMeans,
  countOfReal,
  turnsLayers,
  forgetsMeans,
  meansAreZero,
  dividesByFeatures,
]

const byN = { divisor: 'N' } as const

export const featureStatisticsProperties = properties(
  featureStatisticsClause,
  ...agreementTwice(
    featureStatistics,
    { kills: all, share: 0.5 },
    {
      kills: [otherDivisor, notCentred, rootsOfParts, variancesAlone, traces, countOfReal],
      share: 0.4,
    },
  ),
  law('identical', {
    of: featureStatistics,
    title: 'a set is at no distance from itself in another order',
    kills: [turnsLayers, ofSamples],
    share: 0.2,
    async holds({ exact, inputs, measure, parameters, sizes: { L, R } }) {
      const real = plain(inputs.real)
      const generated = permuted(real, (l, n, d) => [l!, (n! + 1) % R!, d!])
      const given = await measure(featureStatistics, { real, generated }, parameters)
      return [{ label: 'distances', expected: exact(zeros([L! + 1, 3])), actual: given.distances }]
    },
  }),
  law('identical-layer', {
    of: {
      ...featureStatistics,
      dimensions: { ...featureStatistics.dimensions, L: free(2, 3, 'layers') },
    },
    asks: [featureStatistics],
    values: 'reals',
    title: 'a layer that is the same in another order adds nothing, beside one that is not',
    kills: [turnsLayers, ofSamples],
    share: 0.2,
    async holds({ exact, inputs, measure, parameters, sizes: { R, D } }) {
      const real = plain(inputs.real)
      const other = plain(inputs.generated)
      const S = other.shape[1]!
      // Sets of one size, of which the last layer alone differs.
      const generated = build(real.shape, (l, n, d) =>
        l === real.shape[0]! - 1 ? other.at(l, n % S, d) : real.at(l, (n + 1) % R!, d),
      )
      const given = await measure(featureStatistics, { real, generated }, parameters)
      const { means, matrices, distances } = given
      return [
        { label: 'distances', expected: exact(zeros([1, 3])), actual: part(distances, [1, 3]) },
        { label: 'means', expected: part(means, [1, 1, D!]), actual: part(means, [1, 1, D!], [1]) },
        {
          label: 'matrices',
          expected: part(matrices, [1, 1, D!, D!]),
          actual: part(matrices, [1, 1, D!, D!], [1]),
        },
      ]
    },
  }),
  equivariance('symmetric', {
    of: featureStatistics,
    title: 'real and generated samples exchanged are as far apart',
    kills: [countOfReal],
    share: 0.2,
    inputs: ({ real, generated }) => ({ real: generated, generated: real }),
    compared: ({ distances }) => ({ distances }),
  }),
  equivariance('order', {
    of: featureStatistics,
    title: 'the order of the samples of a set does not matter',
    kills: [ofSamples],
    share: 0.2,
    inputs: ({ real }, { sizes: { R } }) => ({
      real: permuted(real, (l, n, d) => [l!, (n! + 1) % R!, d!]),
    }),
  }),
  equivariance('twice', {
    of: featureStatistics,
    within: {
      ...featureStatistics,
      dimensions: {
        ...featureStatistics.dimensions,
        R: free(1, 5, 'real samples'),
        S: free(1, 5, 'generated samples'),
      },
    },
    always: byN,
    title: 'each sample of one set twice changes nothing where N divides',
    kills: [otherDivisor, countOfReal],
    share: 0.2,
    inputs: ({ real }) => ({ real: joined(1, real, real) }),
  }),
  equivariance('factor', {
    of: featureStatistics,
    title: 'features twice as large: 4 times the part of the means, 16 times that of the matrices',
    kills: [rootsOfParts],
    share: 0.2,
    inputs: ({ real, generated }) => ({
      real: changed(real, (x) => 2 * x),
      generated: changed(generated, (x) => 2 * x),
    }),
    outputs: ({ means, matrices, distances }, { arithmetic: { add, exact, multiply } }) => {
      const times = <A extends typeof means>(factor: number, x: A) =>
        build(x.shape, (...at) => multiply(exact(factor), x.at(...at)))
      return {
        means: times(2, means),
        matrices: times(4, matrices),
        distances: build(distances.shape, (row, part) => {
          const ofMeans = multiply(exact(4), distances.at(row, 1))
          const ofMatrices = multiply(exact(16), distances.at(row, 2))
          return part === 0 ? add(ofMeans, ofMatrices) : part === 1 ? ofMeans : ofMatrices
        }),
      }
    },
  }),
  equivariance('shifted', {
    of: featureStatistics,
    within: withParameters(featureStatistics, { by: integer({ min: 1, upTo: 8 }) }),
    always: { matrix: 'covariance' },
    title: 'a shift of one set leaves covariances and their part as they are',
    kills: [notCentred, poolsSets, othersMeans],
    share: 0.2,
    inputs: ({ generated }, { parameters: { by } }) => ({
      generated: changed(generated, (x) => x + by),
    }),
    compared: ({ matrices, distances }) => ({
      matrices,
      distances: build([distances.shape[0]!], (row) => distances.at(row, 2)) as never,
    }),
  }),
  law('layers', {
    of: featureStatistics,
    title: 'the distance is the sum of those of the layers by themselves',
    kills: [forgetsLayer, averagesLayers, turnsLayers],
    share: 0.2,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { L, R, S, D } }) {
      const { distances } = await measure(featureStatistics, inputs, parameters)
      const layers = await Promise.all(
        Array.from({ length: L! }, async (_, l) => {
          const alone = {
            real: part(plain(inputs.real), [1, R!, D!], [l]),
            generated: part(plain(inputs.generated), [1, S!, D!], [l]),
          }
          return (await measure(featureStatistics, alone, parameters)).distances
        }),
      )
      const expected = build([L! + 1, 3], (row, at) =>
        row < L! ? layers[row]!.at(0, at) : sum(arithmetic, [L!], (l) => layers[l]!.at(0, at)),
      )
      return [{ label: 'distances', expected, actual: distances }]
    },
  }),
  law('semidefinite', {
    of: {
      ...featureStatistics,
      inputs: { ...featureStatistics.inputs, v: array('a direction', 'D') },
    },
    asks: [featureStatistics],
    title: 'no direction has less than no variance',
    kills: [othersMeans],
    share: 0.2,
    async holds({ arithmetic, inputs: { v, ...sets }, measure, parameters, sizes: { L, D } }) {
      const { exact, multiply } = arithmetic
      const { matrices } = await measure(featureStatistics, sets, parameters)
      const weights = plain(v)
      const along = build([2, L!], (set, l) =>
        sum(arithmetic, [D!, D!], (i, j) =>
          multiply(exact(weights.at(i) * weights.at(j)), matrices.at(set, l, i, j)),
        ),
      )
      const none = build([2, L!], () => exact(0))
      return [between(arithmetic, 'along the direction', along, none, null)]
    },
  }),
  worked('by-hand', {
    of: featureStatistics,
    title: 'two layers of one feature, with covariances by N, by N − 1, and Gram matrices',
    kills: [otherDivisor, notCentred, alwaysCentred, rootsOfParts, forgetsLayer, averagesLayers],
    cases: [
      {
        says: 'variances 1 and 4, 1 and 1',
        ...twoLayers(),
        parameters: { matrix: 'covariance', divisor: 'N' },
        gives: { matrices: [1, 1, 4, 1], distances: [18, 9, 9, 1, 1, 0, 19, 10, 9] },
      },
      {
        says: 'by one less, variances 2 and 8, 2 and 2',
        ...twoLayers(),
        parameters: { matrix: 'covariance', divisor: 'N - 1' },
        gives: { matrices: [2, 2, 8, 2], distances: [45, 9, 36, 1, 1, 0, 46, 10, 36] },
      },
      {
        says: 'Gram matrices, which a shift changes: 1 and 13, 2 and 5',
        ...twoLayers(),
        parameters: { matrix: 'gram', divisor: 'N' },
        gives: { matrices: [1, 2, 13, 5], distances: [153, 9, 144, 10, 1, 9, 163, 10, 153] },
      },
    ],
  }),
  worked('frobenius', {
    of: featureStatistics,
    title: 'two features that vary together, and two that vary apart, against one sample',
    kills: [variancesAlone, traces, dividesByFeatures],
    cases: [
      {
        says: 'covariances [[1, 1], [1, 1]] and 0',
        inputs: { real: tensor([1, 2, 2], [1, 1, -1, -1]), generated: tensor([1, 1, 2], [0, 0]) },
        parameters: { matrix: 'covariance', divisor: 'N' },
        gives: { distances: [4, 0, 4, 4, 0, 4] },
      },
      {
        says: 'variances of one half, and 0',
        inputs: {
          real: tensor([1, 4, 2], [1, 0, -1, 0, 0, 1, 0, -1]),
          generated: tensor([1, 1, 2], [0, 0]),
        },
        parameters: { matrix: 'covariance', divisor: 'N' },
        gives: { distances: [0.5, 0, 0.5, 0.5, 0, 0.5] },
      },
    ],
  }),
)

/** Layers of one feature: 1, −1 and 5, 1; 0, 2 and 1, 3. */
function twoLayers() {
  return {
    inputs: {
      real: tensor([2, 2, 1], [1, -1, 0, 2]),
      generated: tensor([2, 2, 1], [5, 1, 1, 3]),
    },
  }
}
