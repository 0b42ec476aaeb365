import { build } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { anyDepth, depthMatch, outDepth } from '../../../spec/cnn/conv2d-depth.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import type { Invalidity } from '../../arbitraries/invalidity.ts'
import { joined, part, permuted, plain, row, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { small } from './conv2d-cases.ts'
import {
  answersAnyDepth,
  averagesChannels,
  biasPerChannel,
  depthOfImage,
  depthwise,
  skipsFirstChannel,
} from './conv2d-faults.ts'

const anyDepthProperties = properties(
  anyDepth,
  lawTwice(
    'channel-by-channel',
    {
      of: small,
      asks: [conv2d],
      title: 'the response is the bias and the responses to each channel, added',
      kills: [biasPerChannel, averagesChannels, depthwise],
      share: 0.5,
      async holds({ arithmetic, array, inputs, measure, parameters, sizes }) {
        const [x, filters] = [plain(inputs.x), plain(inputs.filters)]
        const { y } = await measure(conv2d, inputs, parameters)
        const alone: (typeof y)[] = []
        for (let k = 0; k < sizes.K; k++) {
          const channel = {
            x: part(x, x.shape.with(3, 1), [0, 0, 0, k]),
            filters: part(filters, filters.shape.with(2, 1), [0, 0, k, 0]),
            bias: zeros(inputs.bias.shape),
          }
          alone.push((await measure(conv2d, channel, parameters)).y)
        }
        const b = array('bias')
        const expected = build(y.shape, (n, i, j, q) =>
          arithmetic.total([b.at(q), ...alone.map((response) => response.at(n, i, j, q))]),
        )
        return [{ label: 'the sum over the channels', expected, actual: y }]
      },
    },
    { kills: [biasPerChannel, averagesChannels], share: 0.3 },
  ),
  equivariance('any-order', {
    of: conv2d,
    within: small,
    title: 'turning the order of the channels round, in image and filters, changes nothing',
    kills: [skipsFirstChannel, depthwise],
    share: 0.5,
    inputs: ({ x, filters }, { sizes: { K } }) => ({
      x: permuted(x, (n, i, j, k) => [n, i, j, K - 1 - k]),
      filters: permuted(filters, (u, v, k, q) => [u, v, K - 1 - k, q]),
    }),
  }),
)

/** A bank of another depth than the image: its channels cut off or repeated. */
const ofDepth = (name: string, depth: (K: number) => number | undefined): Invalidity => ({
  name,
  argument: 'filters',
  spoil: ({ sizes, inputs, parameters }) => {
    const { K } = sizes
    const wrong = depth(K)
    if (wrong === undefined || wrong === K) return undefined
    const filters = plain(inputs.filters)
    const other = build(filters.shape.with(2, wrong), (u, v, k, q) => filters.at(u, v, k % K, q))
    const { dtype } = inputs.filters
    const data = dtype === 'float64' ? Float64Array.from(other.data) : Float32Array.from(other.data)
    return { inputs: { ...inputs, filters: { dtype, shape: other.shape, data } }, parameters }
  },
})

const depthMatchProperties = properties(
  depthMatch,
  rejection(
    'rejected',
    conv2d,
    invalidities(conv2d).filter(({ argument }) => argument === 'filters'),
    {
      title: 'filters with one channel more, or of another rank, are rejected by name',
      kills: [answersAnyDepth],
      share: 0.3,
    },
  ),
  rejection(
    'not-broadcast',
    conv2d,
    [
      ofDepth('filters of one channel', () => 1),
      ofDepth('filters of half the channels, as for two groups', (K) =>
        K % 2 === 0 ? K / 2 : undefined,
      ),
      ofDepth('filters of twice the channels', (K) => 2 * K),
    ],
    {
      title: 'filters of one channel, of half or of twice the channels are rejected',
      kills: [answersAnyDepth],
      share: 0.3,
    },
  ),
)

const outDepthProperties = properties(
  outDepth,
  law('one-a-filter', {
    of: small,
    asks: [conv2d],
    title: 'the response has as many channels as there are filters',
    kills: [depthOfImage],
    share: 0.5,
    async holds({ answer, exact, inputs, parameters, sizes }) {
      const { y } = await answer(conv2d, inputs, parameters)
      const { N, Ho, Wo } = sizes
      return [
        {
          label: 'images, rows, columns, channels of the response',
          expected: exact(row(N, Ho, Wo, inputs.filters.shape[3])),
          actual: exact(row(...y.shape)),
        },
      ]
    },
  }),
  law('whatever-the-depth', {
    of: small,
    asks: [conv2d],
    title: 'another channel of zeros changes neither the depth of the response nor a number in it',
    kills: [depthOfImage, averagesChannels],
    share: 0.5,
    async holds(bench) {
      const { inputs, parameters, sizes } = bench
      const [x, filters] = [plain(inputs.x), plain(inputs.filters)]
      const deeper = {
        x: joined(3, x, zeros(x.shape.with(3, 1))),
        filters: joined(2, filters, part(filters, filters.shape.with(2, 1))),
        bias: inputs.bias,
      }
      const { y } = await bench.measure(conv2d, deeper, parameters)
      const expected = bench.expected(conv2d, inputs, parameters).y
      return [{ label: `the ${sizes.Q} channels of the response`, expected, actual: y }]
    },
  }),
)

export const conv2dDepthProperties = [
  ...anyDepthProperties,
  ...depthMatchProperties,
  ...outDepthProperties,
]
