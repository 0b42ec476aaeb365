import { describe, expect, test } from 'vitest'
import { build, fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { alexnet } from '../inception/alexnet.ts'
import { denseBlock, denseBlockGradient } from './dense.ts'
import { denseChannels, densenet } from './densenet.ts'
import { depthwise, depthwiseGradient } from './depthwise.ts'
import { fire, fireGradient } from './fire.ts'
import { mobilenet, scaledCost, separableCost } from './mobilenet.ts'
import {
  groupPointwise,
  groupPointwiseGradient,
  pointwise,
  pointwiseGradient,
} from './pointwise.ts'
import { separable, separableGradient } from './separable.ts'
import { channelShuffle, channelShuffleGradient } from './shuffle.ts'
import { unitCosts } from './shufflenet.ts'
import { fireCounts, squeezenet, stridedChain } from './squeezenet.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const pixel = (...channels: readonly number[]) => fromData([1, 1, 1, channels.length], channels)
const none = of([1], 0)
/** A 3 × 3 kernel with a number in its middle. */
const middle = (value: number) => build([3, 3, 1, 1], (u, v) => (u === 1 && v === 1 ? value : 0))
const data = ({ data }: NumberArray<number>) => data
const window = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const

describe('a pixel of channels 2 and 3', () => {
  const x = pixel(2, 3)

  test('under a depthwise convolution', () => {
    const filters = of([1, 1, 2, 1], 5, 7)
    expect(data(depthwise(number, { x, filters }, window).y)).toEqual([10, 21])
    const d = depthwiseGradient(number, { x, filters, dy: pixel(1, 1) }, window)
    expect([data(d.dx), data(d.dFilters)]).toEqual([
      [5, 7],
      [2, 3],
    ])
  })

  test('under a pointwise convolution', () => {
    const filters = of([1, 1, 2, 1], 5, 7)
    expect(data(pointwise(number, { x, filters }, {}).y)).toEqual([31])
    const d = pointwiseGradient(number, { x, filters, dy: pixel(1) }, {})
    expect([data(d.dx), data(d.dFilters)]).toEqual([
      [5, 7],
      [2, 3],
    ])
  })
})

test('a pointwise convolution in two groups', () => {
  const x = pixel(1, 2)
  const filters = (...weights: number[]) => fromData([2, 1, 1], weights)
  expect(data(groupPointwise(number, { x, filters: filters(1, 1) }, {}).y)).toEqual([1, 2])
  const dy = pixel(1, 1)
  const d = groupPointwiseGradient(number, { x, filters: filters(3, 5), dy }, {})
  expect([data(d.dx), data(d.dFilters)]).toEqual([
    [3, 5],
    [1, 2],
  ])
})

test('a separable block', () => {
  const one = of([1], 1)
  const inputs = {
    x: pixel(-1),
    depthwise: pixel(2),
    depthwiseBias: one,
    pointwise: pixel(2),
    pointwiseBias: one,
  }
  const run = (activation: 'linear' | 'relu') =>
    data(separable(number, inputs, { ...window, activation }).y)
  expect([run('linear'), run('relu')]).toEqual([[-1], [1]])
  const d = separableGradient(
    number,
    {
      x: pixel(1),
      depthwise: pixel(2),
      depthwiseBias: none,
      pointwise: pixel(3),
      pointwiseBias: none,
      dy: pixel(1),
    },
    { ...window, activation: 'linear' },
  )
  expect([d.dx, d.dDepthwise, d.dPointwise].map(data)).toEqual([[6], [3], [2]])
})

test('a channel shuffle and its gradient', () => {
  const row = pixel(0, 1, 2, 3, 4, 5)
  expect(data(channelShuffle(number, { x: row }, { groups: 2 }).y)).toEqual([0, 3, 1, 4, 2, 5])
  expect(data(channelShuffleGradient(number, { dy: row }, { groups: 2 }).dx)).toEqual([
    0, 2, 4, 1, 3, 5,
  ])
})

test('a fire module', () => {
  const inputs = {
    x: pixel(1),
    squeeze: pixel(2),
    squeezeBias: none,
    expand1: pixel(3),
    expand1Bias: none,
    expand3Bias: none,
  }
  expect(data(fire(number, { ...inputs, expand3: middle(-1) }, {}).y)).toEqual([6, 0])
  const d = fireGradient(number, { ...inputs, expand3: middle(5), dy: pixel(1, 1) }, {})
  expect([data(d.dx), data(d.dSqueeze)]).toEqual([[16], [8]])
})

test('a dense block', () => {
  const inputs = {
    x: pixel(1),
    filters: build([3, 3, 3, 1], (u, v) => (u === 1 && v === 1 ? 1 : 0)),
    biases: of([2, 1], 0, 0),
  }
  const linear = { activation: 'linear' } as const
  expect(data(denseBlock(number, inputs, linear).y)).toEqual([1, 1, 2])
  expect(data(denseBlockGradient(number, { ...inputs, dy: pixel(1, 1, 1) }, linear).dx)).toEqual([
    4,
  ])
})

describe('counts', () => {
  test('of layers and blocks', () => {
    const cost = separableCost(number, {}, { kernel: 3, channels: 1, filters: 9, side: 1 })
    expect([data(cost.weights), data(cost.ratio)]).toEqual([[9, 9, 81], [2 / 9]])
    const scaled = scaledCost(
      number,
      {},
      { kernel: 3, channels: 2, filters: 2, side: 2, width: [1, 2], resolution: [1, 2] },
    )
    expect([data(scaled.multiplyAdds), data(scaled.weights)]).toEqual([[10], [10]])
    const unit = { rows: 1, columns: 1, channels: 4, inside: 2, groups: 2 }
    expect(data(unitCosts(number, {}, unit).multiplyAdds)).toEqual([52, 34, 26])
    const module = { channels: 96, squeeze: 16, expand1: 64, expand3: 64 }
    const counts = fireCounts(number, {}, module)
    expect([data(counts.byLayer), data(counts.parameters)]).toEqual([[1552, 1088, 9280], [11_920]])
    const chain = stridedChain(number, {}, { rows: 2, columns: 2, channels: 1, strides: [1, 2] })
    expect([data(chain.positions), data(chain.multiplyAdds)]).toEqual([[4, 1], [45]])
    const block = denseChannels(number, {}, { channels: 4, growth: 2, layers: 3 })
    const { inputs, output, connections, weights } = block
    expect([inputs, output, connections, weights].map(data)).toEqual([[4, 6, 8], [10], [6], [324]])
  })

  test('of published networks', () => {
    const mobile = mobilenet(number, {}, { quarters: 4, side: 224, classes: 1000 })
    expect([data(mobile.parameters), data(mobile.multiplyAdds)]).toEqual([
      [4_231_976],
      [568_740_352],
    ])
    const squeeze = squeezenet(number, {}, { version: '1.0', side: 227, classes: 1000 })
    expect(data(squeeze.parameters)).toEqual([1_248_424])
    const dense = densenet(number, {}, { depth: '121', side: 224, classes: 1000 })
    expect([data(dense.channels), data(dense.parameters)]).toEqual([
      [256, 512, 1024, 1024],
      [7_978_856],
    ])
    const alex = alexnet(number, {}, { side: 227, classes: 1000, groups: 2 })
    expect(data(alex.parameters)).toEqual([
      34_944, 307_456, 885_120, 663_936, 442_624, 37_752_832, 16_781_312, 4_097_000,
    ])
  })
})
