import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { anyDepth, depthMatch, outDepth } from '../../../spec/cnn/conv2d-depth.ts'
import { type Invalidity, invalidities } from '../../arbitraries/invalid.ts'
import type { Bench } from '../../engine/property.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { plain, small, zeros } from './conv2d-cases.ts'
import {
  answersAnyDepth,
  averagesChannels,
  biasPerChannel,
  depthOfImage,
  depthwise,
  skipsFirstChannel,
} from './conv2d-faults.ts'

type Four = [number, number, number, number]

/** The bias and the responses to each channel alone, added up. */
async function channelByChannel<T>(bench: Bench<T, typeof small>) {
  const { inputs, parameters, sizes, arithmetic } = bench
  const [x, filters] = [plain(inputs.x), plain(inputs.filters)]
  const { y } = await bench.measure(conv2d, inputs, parameters)
  const bias = zeros(inputs.bias.shape)
  const alone: NumberArray<T>[] = []
  for (let channel = 0; channel < sizes.K!; channel++) {
    const oneChannel = build(x.shape.with(3, 1), (n, i, j) => x.at(n, i, j, channel))
    const oneFilter = build(filters.shape.with(2, 1), (u, v, _, q) => filters.at(u, v, channel, q))
    const arrays = { x: oneChannel, filters: oneFilter, bias }
    alone.push((await bench.measure(conv2d, arrays, parameters)).y)
  }
  const b = bench.array('bias')
  const expected = build(y.shape, (n, i, j, q) =>
    arithmetic.total([b.at(q!), ...alone.map((part) => part.at(n!, i!, j!, q!))]),
  )
  return [{ label: 'the sum over the channels', expected, actual: y }]
}

const anyDepthProperties = properties(
  anyDepth,
  law('channel-by-channel', {
    of: small,
    asks: [conv2d],
    title: 'the response is the bias and the responses to each channel, added, to the bit',
    kills: [biasPerChannel, averagesChannels, depthwise],
    share: 0.5,
    holds: channelByChannel,
  }),
  law('channel-by-channel-bounded', {
    of: small,
    asks: [conv2d],
    values: 'reals',
    title: 'the response is the bias and the responses to each channel, added, within the bound',
    kills: [biasPerChannel, averagesChannels],
    share: 0.3,
    holds: channelByChannel,
  }),
  law('any-order', {
    of: small,
    asks: [conv2d],
    title: 'turning the order of the channels round, in image and filters, changes nothing',
    kills: [skipsFirstChannel, depthwise],
    share: 0.5,
    async holds({ inputs, measure, parameters, sizes }) {
      const [x, filters] = [plain(inputs.x), plain(inputs.filters)]
      const last = sizes.K! - 1
      const turned = {
        x: build(x.shape, (n, i, j, k) => x.at(n, i, j, last - k)),
        filters: build(filters.shape, (u, v, k, q) => filters.at(u, v, last - k, q)),
        bias: inputs.bias,
      }
      const expected = (await measure(conv2d, inputs, parameters)).y
      const actual = (await measure(conv2d, turned, parameters)).y
      return [{ label: 'the response', expected, actual }]
    },
  }),
)

/** A bank of another depth than the image: its channels cut off or repeated. */
const ofDepth = (name: string, depth: (K: number) => number | undefined): Invalidity => ({
  name,
  argument: 'filters',
  spoil: ({ sizes, inputs, parameters }) => {
    const wrong = depth(sizes.K!)
    if (wrong === undefined || wrong === sizes.K) return undefined
    const filters = plain(inputs.filters!)
    const other = build(filters.shape.with(2, wrong), (u, v, k, q) =>
      filters.at(u, v, k % sizes.K!, q),
    )
    const { dtype } = inputs.filters!
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
      const shape = [sizes.N!, sizes.Ho!, sizes.Wo!, inputs.filters.shape[3]!]
      return [
        {
          label: 'images, rows, columns, channels of the response',
          expected: exact(fromData([4], shape)),
          actual: exact(fromData([y.shape.length], y.shape)),
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
      const x = plain(inputs.x)
      const filters = plain(inputs.filters)
      const [N, H, W, K] = x.shape as Four
      const deeper = {
        x: build([N, H, W, K + 1], (n, i, j, k) => (k < K ? x.at(n, i, j, k) : 0)),
        filters: build(filters.shape.with(2, K + 1), (u, v, k, q) => filters.at(u, v, k % K, q)),
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
