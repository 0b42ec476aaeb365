import {
  criticLoss,
  criticLossClause,
  criticLossGradient,
  lineDistance,
  sampleDistance,
} from '../../../spec/gan/wgan-critic-loss.ts'
import { array, derived, free, whole } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, permuted, row, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  bothUp,
  bounded,
  crossEntropy,
  forgetsEstimate,
  forgetsGenerator,
  generatorHelps,
  ignoresMasses,
  largest,
  lastOfPlace,
  maximizesGenerated,
  nextAlways,
  notNormalized,
  ofMeans,
  quadratic,
  sameLoss,
  signedArea,
  slopeUndivided,
  sortsOneWay,
  squared,
  sumsBatch,
  throughSigmoid,
  unsorted,
} from './wgan-critic-loss-faults.ts'
import { bestCritic, leastPairing, shortestWays } from './wgan-critic-loss-spaces.ts'

/** Up to four points, with steps between them, and two batches of one, two or four of the points. */
const spaces = {
  dimensions: {
    N: free(2, 3, 'points'),
    M: derived((_, { halvings }) => 2 ** halvings, 'samples of a batch'),
  },
  inputs: {
    steps: whole([0, 3], 'how long a step from point to point is', 'N', 'N'),
    real: whole([0, 3], 'points of the real samples', 'M'),
    generated: whole([0, 3], 'points of the generated ones', 'M'),
  },
  parameters: { halvings: integer({ min: 0, upTo: 2, max: 2 }) },
} as const

const kills = [maximizesGenerated, sumsBatch, generatorHelps, throughSigmoid, crossEntropy]

export const criticLossProperties = properties(
  criticLossClause,
  ...agreementTwice(criticLoss, { kills, share: 0.4 }, { kills: [...kills, bounded] }),
  ...agreementTwice(criticLossGradient, {
    kills: [slopeUndivided, forgetsGenerator, forgetsEstimate, bothUp],
    share: 0.2,
    name: 'gradient',
  }),
  ...agreementTwice(sampleDistance, {
    kills: [unsorted, ofMeans, quadratic, largest, sortsOneWay],
    share: 0.4,
    name: 'samples',
  }),
  ...agreementTwice(lineDistance, {
    kills: [ignoresMasses, notNormalized, signedArea, nextAlways],
    share: 0.4,
    name: 'line',
  }),
  law('duality', {
    of: spaces,
    asks: [criticLoss],
    title:
      'the best critic with slopes of at most 1 measures the least mean distance of all pairings',
    kills: [maximizesGenerated, sumsBatch, throughSigmoid, crossEntropy, sameLoss],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, sizes: { N, M } }) {
      const [real, generated] = [inputs.real, inputs.generated].map(({ data }) =>
        Array.from(data, (point) => point % N!),
      ) as [number[], number[]]
      const distances = shortestWays((i, j) => inputs.steps.data[i * N! + j]!, N!)
      const batches = { distances, real, generated }
      const f = bestCritic(batches)
      const asked = {
        real: row(...real.map((point) => f[point]!)),
        generated: row(...generated.map((point) => f[point]!)),
      }
      const { estimate } = await measure(criticLoss, asked, {})
      const least = arithmetic.exact(leastPairing(batches) / M!)
      return [{ label: 'estimate', expected: scalar(least), actual: estimate }]
    },
  }),
  law('lower-bound', {
    of: {
      ...sampleDistance,
      inputs: { ...sampleDistance.inputs, kinks: array('where the critic has its kink', 'M') },
    },
    asks: [criticLoss, sampleDistance],
    title: 'no critic with slopes of at most 1 measures more than the distance on a line',
    kills: [sumsBatch],
    share: 0.3,
    async holds({ arithmetic, inputs: { real, generated, kinks }, measure }) {
      const { distance } = await measure(sampleDistance, { real, generated }, {})
      const critic = (v: number) => Math.abs(v - kinks.data[0]!)
      const asked = { real: changed(real, critic), generated: changed(generated, critic) }
      const { estimate } = await measure(criticLoss, asked, {})
      return [between(arithmetic, 'estimate', estimate, null, distance)]
    },
  }),
  law('best-on-a-line', {
    of: sampleDistance,
    asks: [criticLoss, sampleDistance],
    title:
      'a critic that rises where more of the generated samples are on the left measures the distance',
    kills: [unsorted, ofMeans, quadratic, sumsBatch, maximizesGenerated],
    share: 0.3,
    async holds({ inputs: { real, generated }, measure }) {
      const places = [...new Set([...real.data, ...generated.data])].sort((a, b) => a - b)
      const left = (samples: ArrayLike<number>, t: number) =>
        Array.from(samples).filter((v) => v <= t).length
      const f = new Map<number, number>()
      for (const [k, t] of places.entries()) {
        const before = places[k - 1] ?? t
        const slope = Math.sign(left(generated.data, before) - left(real.data, before))
        f.set(t, (f.get(before) ?? 0) + slope * (t - before))
      }
      const critic = (v: number) => f.get(v)!
      const asked = { real: changed(real, critic), generated: changed(generated, critic) }
      const { estimate } = await measure(criticLoss, asked, {})
      const { distance } = await measure(sampleDistance, { real, generated }, {})
      return [{ label: 'estimate', expected: distance, actual: estimate }]
    },
  }),
  equivariance('constant', {
    of: criticLoss,
    title: 'a critic that gives 3 more everywhere measures the same',
    kills: [throughSigmoid, crossEntropy],
    share: 0.2,
    inputs: ({ real, generated }) => ({
      real: changed(real, (v) => v + 3),
      generated: changed(generated, (v) => v + 3),
    }),
    compared: ({ estimate, critic }) => ({ estimate, critic }),
  }),
  equivariance('symmetric', {
    of: lineDistance,
    within: {
      ...lineDistance,
      dimensions: { ...lineDistance.dimensions, M: derived(({ N }) => N!, 'as many points') },
    },
    title: 'the distance back is the same',
    kills: [notNormalized, lastOfPlace],
    share: 0.3,
    inputs: ({ places, data, generatedPlaces, generated }) => ({
      places: generatedPlaces,
      data: generated,
      generatedPlaces: places,
      generated: data,
    }),
  }),
  law('translation', {
    of: {
      dimensions: { N: free(1, 6, 'points') },
      inputs: { places: lineDistance.inputs.places, data: lineDistance.inputs.data },
      parameters: { by: integer({ min: 0, upTo: 4 }) },
    },
    asks: [lineDistance],
    title: 'a distribution that is moved is as far from itself as it was moved',
    kills: [notNormalized],
    share: 0.3,
    async holds({ arithmetic, inputs: { places, data }, measure, parameters: { by } }) {
      const moved = changed(places, (v) => v - by)
      const asked = { places, data, generatedPlaces: moved, generated: data }
      const { distance } = await measure(lineDistance, asked, {})
      return [{ label: 'distance', expected: scalar(arithmetic.exact(by)), actual: distance }]
    },
  }),
  law('triangle', {
    of: {
      ...sampleDistance,
      inputs: { ...sampleDistance.inputs, other: array('other samples', 'M') },
    },
    asks: [sampleDistance],
    title: 'no way round is shorter',
    kills: [squared],
    share: 0.3,
    async holds({ arithmetic, inputs: { real, generated, other }, measure }) {
      const { distance: direct } = await measure(sampleDistance, { real, generated }, {})
      const { distance: to } = await measure(sampleDistance, { real, generated: other }, {})
      const { distance: from } = await measure(sampleDistance, { real: other, generated }, {})
      const round = arithmetic.add(to.at(), from.at())
      return [between(arithmetic, 'distance', direct, null, scalar(round))]
    },
  }),
  equivariance('any-order', {
    of: sampleDistance,
    title:
      'the order of the samples of a batch does not matter, and equal batches are at no distance',
    kills: [unsorted],
    share: 0.2,
    inputs: ({ generated }, { sizes: { M } }) => ({
      generated: permuted(generated, (i) => [M! - 1 - i]),
    }),
  }),
  law('both-ways', {
    of: sampleDistance,
    asks: [sampleDistance, lineDistance],
    title: 'of two batches both operations give the same',
    kills: [unsorted, quadratic, largest, notNormalized, lastOfPlace],
    share: 0.3,
    async holds({ inputs: { real, generated }, measure }) {
      const { distance } = await measure(sampleDistance, { real, generated }, {})
      const alike = filled(real.shape, 0.5)
      const asked = { places: real, data: alike, generatedPlaces: generated, generated: alike }
      const line = await measure(lineDistance, asked, {})
      return [{ label: 'distance', expected: distance, actual: line.distance }]
    },
  }),
  equivariance('no-unit', {
    of: lineDistance,
    title: 'four times as much mass in both changes nothing',
    kills: [notNormalized],
    share: 0.2,
    inputs: ({ data, generated }) => ({
      data: changed(data, (v) => 4 * v),
      generated: changed(generated, (v) => v / 2),
    }),
  }),
  worked('by-hand', {
    of: lineDistance,
    title: 'masses at places that come twice, in any order, are added up',
    kills: [ignoresMasses, notNormalized, lastOfPlace, signedArea],
    cases: [
      {
        says: 'from 0 and twice 1 to 3',
        inputs: {
          places: tensor([3], [1, 0, 1]),
          data: tensor([3], [2, 1, 1]),
          generatedPlaces: tensor([1], [3]),
          generated: tensor([1], [8]),
        },
        parameters: {},
        gives: { distance: [2.25] },
      },
      {
        says: 'from both ends to the middle',
        inputs: {
          places: tensor([2], [-1, 1]),
          data: tensor([2], [0.5, 0.5]),
          generatedPlaces: tensor([2], [0, 7]),
          generated: tensor([2], [1, 0]),
        },
        parameters: {},
        gives: { distance: [1] },
      },
    ],
  }),
  worked('two-batches', {
    of: sampleDistance,
    title: 'samples are paired in ascending order',
    kills: [unsorted, quadratic, largest, sortsOneWay],
    inputs: { real: tensor([4], [3, 1, 0, 0]), generated: tensor([4], [0, 5, 0, 1]) },
    gives: { distance: [0.5] },
  }),
  worked('E-83', {
    of: criticLoss,
    title: 'the same samples, at the distance 1: a critic ten times as steep measures 10',
    kills: [sameLoss, maximizesGenerated],
    inputs: { real: tensor([1], [0]), generated: tensor([1], [-10]) },
    notes: { estimate: [1] },
    gives: { estimate: [10] },
  }),
)
