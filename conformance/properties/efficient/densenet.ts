import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  denseChannels as channelsReference,
  densenet as networkReference,
} from '../../../reference/efficient/densenet.ts'
import { denseBlock } from '../../../spec/efficient/dense.ts'
import { denseChannels, densenet, growth, shallower } from '../../../spec/efficient/densenet.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { publishedRounded } from '../../kit/rounded.ts'

const wrongDenseChannels = faultsOf(denseChannels, channelsReference)
const wrongDensenet = faultsOf(densenet, networkReference)

const sumsLayersOnly = wrongDenseChannels.outputs(
  'takes the channels that the layers add for all of the output',
  (_outputs, { parameters }) => ({
    output: fromData([], [parameters.growth * parameters.layers]),
  }),
)

const oneGrowthTooMany = wrongDenseChannels.outputs(
  'counts the channels of a layer itself among those that it is given',
  (answer, { parameters }) => {
    return { inputs: changed(answer.inputs, (count) => count + parameters.growth) }
  },
)

const connectsInChain = wrongDenseChannels.outputs(
  'has one connection a layer, and weights for the maps of the layer before it',
  (_outputs, { parameters }) => {
    const { channels, growth, layers } = parameters
    return {
      connections: fromData([], [layers]),
      weights: fromData([], [9 * growth * (channels + growth * (layers - 1))]),
    }
  },
)

const keepsChannels = wrongDensenet.outputs(
  'keeps all channels between blocks',
  (answer, { parameters }) => {
    const first = parameters.depth === '161' ? 96 : 64
    let all = first
    let halved = first
    const channels = changed(answer.channels, (count) => {
      all += count - halved
      halved = count / 2
      return all
    })
    return { channels }
  },
)

const noBottleneck = wrongDensenet.outputs('leaves the bottlenecks out', (answer) => {
  return { layers: changed(answer.layers, (count) => (count - 5) / 2 + 5) }
})

const oneNormalization = wrongDensenet.outputs('leaves the last normalization out', (answer) => {
  const last = answer.channels.at(3)
  return { parameters: changed(answer.parameters, (count) => count - 2 * last) }
})

const roundsUp = wrongDensenet.outputs(
  'rounds sides up between blocks',
  (_outputs, { inputs, parameters, right }) => {
    const side = Math.ceil(parameters.side / 32) * 32
    return {
      multiplyAdds: right(inputs, { ...parameters, side }).multiplyAdds,
    }
  },
)

const costsWithoutStride = wrongDensenet.outputs(
  'does not pool after the first convolution',
  (_outputs, { inputs, parameters, right }) => ({
    multiplyAdds: right(inputs, { ...parameters, side: 2 * parameters.side }).multiplyAdds,
  }),
)

const depths = ['121', '169', '201', '161'] as const
const ofImageNet = (depth: (typeof depths)[number]) => ({ depth, side: 224, classes: 1000 })

const growthProperties = properties(
  growth,
  agreement(denseChannels, 'integers', {
    kills: [sumsLayersOnly, oneGrowthTooMany, connectsInChain],
  }),
  agreement(densenet, 'integers', {
    name: 'network',
    kills: [keepsChannels, noBottleneck, oneNormalization, roundsUp],
  }),
  law('one-more', {
    of: denseChannels,
    title:
      'one layer more is given what the block gave, adds k channels and one connection to each',
    kills: [sumsLayersOnly, oneGrowthTooMany, connectsInChain],
    async holds({ answer, arithmetic, parameters }) {
      const { add, exact, multiply } = arithmetic
      const { growth, layers } = parameters
      const block = await answer(denseChannels, {}, parameters)
      const longer = { ...parameters, layers: layers + 1 }
      const more = await answer(denseChannels, {}, longer)
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
  }),
  law('allocated', {
    of: denseBlock,
    asks: [denseBlock, denseChannels],
    title: 'the counts are those of the array that a block takes and of the one that it gives',
    kills: [sumsLayersOnly, connectsInChain],
    share: 0.3,
    async holds({ answer, exact, inputs, parameters }) {
      const { y } = await answer(denseBlock, inputs, parameters)
      const [layers, growth] = inputs.biases.shape as [number, number]
      const counts = await answer(
        denseChannels,
        {},
        { channels: inputs.x.shape[3]!, growth, layers },
      )
      return [
        {
          label: 'weights',
          expected: exact(fromData([], [inputs.filters.data.length])),
          actual: counts.weights,
        },
        {
          label: 'channels of the output',
          expected: exact(fromData([], [y.shape[3]!])),
          actual: counts.output,
        },
      ]
    },
  }),
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

const shallowerProperties = properties(
  shallower,
  law('memory', {
    of: {
      dimensions: {},
      inputs: {},
      parameters: {
        channels: integer({ min: 1, upTo: 16 }),
        growth: integer({ min: 1, upTo: 6 }),
        layers: integer({ min: 1, upTo: 4 }),
        times: integer({ min: 2, upTo: 4 }),
      },
    },
    asks: [denseChannels],
    title: 'fewer layers, each as many times wider, give the same and are given less',
    kills: [oneGrowthTooMany, connectsInChain],
    async holds(bench) {
      const { add, exact, multiply, subtract, total } = bench.arithmetic
      const { channels, growth: k, layers: L, times } = bench.parameters
      const wide = await bench.answer(denseChannels, {}, { channels, growth: times * k, layers: L })
      const deep = await bench.answer(denseChannels, {}, { channels, growth: k, layers: times * L })
      const [G, more] = [times * k * L, (times - 1) * L]
      const memory = ({ inputs }: typeof wide) => total(inputs.data)
      // 9 k Σ C_l = 9 (G/L) Σ C_l, for both blocks.
      const weights = ({ inputs }: typeof wide, each: number) =>
        multiply(exact(9 * each), total(inputs.data))
      return [
        { label: 'channels given', expected: wide.output, actual: deep.output },
        {
          label: 'Σ C_l grows by k₀ and G/2 a layer',
          expected: build([], () => add(memory(wide), exact(more * channels + (G * more) / 2))),
          actual: build([], () => memory(deep)),
        },
        {
          label: 'weights of the wide block',
          expected: build([], () => weights(wide, times * k)),
          actual: wide.weights,
        },
        {
          label: 'connections, L(L + 1)/2',
          expected: bench.exact(fromData([], [(L * (L + 1)) / 2])),
          actual: wide.connections,
        },
        {
          label: 'none fewer in the deep block',
          expected: build([], () => exact(0)),
          actual: build([], () =>
            bench.arithmetic.maximum([
              exact(0),
              subtract(wide.weights.at(), deep.weights.at()),
              subtract(wide.connections.at(), deep.connections.at()),
            ]),
          ),
        },
      ]
    },
  }),
  published(
    'four-layers-or-two',
    denseChannels,
    [
      {
        parameters: { channels: 4, growth: 2, layers: 4 },
        printed: [
          { label: '4 + 6 + 8 + 10 = 28', output: 'inputs', values: [4, 6, 8, 10] },
          { label: '9 · 2 · 28', output: 'weights', values: [504] },
        ],
      },
      {
        parameters: { channels: 4, growth: 4, layers: 2 },
        printed: [
          { label: '4 + 8 = 12', output: 'inputs', values: [4, 8] },
          { label: '9 · 4 · 12', output: 'weights', values: [432] },
        ],
      },
    ],
    {
      title: 'from 4 to 12 channels in four layers or in two, worked by hand',
      kills: [oneGrowthTooMany, connectsInChain],
    },
  ),
)

export const densenetProperties = [...growthProperties, ...shallowerProperties]
