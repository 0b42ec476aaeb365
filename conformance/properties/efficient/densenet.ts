import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  denseChannels as channelsReference,
  densenet as networkReference,
} from '../../../reference/efficient/densenet.ts'
import { denseBlock } from '../../../spec/efficient/dense.ts'
import { denseChannels, densenet, growth } from '../../../spec/efficient/densenet.ts'
import { agreement } from '../../kit/agreement.ts'
import { fault, mapArray } from '../../kit/fault.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { publishedRounded } from '../../kit/rounded.ts'

const sumsLayersOnly = fault(
  denseChannels,
  channelsReference,
  'takes the channels that the layers add for all of the output',
  ({ inputs, parameters, right }) => ({
    ...right(inputs, parameters),
    output: fromData([], [parameters.growth * parameters.layers]),
  }),
)

const oneGrowthTooMany = fault(
  denseChannels,
  channelsReference,
  'counts the channels of a layer itself among those that it is given',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, inputs: mapArray(answer.inputs, (count) => count + parameters.growth) }
  },
)

const connectsInChain = fault(
  denseChannels,
  channelsReference,
  'has one connection a layer, and weights for the maps of the layer before it',
  ({ inputs, parameters, right }) => {
    const { channels, growth, layers } = parameters
    return {
      ...right(inputs, parameters),
      connections: fromData([], [layers]),
      weights: fromData([], [9 * growth * (channels + growth * (layers - 1))]),
    }
  },
)

const keepsChannels = fault(
  densenet,
  networkReference,
  'keeps all channels between blocks',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const first = parameters.depth === '161' ? 96 : 64
    let all = first
    let halved = first
    const channels = mapArray(answer.channels, (count) => {
      all += count - halved
      halved = count / 2
      return all
    })
    return { ...answer, channels }
  },
)

const noBottleneck = fault(
  densenet,
  networkReference,
  'leaves the bottlenecks out',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, layers: mapArray(answer.layers, (count) => (count - 5) / 2 + 5) }
  },
)

const oneNormalization = fault(
  densenet,
  networkReference,
  'leaves the last normalization out',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const last = answer.channels.at(3)
    return { ...answer, parameters: mapArray(answer.parameters, (count) => count - 2 * last) }
  },
)

const roundsUp = fault(
  densenet,
  networkReference,
  'rounds sides up between blocks',
  ({ inputs, parameters, right }) => {
    const side = Math.ceil(parameters.side / 32) * 32
    return {
      ...right(inputs, parameters),
      multiplyAdds: right(inputs, { ...parameters, side }).multiplyAdds,
    }
  },
)

const costsWithoutStride = fault(
  densenet,
  networkReference,
  'does not pool after the first convolution',
  ({ inputs, parameters, right }) => ({
    ...right(inputs, parameters),
    multiplyAdds: right(inputs, { ...parameters, side: 2 * parameters.side }).multiplyAdds,
  }),
)

const depths = ['121', '169', '201', '161'] as const
const ofImageNet = (depth: (typeof depths)[number]) => ({ depth, side: 224, classes: 1000 })

export const densenetProperties = properties(
  growth,
  agreement(denseChannels, 'integers', {
    kills: [sumsLayersOnly, oneGrowthTooMany, connectsInChain],
  }),
  agreement(densenet, 'integers', {
    name: 'network',
    kills: [keepsChannels, noBottleneck, oneNormalization, roundsUp],
  }),
  law(
    'one-more',
    denseChannels,
    [denseChannels],
    'integers',
    {
      title:
        'one layer more is given what the block gave, adds k channels and one connection to each',
      kills: [sumsLayersOnly, oneGrowthTooMany, connectsInChain],
    },
    async (bench) => {
      const { add, exact, multiply } = bench.arithmetic
      const { growth, layers } = bench.parameters
      const block = await bench.answer(denseChannels, {}, bench.parameters)
      const longer = { ...bench.parameters, layers: layers + 1 }
      const more = await bench.answer(denseChannels, {}, longer)
      const plus = (count: typeof block.output, value: (typeof block.output.data)[number]) =>
        build([], () => add(count.at(), value))
      return [
        {
          label: 'channels given',
          expected: block.output,
          actual: build([], () => more.inputs.at(layers)),
        },
        {
          label: 'channels',
          expected: plus(block.output, exact(growth)),
          actual: more.output,
        },
        {
          label: 'connections',
          expected: plus(block.connections, exact(layers + 1)),
          actual: more.connections,
        },
        {
          label: 'weights',
          expected: plus(block.weights, multiply(exact(9 * growth), block.output.at())),
          actual: more.weights,
        },
      ]
    },
  ),
  law(
    'allocated',
    denseBlock,
    [denseBlock, denseChannels],
    'integers',
    {
      title: 'the counts are those of the array that a block takes and of the one that it gives',
      kills: [sumsLayersOnly, connectsInChain],
      share: 0.3,
    },
    async (bench) => {
      const { inputs } = bench
      const { y } = await bench.answer(denseBlock, inputs, bench.parameters)
      const [layers, growth] = inputs.biases.shape as [number, number]
      const counts = await bench.answer(
        denseChannels,
        {},
        { channels: inputs.x.shape[3]!, growth, layers },
      )
      return [
        {
          label: 'weights',
          expected: bench.exact(fromData([], [inputs.filters.data.length])),
          actual: counts.weights,
        },
        {
          label: 'channels of the output',
          expected: bench.exact(fromData([], [y.shape[3]!])),
          actual: counts.output,
        },
      ]
    },
  ),
  published(
    'networks',
    densenet,
    (
      [
        ['121', 7_978_856, [256, 512, 1024, 1024]],
        ['169', 14_149_480, [256, 512, 1280, 1664]],
        ['201', 20_013_928, [256, 512, 1792, 1920]],
        ['161', 28_681_000, [384, 768, 2112, 2208]],
      ] as const
    ).map(([depth, parameters, channels]) => ({
      parameters: ofImageNet(depth),
      printed: [
        { label: `parameters of DenseNet-${depth}`, output: 'parameters', values: [parameters] },
        { label: `channels of DenseNet-${depth}`, output: 'channels', values: channels },
        { label: `layers of DenseNet-${depth}`, output: 'layers', values: [Number(depth)] },
      ],
    })),
    {
      title:
        'the parameters that torchvision documents; channels by the rule, from the layers of table 1',
      kills: [keepsChannels, noBottleneck, oneNormalization],
    },
  ),
  publishedRounded(
    'torchvision-costs',
    densenet,
    (
      [
        ['121', 2.83],
        ['169', 3.36],
        ['201', 4.29],
        ['161', 7.73],
      ] as const
    ).map(([depth, printed]) => ({
      parameters: ofImageNet(depth),
      printed: [
        {
          label: `multiply-adds of DenseNet-${depth}`,
          output: 'multiplyAdds',
          printed: printed * 1e9,
          unit: 0.005e9,
        },
      ],
    })),
    {
      title: 'multiply-adds are those that torchvision documents, to the digits printed',
      kills: [costsWithoutStride],
    },
  ),
)
