import { build, sum } from '../../../reference/arithmetic/array.ts'
import { pushforward, pushforwardClause } from '../../../spec/gan/pushforward.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { permuted, scalar } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  countsNoise,
  divides,
  fromOne,
  keepsLastWeight,
  noiseAlike,
  ofReal,
  pointsAlike,
  undivided,
} from './pushforward-faults.ts'

export const pushforwardProperties = properties(
  pushforwardClause,
  ...agreementTwice(pushforward, {
    kills: [
      keepsLastWeight,
      countsNoise,
      divides,
      pointsAlike,
      noiseAlike,
      ofReal,
      undivided,
      fromOne,
    ],
    share: 0.8,
  }),
  ...lawTwice('same-expectation', {
    of: pushforward,
    title: 'nothing is lost of the noise, and both expectations are the same',
    kills: [keepsLastWeight, divides, noiseAlike, ofReal, pointsAlike],
    share: 0.4,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { generated, overPoints, overNoise } = await measure(pushforward, inputs, parameters)
      const all = (weights: typeof generated) =>
        scalar(sum(arithmetic, weights.shape, (n) => weights.at(n)))
      return [
        { label: 'weights', expected: all(array('noise')), actual: all(generated) },
        { label: 'E φ', expected: overPoints, actual: overNoise },
      ]
    },
  }),
  equivariance('order', {
    of: pushforward,
    title: 'the order of the noise makes no difference',
    kills: [keepsLastWeight],
    share: 0.2,
    inputs: ({ noise, images }) => {
      const last = noise.data.length - 1
      return {
        noise: permuted(noise, (z) => [last - z!]),
        images: permuted(images, (z) => [last - z!]),
      }
    },
  }),
  equivariance('renamed', {
    of: pushforward,
    title: 'points in the opposite order have their weights in the opposite order',
    kills: [fromOne],
    share: 0.2,
    inputs: ({ images, logits }, { parameters: { points } }) => ({
      images: build(images.shape, (z) => points - 1 - images.at(z)),
      logits: permuted(logits, (n) => [points - 1 - n!]),
    }),
    outputs: ({ generated, overPoints, overNoise }, { parameters: { points } }) => ({
      generated: permuted(generated, (n) => [points - 1 - n!]),
      overPoints,
      overNoise,
    }),
  }),
  worked('by-hand', {
    of: pushforward,
    title: 'three values of the noise at two of three points',
    kills: [keepsLastWeight, countsNoise, noiseAlike, pointsAlike],
    inputs: {
      noise: tensor([3], [1, 2, 5]),
      images: tensor([3], [1, 0, 1]),
      logits: tensor([3], [1.0986123, 0, 7]),
    },
    parameters: { points: 3 },
    gives: {
      generated: [2, 6, 0],
      overPoints: [about('-0.866434')],
      overNoise: [about('-0.866434')],
    },
  }),
)
