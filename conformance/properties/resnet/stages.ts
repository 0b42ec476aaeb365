import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { array, derived, free } from '../../../spec/language/operation.ts'
import { boolean, integer } from '../../../spec/language/parameter.ts'
import { projectionBlock } from '../../../spec/resnet/projection.ts'
import {
  costConstant,
  downsample,
  memoryHalves,
  stageCosts,
  stageMemory,
  stageShapes,
} from '../../../spec/resnet/stages.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { worked } from '../../kit/worked.ts'
import { stridesInSecond } from './projection-faults.ts'
import {
  alwaysHalves,
  doublesCost,
  halvesFirst,
  halvesOneSide,
  keepsChannels,
  memoryConstant,
  memoryQuarters,
  padsBehind,
  roundsDown,
} from './stages-faults.ts'

const strided = {
  dimensions: {
    N: free(1, 2, 'images'),
    C: free(1, 3, 'channels'),
    Q: free(1, 3, 'filters'),
    H: free(1, 6, 'rows'),
    W: free(1, 6, 'columns'),
    U: derived(() => 3, 'side of the kernel'),
  },
  inputs: {
    x: array('images', 'N', 'H', 'W', 'C'),
    filters: array('filters', 'U', 'U', 'C', 'Q'),
    bias: array('biases', 'Q'),
  },
  parameters: {},
}

const downsampleProperties = properties(
  downsample,
  agreement(stageShapes, 'integers', { kills: [roundsDown, keepsChannels, halvesFirst] }),
  law('subsampled', {
    of: strided,
    asks: [conv2d],
    title: 'the convolution of stride 2 gives every second row and column of that of stride 1',
    kills: [padsBehind],
    async holds({ inputs, measure }) {
      const ask = (stride: number) =>
        measure(conv2d, inputs, {
          strides: [stride, stride],
          dilations: [1, 1],
          padding: [1, 1, 1, 1],
        })
      const [dense, sparse] = [(await ask(1)).y, (await ask(2)).y]
      const [N, H, W, Q] = dense.shape as [number, number, number, number]
      const half = [N, Math.ceil(H / 2), Math.ceil(W / 2), Q]
      return [
        {
          label: 'every second response',
          expected: build(half, (n, i, j, q) => dense.at(n, 2 * i, 2 * j, q)),
          actual: sparse,
        },
      ]
    },
  }),
  law('transition', {
    of: projectionBlock,
    asks: [projectionBlock, stageShapes],
    title: 'a block of stride 2 with twice the channels gives the shape of the next stage',
    kills: [roundsDown, keepsChannels, stridesInSecond],
    async holds({ answer, exact, expected, inputs, sizes }) {
      const twice = (shape: readonly number[], axes: readonly number[]) => {
        const doubled = shape.map((size, axis) => (axes.includes(axis) ? 2 * sizes.C! : size))
        const count = doubled.reduce((a, b) => a * b, 1)
        return fromData(
          doubled,
          Array.from({ length: count }, (_, k) => (k % 5) - 2),
        )
      }
      const parameters = { stride: 2, variant: 'linear' } as const
      const arrays = {
        x: inputs.x,
        filters1: twice(inputs.filters1.shape, [3]),
        bias1: twice(inputs.bias1.shape, [0]),
        filters2: twice(inputs.filters2.shape, [2, 3]),
        bias2: twice(inputs.bias2.shape, [0]),
        projection: twice(inputs.projection.shape, [3]),
      }
      const { y } = await answer(projectionBlock, arrays, parameters)
      const stages = { rows: sizes.H!, columns: sizes.W!, channels: sizes.C!, stages: 2 }
      const { shapes } = await answer(stageShapes, {}, stages)
      return [
        {
          label: 'rows, columns, channels',
          expected: exact(fromData([3], y.shape.slice(1))),
          actual: build([3], (axis) => shapes.at(1, axis)),
        },
        {
          label: 'y',
          expected: expected(projectionBlock, arrays, parameters).y,
          actual: y,
        },
      ]
    },
  }),
  published(
    'table-1',
    stageShapes,
    [
      {
        parameters: { rows: 56, columns: 56, channels: 64, stages: 4 },
        printed: [
          {
            label: 'output sizes of conv2 to conv5',
            output: 'shapes',
            values: [56, 56, 64, 28, 28, 128, 14, 14, 256, 7, 7, 512],
          },
        ],
      },
    ],
    { title: 'the stages of ResNet-18 and -34 as table 1 prints them', kills: [keepsChannels] },
  ),
)

/** Sizes that can be halved in every stage without rest. */
const even = {
  dimensions: {},
  inputs: {},
  parameters: {
    rows: integer({ min: 1, upTo: 4 }),
    columns: integer({ min: 1, upTo: 4 }),
    channels: integer({ min: 1, upTo: 8 }),
    stages: integer({ min: 2, upTo: 4 }),
  },
}

const divisible = <P extends { rows: number; columns: number; stages: number }>(parameters: P) => ({
  ...parameters,
  rows: parameters.rows * 2 ** (parameters.stages - 1),
  columns: parameters.columns * 2 ** (parameters.stages - 1),
})

const costProperties = properties(
  costConstant,
  agreement(stageCosts, 'integers', { kills: [doublesCost, halvesOneSide] }),
  law('constant', {
    of: even,
    asks: [stageCosts],
    title: 'every stage costs what the first costs, with four times the weights of the one before',
    kills: [doublesCost, halvesOneSide],
    async holds({ answer, arithmetic, parameters }) {
      const costs = await answer(stageCosts, {}, divisible(parameters))
      const { multiplyAdds, weights } = costs
      const four = arithmetic.exact(4)
      const rest = [parameters.stages - 1]
      return [
        {
          label: 'multiply-adds',
          expected: build(rest, () => multiplyAdds.at(0)),
          actual: build(rest, (s) => multiplyAdds.at(s + 1)),
        },
        {
          label: 'weights',
          expected: build(rest, (s) => arithmetic.multiply(four, weights.at(s))),
          actual: build(rest, (s) => weights.at(s + 1)),
        },
      ]
    },
  }),
  published(
    'table-1',
    stageCosts,
    [
      {
        parameters: { rows: 56, columns: 56, channels: 64, stages: 4 },
        printed: [
          {
            label: '9 · 56² · 64² in every stage',
            output: 'multiplyAdds',
            values: [115_605_504, 115_605_504, 115_605_504, 115_605_504],
          },
          { label: 'weights', output: 'weights', values: [36_864, 147_456, 589_824, 2_359_296] },
        ],
      },
    ],
    { title: 'the layers of ResNet-18 and -34, by hand', kills: [doublesCost] },
  ),
)

const memoryProperties = properties(
  memoryHalves,
  agreement(stageMemory, 'integers', { kills: [memoryConstant, memoryQuarters, alwaysHalves] }),
  law('ratio', {
    of: { ...even, parameters: { ...even.parameters, halves: boolean } },
    asks: [stageMemory],
    title: 'each stage holds half of the one before; twice as much where rows and columns stay',
    kills: [memoryConstant, memoryQuarters, alwaysHalves],
    async holds({ answer, arithmetic, parameters }) {
      const { memory, total } = await answer(stageMemory, {}, divisible(parameters))
      const two = arithmetic.exact(2)
      const rest = [parameters.stages - 1]
      const twice = (s: number) => arithmetic.multiply(two, memory.at(s))
      const [larger, smaller] = parameters.halves ? [0, 1] : [1, 0]
      const [first, last] = parameters.halves
        ? [memory.at(0), memory.at(parameters.stages - 1)]
        : [memory.at(parameters.stages - 1), memory.at(0)]
      return [
        {
          label: 'the larger is twice the smaller',
          expected: build(rest, (s) => twice(s + smaller)),
          actual: build(rest, (s) => memory.at(s + larger)),
        },
        {
          label: 'total = twice the largest less the smallest',
          expected: build([], () => arithmetic.subtract(arithmetic.multiply(two, first), last)),
          actual: total,
        },
      ]
    },
  }),
  published(
    'table-1',
    stageMemory,
    [
      {
        parameters: { rows: 56, columns: 56, channels: 64, stages: 4, halves: true },
        printed: [
          {
            label: 'conv2 to conv5',
            output: 'memory',
            values: [200_704, 100_352, 50_176, 25_088],
          },
        ],
      },
    ],
    { title: 'the activations of ResNet-18 and -34, by hand', kills: [memoryQuarters] },
  ),
  worked('E-16', {
    of: stageMemory,
    title: 'halving both sides halves the memory',
    kills: [memoryConstant],
    parameters: { rows: 2, columns: 2, channels: 1, stages: 2, halves: true },
    notes: { memory: [4, 4] },
    gives: { memory: [4, 2] },
  }),
)

export const stagesProperties = [...downsampleProperties, ...costProperties, ...memoryProperties]
