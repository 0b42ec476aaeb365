import { build } from '../../../reference/arithmetic/array.ts'
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
import { changed, part, permuted, row, scalar, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
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
    async holds({ inputs, measure, sizes: { N, H, W, Q } }) {
      const ask = (stride: number) =>
        measure(conv2d, inputs, {
          strides: [stride, stride],
          dilations: [1, 1],
          padding: [1, 1, 1, 1],
        })
      const [dense, sparse] = [(await ask(1)).y, (await ask(2)).y]
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
    async holds({ answer, exact, expected, inputs, sizes: { H, W, C } }) {
      const some = (...shape: number[]) => changed(zeros(shape), (_, k) => (k % 5) - 2)
      const twice = {
        x: inputs.x,
        filters1: some(3, 3, C, 2 * C),
        bias1: some(2 * C),
        filters2: some(3, 3, 2 * C, 2 * C),
        bias2: some(2 * C),
        projection: some(1, 1, C, 2 * C),
      }
      const parameters = { stride: 2, variant: 'linear' } as const
      const { y } = await answer(projectionBlock, twice, parameters)
      const stages = { rows: H, columns: W, channels: C, stages: 2 }
      const { shapes } = await answer(stageShapes, {}, stages)
      return [
        {
          label: 'rows, columns, channels',
          expected: exact(row(...y.shape.slice(1))),
          actual: build([3], (axis) => shapes.at(1, axis)),
        },
        { label: 'y', expected: expected(projectionBlock, twice, parameters).y, actual: y },
      ]
    },
  }),
  worked('table-1', {
    of: stageShapes,
    title: 'the stages of ResNet-18 and -34 as table 1 prints them',
    kills: [keepsChannels],
    parameters: { rows: 56, columns: 56, channels: 64, stages: 4 },
    gives: { shapes: [56, 56, 64, 28, 28, 128, 14, 14, 256, 7, 7, 512] },
  }),
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
      const { exact, multiply } = arithmetic
      const { multiplyAdds, weights } = await answer(stageCosts, {}, divisible(parameters))
      const later = [parameters.stages - 1]
      return [
        {
          label: 'multiply-adds',
          expected: build(later, () => multiplyAdds.at(0)),
          actual: part(multiplyAdds, later, [1]),
        },
        {
          label: 'weights',
          expected: build(later, (s) => multiply(exact(4), weights.at(s))),
          actual: part(weights, later, [1]),
        },
      ]
    },
  }),
  worked('table-1', {
    of: stageCosts,
    title: 'the layers of ResNet-18 and -34, by hand',
    kills: [doublesCost],
    parameters: { rows: 56, columns: 56, channels: 64, stages: 4 },
    gives: {
      multiplyAdds: new Array<number>(4).fill(9 * 56 ** 2 * 64 ** 2),
      weights: [36_864, 147_456, 589_824, 2_359_296],
    },
  }),
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
      const { exact, multiply, subtract } = arithmetic
      const { memory, total } = await answer(stageMemory, {}, divisible(parameters))
      const last = parameters.stages - 1
      // From the largest stage to the smallest.
      const falling = parameters.halves ? memory : permuted(memory, (stage) => [last - stage])
      const twice = (stage: number) => multiply(exact(2), falling.at(stage))
      return [
        {
          label: 'the larger is twice the smaller',
          expected: build([last], (stage) => twice(stage + 1)),
          actual: part(falling, [last]),
        },
        {
          label: 'total = twice the largest less the smallest',
          expected: scalar(subtract(twice(0), falling.at(last))),
          actual: total,
        },
      ]
    },
  }),
  worked('table-1', {
    of: stageMemory,
    title: 'the activations of ResNet-18 and -34, by hand',
    kills: [memoryQuarters],
    parameters: { rows: 56, columns: 56, channels: 64, stages: 4, halves: true },
    gives: { memory: [200_704, 100_352, 50_176, 25_088] },
  }),
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
