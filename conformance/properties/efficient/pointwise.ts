import { build, fromData } from '../../../reference/arithmetic/array.ts'
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
import { inner, scalar } from '../../kit/inner.ts'
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

type Three = [number, number, number]

const plain = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const

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
    async holds({ inputs, measure }) {
      const { x, filters } = inputs
      const [G, A, B] = filters.shape as Three
      const matrix = build([1, 1, G * A, G * B], (_u, _v, c, q) => {
        const [r, a] = [Math.floor(c / A), c % A]
        return Math.floor(q / B) === r ? filters.data[(r * A + a) * B + (q % B)]! : 0
      })
      const bias = fromData([G * B], new Array<number>(G * B).fill(0))
      const { y } = await measure(groupPointwise, inputs, {})
      const whole = await measure(pointwise, { x, filters: matrix }, {})
      const convolved = await measure(conv2d, { x, filters: matrix, bias }, plain)
      return [
        { label: 'pointwise', expected: whole.y, actual: y },
        { label: 'convolution', expected: convolved.y, actual: y },
      ]
    },
  }),
  law('apart', {
    of: groupPointwise,
    values: 'reals',
    title: 'other channels in the first group leave all other groups as they are, to the bit',
    kills: [seesAllChannels, dealsChannels],
    async holds({ answer, inputs }) {
      const { x, filters } = inputs
      const [G, A, B] = filters.shape as Three
      const other = fromData(
        x.shape,
        Array.from(x.data, (v, at) => (at % (G * A) < A ? 3 - v : v)),
      )
      const before = (await answer(groupPointwise, inputs, {})).y
      const after = (await answer(groupPointwise, { x: other, filters }, {})).y
      const [N, H, W] = x.shape as Three
      const rest = (y: typeof before) =>
        build([N, H, W, (G - 1) * B], (n, i, j, q) => y.at(n, i, j, B + q))
      return [{ label: 'groups but the first', expected: rest(before), actual: rest(after) }]
    },
  }),
  law('adjoint', {
    of: groupPointwiseGradient,
    asks: [groupPointwise, groupPointwiseGradient],
    title: 'it is linear in images and in filters, so gradients times either give y times dy',
    kills: [gradientReachesAll, gradientShared],
    async holds(bench) {
      const { arithmetic } = bench
      const { dy, ...inputs } = bench.inputs
      const { y } = await bench.measure(groupPointwise, inputs, {})
      const d = await bench.measure(groupPointwiseGradient, { ...inputs, dy }, {})
      const expected = scalar(inner(arithmetic, y, bench.array('dy')))
      return [
        {
          label: '⟨x, dx⟩ = ⟨y, dy⟩',
          expected,
          actual: scalar(inner(arithmetic, bench.array('x'), d.dx)),
        },
        {
          label: '⟨F, dF⟩ = ⟨y, dy⟩',
          expected,
          actual: scalar(inner(arithmetic, bench.array('filters'), d.dFilters)),
        },
      ]
    },
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
