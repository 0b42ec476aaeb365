import { denseBlock } from '../../../spec/efficient/dense.ts'
import { denseChannels, densenet, growth, shallower } from '../../../spec/efficient/densenet.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rounded, worked } from '../../kit/worked.ts'
import {
  connectsInChain,
  costsWithoutStride,
  keepsChannels,
  noBottleneck,
  oneGrowthTooMany,
  oneNormalization,
  roundsUp,
  sumsLayersOnly,
} from './densenet-faults.ts'

/** The numbers of parameters that torchvision documents, channels by the rule, and multiply-adds. */
const networks = [
  ['121', 7_978_856, [256, 512, 1024, 1024], '2.83'],
  ['169', 14_149_480, [256, 512, 1280, 1664], '3.36'],
  ['201', 20_013_928, [256, 512, 1792, 1920], '4.29'],
  ['161', 28_681_000, [384, 768, 2112, 2208], '7.73'],
] as const

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
      const { output, connections, weights } = await answer(denseChannels, {}, parameters)
      const more = await answer(denseChannels, {}, { ...parameters, layers: layers + 1 })
      return [
        { label: 'channels given', expected: output, actual: scalar(more.inputs.at(layers)) },
        {
          label: 'channels',
          expected: scalar(add(output.at(), exact(growth))),
          actual: more.output,
        },
        {
          label: 'connections',
          expected: scalar(add(connections.at(), exact(layers + 1))),
          actual: more.connections,
        },
        {
          label: 'weights',
          expected: scalar(add(weights.at(), multiply(exact(9 * growth), output.at()))),
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
    async holds({ answer, exact, inputs, parameters, sizes }) {
      const { y } = await answer(denseBlock, inputs, parameters)
      const block = { channels: sizes.C, growth: sizes.K, layers: sizes.L }
      const { weights, output } = await answer(denseChannels, {}, block)
      return [
        { label: 'weights', expected: exact(scalar(inputs.filters.data.length)), actual: weights },
        { label: 'channels of the output', expected: exact(scalar(y.shape[3])), actual: output },
      ]
    },
  }),
  worked('networks', {
    of: densenet,
    title:
      'the parameters that torchvision documents; channels by the rule, from the layers of table 1',
    kills: [keepsChannels, noBottleneck, oneNormalization],
    cases: networks.map(([depth, parameters, channels]) => ({
      says: `DenseNet-${depth}`,
      parameters: { depth, side: 224, classes: 1000 },
      gives: { parameters: [parameters], channels, layers: [Number(depth)] },
    })),
  }),
  worked('torchvision-costs', {
    of: densenet,
    title: 'multiply-adds are those that torchvision documents, to the digits printed',
    kills: [costsWithoutStride],
    cases: networks.map(([depth, , , cost]) => ({
      says: `DenseNet-${depth}`,
      parameters: { depth, side: 224, classes: 1000 },
      gives: { multiplyAdds: [rounded(`${cost}e9`)] },
    })),
  }),
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
    async holds({ answer, arithmetic, exact, parameters }) {
      const { add, multiply, total } = arithmetic
      const { channels, growth: k, layers: L, times } = parameters
      const wide = await answer(denseChannels, {}, { channels, growth: times * k, layers: L })
      const deep = await answer(denseChannels, {}, { channels, growth: k, layers: times * L })
      const [G, more] = [times * k * L, (times - 1) * L]
      const [inWide, inDeep] = [total(wide.inputs.data), total(deep.inputs.data)]
      return [
        { label: 'channels given', expected: wide.output, actual: deep.output },
        {
          label: 'Σ C_l grows by k₀ and G/2 a layer',
          expected: scalar(add(inWide, arithmetic.exact(more * channels + (G * more) / 2))),
          actual: scalar(inDeep),
        },
        {
          label: 'weights of the wide block, 9 k Σ C_l = 9 (G/L) Σ C_l',
          expected: scalar(multiply(arithmetic.exact(9 * times * k), inWide)),
          actual: wide.weights,
        },
        {
          label: 'connections, L(L + 1)/2',
          expected: exact(scalar((L * (L + 1)) / 2)),
          actual: wide.connections,
        },
        between(arithmetic, 'weights, wide ≤ deep', wide.weights, null, deep.weights),
        between(arithmetic, 'connections, wide ≤ deep', wide.connections, null, deep.connections),
      ]
    },
  }),
  worked('four-layers-or-two', {
    of: denseChannels,
    title: 'from 4 to 12 channels in four layers or in two, worked by hand',
    kills: [oneGrowthTooMany, connectsInChain],
    cases: [
      {
        parameters: { channels: 4, growth: 2, layers: 4 },
        gives: { inputs: [4, 6, 8, 10], weights: [9 * 2 * (4 + 6 + 8 + 10)] },
      },
      {
        parameters: { channels: 4, growth: 4, layers: 2 },
        gives: { inputs: [4, 8], weights: [9 * 4 * (4 + 8)] },
      },
    ],
  }),
)

export const densenetProperties = [...growthProperties, ...shallowerProperties]
