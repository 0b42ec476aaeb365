import { build } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import {
  groupPointwise,
  groupPointwiseGradient,
  groups,
  pointwise,
  pointwiseGradient,
} from '../../../spec/efficient/pointwise.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, part, plain, zeros } from '../../kit/arrays.ts'
import { degreeOne } from '../../kit/degree-one.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsOddChannels,
  dealsChannels,
  forgetsLastChannel,
  gradientReachesAll,
  gradientShared,
  mixesGroups,
  plainGradientAverages,
  plainGradientOfFirst,
  repeatsFirstGroup,
  seesAllChannels,
  transposesFilters,
} from './pointwise-faults.ts'

export const pointwiseProperties = properties(
  groups,
  agreement(groupPointwise, 'integers', {
    kills: [seesAllChannels, dealsChannels, repeatsFirstGroup, mixesGroups],
  }),
  agreement(groupPointwise, 'reals', { kills: [seesAllChannels, dealsChannels] }),
  agreement(groupPointwiseGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientReachesAll, gradientShared],
  }),
  agreement(groupPointwiseGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientReachesAll, gradientShared],
  }),
  agreement(pointwise, 'integers', {
    name: 'one-group-exact',
    kills: [transposesFilters, forgetsLastChannel],
  }),
  agreement(pointwise, 'reals', {
    name: 'one-group-bounded',
    kills: [transposesFilters, forgetsLastChannel],
  }),
  agreement(pointwiseGradient, 'integers', {
    name: 'one-group-gradient-exact',
    kills: [plainGradientAverages, plainGradientOfFirst],
  }),
  agreement(pointwiseGradient, 'reals', {
    name: 'one-group-gradient-bounded',
    kills: [plainGradientAverages, plainGradientOfFirst],
  }),
  law('block-diagonal', {
    of: groupPointwise,
    asks: [groupPointwise, pointwise, conv2d],
    title: 'it is the pointwise convolution, and the convolution, with a block-diagonal matrix',
    kills: [seesAllChannels, dealsChannels, mixesGroups, transposesFilters],
    async holds({ inputs, measure, sizes: { A, B, C, Q } }) {
      const { x } = inputs
      const F = plain(inputs.filters)
      const filters = build([1, 1, C, Q], (_u, _v, c, q) => {
        const r = Math.floor(q / B)
        return Math.floor(c / A) === r ? F.at(r, c % A, q % B) : 0
      })
      const everyPixel = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const
      const { y } = await measure(groupPointwise, inputs, {})
      const whole = await measure(pointwise, { x, filters }, {})
      const convolved = await measure(conv2d, { x, filters, bias: zeros([Q]) }, everyPixel)
      return [
        { label: 'pointwise', expected: whole.y, actual: y },
        { label: 'convolution', expected: convolved.y, actual: y },
      ]
    },
  }),
  equivariance('apart', {
    of: groupPointwise,
    values: 'reals',
    title: 'other channels in the first group leave all other groups as they are, to the bit',
    kills: [seesAllChannels, dealsChannels],
    toTheBit: true,
    inputs: ({ x }, { sizes: { A, C } }) => ({
      x: changed(x, (value, at) => (at % C < A ? 3 - value : value)),
    }),
    compared: ({ y }, { sizes: { B, Q } }) => ({
      y: part(y, y.shape.with(3, Q - B), [0, 0, 0, B]),
    }),
  }),
  degreeOne('adjoint', groupPointwise, groupPointwiseGradient, {
    title: 'it is linear in images and in filters, so gradients times either give y times dy',
    kills: [gradientReachesAll, gradientShared],
    layers: [{ weights: ['filters'] }, { weights: ['x'] }],
  }),
  rejection('rejected', groupPointwise, invalidities(groupPointwise), {
    title: 'channels that the groups do not divide without rest are rejected',
    kills: [acceptsOddChannels],
    share: 0.3,
  }),
  worked('E-32', {
    of: groupPointwise,
    title: 'each group sees its own channels only',
    kills: [seesAllChannels],
    inputs: { x: tensor([1, 1, 1, 2], [1, 2]), filters: tensor([2, 1, 1], [1, 1]) },
    notes: { y: [3, 3] },
    gives: { y: [1, 2] },
  }),
)
