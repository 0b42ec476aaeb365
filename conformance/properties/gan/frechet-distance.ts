import { build, elementwise, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  featureFrechetDistance,
  frechetDistance,
  frechetDistanceClause,
} from '../../../spec/gan/frechet-distance.ts'
import { array, free, nonnegative, type Space } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import type { Bench } from '../../engine/property.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, joined, permuted, plain, row, scalar, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  addsMillionth,
  asManyOfEach,
  centresTogether,
  forgetsMeans,
  lengthOfMeans,
  notCentred,
  otherDivisor,
  pairsSamples,
  realTwice,
  rootOfAll,
  rootsApart,
  rootsByElement,
  subtractsOnce,
  swapsFeatures,
  variancesAlone,
} from './frechet-distance-faults.ts'

const D = free(1, 5, 'features')
const byN = { divisor: 'N' } as const

/** Two directions along which alone features vary. */
const directions = {
  dimensions: { D },
  inputs: { u: array('of real samples', 'D'), v: array('of generated samples', 'D') },
  parameters: {},
} as const

/** Features that do not depend on each other. */
const apart = {
  dimensions: { D },
  inputs: {
    ofReal: nonnegative('the standard deviation of each feature of real samples', 'D'),
    ofGenerated: nonnegative('the same of generated samples', 'D'),
  },
  parameters: {},
} as const

/** Factors of covariances, which are those of the rows and their opposites. */
const factors = {
  dimensions: { D: free(1, 4, 'features') },
  inputs: {
    F: array('half of the real samples', 'Four', 'D'),
    H: array('half of the generated samples', 'Four', 'D'),
  },
  parameters: {},
} as const

const outer = (u: { at(i: number): number; readonly shape: readonly number[] }) =>
  build([u.shape[0]!, u.shape[0]!], (i, j) => u.at(i) * u.at(j))

/** The distance of features around 0, of which the covariances are given and what both share. */
async function aroundZero<T, S extends Space>(
  { exact, measure, sizes }: Bench<T, S>,
  covarianceReal: NumberArray<number>,
  covarianceGenerated: NumberArray<number>,
  shared: number,
) {
  const D = sizes.D!
  const means = { meanReal: zeros([D]), meanGenerated: zeros([D]) }
  const given = { ...means, covarianceReal, covarianceGenerated }
  const { distance } = await measure(frechetDistance, given, {})
  const diagonal = Array.from({ length: D }, (_, i) => [
    covarianceReal.at(i, i),
    covarianceGenerated.at(i, i),
  ])
  const traces = diagonal.flat().reduce((total, x) => total + x, 0)
  const expected = exact(row(traces - 2 * shared, 0, traces, shared))
  return [{ label: 'distance', expected, actual: distance }]
}

export const frechetDistanceProperties = properties(
  frechetDistanceClause,
  ...agreementTwice(
    frechetDistance,
    {
      name: 'moments',
      kills: [
        rootsApart,
        rootsByElement,
        variancesAlone,
        subtractsOnce,
        lengthOfMeans,
        rootOfAll,
        forgetsMeans,
        realTwice,
        swapsFeatures,
      ],
      share: 0.5,
    },
    { kills: [rootsByElement, variancesAlone, subtractsOnce, lengthOfMeans, rootOfAll] },
  ),
  ...agreementTwice(
    featureFrechetDistance,
    {
      name: 'features',
      kills: [otherDivisor, notCentred, centresTogether, addsMillionth, asManyOfEach, pairsSamples],
      share: 0.5,
    },
    { kills: [otherDivisor, notCentred, centresTogether, asManyOfEach] },
  ),
  law('one-direction', {
    of: directions,
    asks: [frechetDistance],
    title: 'along one direction each, singular and not commuting, |u · v| is shared',
    kills: [rootsApart, rootsByElement, variancesAlone],
    share: 0.3,
    async holds(bench) {
      const [u, v] = [plain(bench.inputs.u), plain(bench.inputs.v)]
      const shared = Math.abs(sum(number, u.shape, (i) => u.at(i) * v.at(i)))
      return aroundZero(bench, outer(u), outer(v), shared)
    },
  }),
  law('commuting', {
    of: apart,
    asks: [frechetDistance],
    title: 'of features that do not depend on each other, standard deviations are compared',
    kills: [subtractsOnce, rootOfAll, realTwice],
    share: 0.3,
    async holds(bench) {
      const [a, b] = [plain(bench.inputs.ofReal), plain(bench.inputs.ofGenerated)]
      const diagonal = (x: typeof a) =>
        build([...x.shape, ...x.shape], (i, j) => (i === j ? x.at(i) ** 2 : 0))
      const shared = sum(number, a.shape, (i) => a.at(i) * b.at(i))
      return aroundZero(bench, diagonal(a), diagonal(b), shared)
    },
  }),
  equivariance('symmetric', {
    of: frechetDistance,
    title: 'real and generated moments exchanged are as far apart',
    kills: [realTwice],
    share: 0.3,
    inputs: ({ meanReal, meanGenerated, covarianceReal, covarianceGenerated }) => ({
      meanReal: meanGenerated,
      meanGenerated: meanReal,
      covarianceReal: covarianceGenerated,
      covarianceGenerated: covarianceReal,
    }),
  }),
  equivariance('factor', {
    of: frechetDistance,
    title: 'features twice as large are four times as far apart',
    kills: [lengthOfMeans, rootOfAll],
    share: 0.3,
    inputs: ({ meanReal, meanGenerated, covarianceReal, covarianceGenerated }) => ({
      meanReal: changed(meanReal, (x) => 2 * x),
      meanGenerated: changed(meanGenerated, (x) => 2 * x),
      covarianceReal: changed(covarianceReal, (x) => 4 * x),
      covarianceGenerated: changed(covarianceGenerated, (x) => 4 * x),
    }),
    outputs: ({ distance }, { arithmetic: { exact, multiply } }) => ({
      distance: elementwise(distance, (x) => multiply(exact(4), x)),
    }),
  }),
  law('of-features', {
    of: { ...factors, dimensions: { ...factors.dimensions, Four: free(4, 4, 'half of a set') } },
    asks: [featureFrechetDistance, frechetDistance],
    title: 'features are as far apart as their moments',
    kills: [variancesAlone, subtractsOnce, rootsByElement],
    share: 0.3,
    async holds({ inputs, measure, sizes }) {
      const [F, H] = [plain(inputs.F), plain(inputs.H)]
      const set = (x: typeof F) =>
        joined(
          0,
          x,
          build(x.shape, (n, d) => -x.at(n, d)),
        )
      const zero = zeros([sizes.D!])
      const covarianceOf = (x: typeof F) =>
        build([sizes.D!, sizes.D!], (i, j) => {
          return sum(number, [sizes.Four!], (n) => x.at(n, i) * x.at(n, j)) / sizes.Four!
        })
      const features = await measure(
        featureFrechetDistance,
        { real: set(F), generated: set(H) },
        byN,
      )
      const moments = await measure(
        frechetDistance,
        {
          meanReal: zero,
          meanGenerated: zero,
          covarianceReal: covarianceOf(F),
          covarianceGenerated: covarianceOf(H),
        },
        {},
      )
      return [{ label: 'distance', expected: features.distance, actual: moments.distance }]
    },
  }),
  law('identical', {
    of: featureFrechetDistance,
    title: 'a set is at no distance from itself, whatever its rank and order',
    kills: [pairsSamples],
    values: 'reals',
    share: 0.3,
    async holds({ arithmetic: { divide, exact }, inputs, measure, parameters, sizes: { N } }) {
      const real = plain(inputs.real)
      const generated = permuted(real, (n, d) => [(n + 1) % N!, d])
      const { distance } = await measure(featureFrechetDistance, { real, generated }, parameters)
      const shared = divide(distance.at(2), exact(2))
      return [
        {
          label: 'distance',
          expected: row(exact(0), exact(0), distance.at(2), shared),
          actual: distance,
        },
      ]
    },
  }),
  equivariance('twice', {
    of: featureFrechetDistance,
    within: {
      inputs: featureFrechetDistance.inputs,
      parameters: {},
      dimensions: {
        N: free(1, 6, 'real samples'),
        M: free(1, 6, 'generated samples'),
        D: free(1, 6, 'features'),
      },
    },
    always: byN,
    title: 'each sample of one set twice changes nothing where N divides',
    kills: [otherDivisor, asManyOfEach],
    share: 0.3,
    inputs: ({ real }) => ({ real: joined(0, real, real) }),
  }),
  law('shifted', {
    of: withParameters(featureFrechetDistance, { by: integer({ min: 1, upTo: 8 }) }),
    asks: [featureFrechetDistance],
    title: 'a set that is shifted is as far from itself as its means, squared',
    kills: [notCentred],
    share: 0.3,
    async holds({ arithmetic, exact, inputs, measure, parameters: { by, divisor }, sizes }) {
      const real = plain(inputs.real)
      const generated = changed(real, (x) => x + by)
      const { distance } = await measure(featureFrechetDistance, { real, generated }, { divisor })
      const { divide, exact: known } = arithmetic
      const squares = known(sizes.D! * by * by)
      return [
        {
          label: 'distance',
          expected: row(squares, squares, distance.at(2), divide(distance.at(2), known(2))),
          actual: distance,
        },
        {
          label: 'means',
          expected: exact(scalar(sizes.D! * by * by)),
          actual: scalar(distance.at(1)),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: frechetDistance,
    title: 'two variances, and two covariances that do not commute, by hand',
    kills: [rootsApart, subtractsOnce, lengthOfMeans, rootOfAll, forgetsMeans],
    cases: [
      {
        says: 'means 0 and 3, variances 1 and 4',
        inputs: {
          meanReal: tensor([1], [0]),
          meanGenerated: tensor([1], [3]),
          covarianceReal: tensor([1, 1], [1]),
          covarianceGenerated: tensor([1, 1], [4]),
        },
        gives: { distance: [10, 9, 5, 2] },
      },
      {
        says: 'the root of [[4, 2], [2, 1]], whose eigenvalues are 5 and 0',
        inputs: {
          meanReal: tensor([2], [0, 0]),
          meanGenerated: tensor([2], [0, 0]),
          covarianceReal: tensor([2, 2], [4, 0, 0, 1]),
          covarianceGenerated: tensor([2, 2], [1, 1, 1, 1]),
        },
        gives: { distance: [about('2.527864'), 0, 7, about('2.236068')] },
      },
    ],
  }),
  worked('few-samples', {
    of: featureFrechetDistance,
    title: 'two samples each of three features, to all digits, by hand',
    kills: [otherDivisor, notCentred],
    cases: [
      {
        says: '±(1, 0, 0) and ±(3, 4, 0), of which 3 is shared',
        inputs: {
          real: tensor([2, 3], [1, 0, 0, -1, 0, 0]),
          generated: tensor([2, 3], [3, 4, 0, -3, -4, 0]),
        },
        parameters: { divisor: 'N' },
        gives: { distance: [20, 0, 26, 3] },
      },
      {
        says: 'by one less, twice that',
        inputs: {
          real: tensor([2, 3], [1, 0, 0, -1, 0, 0]),
          generated: tensor([2, 3], [3, 4, 0, -3, -4, 0]),
        },
        parameters: { divisor: 'N - 1' },
        gives: { distance: [40, 0, 52, 6] },
      },
      {
        says: 'single samples',
        inputs: { real: tensor([1, 2], [1, 2]), generated: tensor([1, 2], [4, 6]) },
        parameters: { divisor: 'N' },
        gives: { distance: [25, 25, 0, 0] },
      },
    ],
  }),
)
