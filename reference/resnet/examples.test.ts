import { describe, expect, test } from 'vitest'
import { build, fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { inference, totalLoss, trainingGradient, trainingLoss } from '../inception/auxiliary.ts'
import { flatHead, headCounts, pooledHead, pooledHeadGradient } from '../inception/head.ts'
import { basicBlockLayers } from './basic.ts'
import { block, blockGradient } from './block.ts'
import { bottleneck, bottleneckGradient, bottleneckLayers } from './bottleneck.ts'
import { chainDescent } from './degradation.ts'
import { networkCounts, poolingCost } from './network.ts'
import { projectionBlock, projectionBlockGradient } from './projection.ts'
import { jacobianPaths, stack, stackGradient } from './stack.ts'
import { stageCosts, stageMemory, stageShapes } from './stages.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const pixel = (value: number) => of([1, 1, 1, 1], value)
const none = of([1], 0)
/** A 3 × 3 kernel with a number in its middle. */
const middle = (value: number) => build([3, 3, 1, 1], (u, v) => (u === 1 && v === 1 ? value : 0))
const nowhere = build([3, 3, 1, 1], () => 0)
const data = ({ data }: NumberArray<number>) => data

const twice = { filters1: middle(2), bias1: none, filters2: middle(2), bias2: none }
const linear = { shortcut: 'identity', variant: 'linear' } as const

describe('a residual block', () => {
  test('of one pixel', () => {
    const inputs = { x: pixel(-1), ...twice }
    expect(data(block(number, inputs, linear).y)).toEqual([-1])
    expect(data(block(number, inputs, { ...linear, variant: 'original' }).y)).toEqual([0])
    const gradient = blockGradient(number, { ...twice, x: pixel(1), dy: pixel(1) }, linear)
    expect(data(gradient.dx)).toEqual([5])
    expect(gradient.dFilters1.at(1, 1, 0, 0)).toBe(2)
    expect(gradient.dFilters2.at(1, 1, 0, 0)).toBe(2)
  })

  test('counts, with ones everywhere, how many ways lead from pixel to pixel', () => {
    const ones = build([3, 3, 1, 1], () => 1)
    const x = build([1, 3, 3, 1], () => 1)
    const inputs = { x, filters1: ones, bias1: none, filters2: ones, bias2: none }
    const { y } = block(number, inputs, { ...linear, shortcut: 'none' })
    expect(data(y)).toEqual([25, 35, 25, 35, 49, 35, 25, 35, 25])
  })

  test('with a projection', () => {
    const inputs = {
      x: of([1, 1, 3, 1], 1, 2, 3),
      filters1: nowhere,
      bias1: none,
      filters2: nowhere,
      bias2: none,
      projection: pixel(5),
    }
    const parameters = { stride: 2, variant: 'linear' } as const
    expect(data(projectionBlock(number, inputs, parameters).y)).toEqual([5, 15])
    const dy = of([1, 1, 2, 1], 1, 1)
    expect(data(projectionBlockGradient(number, { ...inputs, dy }, parameters).dx)).toEqual([
      5, 0, 5,
    ])
  })

  test('with a bottleneck', () => {
    const inputs = {
      x: pixel(1),
      reduce: pixel(2),
      reduceBias: none,
      filters: middle(2),
      bias: none,
      expand: pixel(2),
      expandBias: none,
    }
    expect(data(bottleneck(number, inputs, linear).y)).toEqual([9])
    const gradient = bottleneckGradient(number, { ...inputs, dy: pixel(1) }, linear)
    expect(data(gradient.dx)).toEqual([9])
    expect(data(gradient.dReduce)).toEqual([4])
    expect(gradient.dFilters.at(1, 1, 0, 0)).toBe(4)
    expect(data(gradient.dExpand)).toEqual([4])
  })
})

describe('a stack of layers', () => {
  const inputs = { x: of([1], 1), weights: of([2, 1, 1], 2, 3), biases: of([2, 1], 0, 0) }
  test.each([
    ['none', 6, [3, 2]],
    ['identity', 12, [4, 3]],
  ] as const)('with shortcut %s', (shortcut, y, dWeights) => {
    const parameters = { shortcut, activation: 'linear' } as const
    expect(data(stack(number, inputs, parameters).y)).toEqual([y])
    const gradient = stackGradient(number, { ...inputs, dy: of([1], 1) }, parameters)
    expect(data(gradient.dx)).toEqual([y])
    expect(data(gradient.dWeights)).toEqual(dWeights)
  })

  test('has a path for every subset', () => {
    const { jacobian, paths } = jacobianPaths(number, { jacobians: of([2, 1, 1], 2, 3) }, {})
    expect([data(paths), data(jacobian)]).toEqual([[1, 2, 3, 6], [12]])
  })

  test('of scalars takes a step', () => {
    const parameters = { shortcut: 'none', target: 0, rate: 0.5 } as const
    const double = chainDescent(number, { weights: of([2], 2, 2) }, parameters)
    expect([data(double.gradient), data(double.losses)]).toEqual([
      [8, 8],
      [8, 8],
    ])
    const single = chainDescent(number, { weights: of([1], 4) }, parameters)
    expect([data(single.gradient), data(single.losses)]).toEqual([[4], [8, 2]])
  })
})

test('layers, stages and totals are counted as published', () => {
  const block5 = { rows: 56, columns: 56, channels: 256, inside: 64 }
  expect(data(bottleneckLayers(number, {}, block5).weights)).toEqual([16_384, 36_864, 16_384])
  const basic = basicBlockLayers(number, {}, { rows: 56, columns: 56, channels: 64 })
  expect([data(basic.weights), data(basic.multiplyAdds)]).toEqual([
    [36_864, 36_864],
    [115_605_504, 115_605_504],
  ])
  const stages = { rows: 56, columns: 56, channels: 64, stages: 4 }
  expect(data(stageShapes(number, {}, stages).shapes)).toEqual([
    56, 56, 64, 28, 28, 128, 14, 14, 256, 7, 7, 512,
  ])
  expect(new Set(stageCosts(number, {}, stages).multiplyAdds.data)).toEqual(new Set([115_605_504]))
  const memory = stageMemory(number, {}, { ...stages, halves: true })
  expect(data(memory.memory)).toEqual([200_704, 100_352, 50_176, 25_088])
  const resnet18 = { depth: '18', side: 224, classes: 1000, strideIn: 'first' } as const
  const counts = networkCounts(number, {}, resnet18)
  expect(data(counts.parameters)).toEqual([11_689_512])
  expect(data(counts.multiplyAdds)).toEqual([1_814_073_344])
  const cost = poolingCost(number, {}, { window: 3, channels: 1, outputs: 1 })
  expect([data(cost.dearer), data(cost.operations)]).toEqual([[0], [8, 9]])
})

describe('auxiliary classifiers', () => {
  test('add their share', () => {
    const inputs = { main: of([], 1), auxiliary: of([2], 2, 4) }
    expect(data(totalLoss(number, inputs, { weight: 0.5 }).loss)).toEqual([4])
  })

  test('reach the stages below them', () => {
    const ones = of([3, 1, 1], 1, 1, 1)
    const inputs = { x: of([1, 1], 1), trunk: ones, heads: ones, targets: of([1, 1], 0) }
    const parameters = { activation: 'linear', weight: 0.5 } as const
    expect(data(trainingLoss(number, inputs, parameters).losses)).toEqual([0.5, 0.5, 0.5])
    expect(data(trainingGradient(number, inputs, parameters).dTrunk)).toEqual([2, 1.5, 1])
  })

  test('have no say afterwards', () => {
    const inputs = {
      x: of([1, 1], 1),
      trunk: of([3, 1, 1], 2, 3, 4),
      heads: of([3, 1, 1], 7, 9, 5),
    }
    expect(data(inference(number, inputs, { activation: 'linear' }).z)).toEqual([120])
  })
})

test('a classifier on means, and one on all pixels', () => {
  const x = of([1, 1, 2, 1], 1, 3)
  const [weights, bias] = [of([1, 1], 5), of([1], 1)]
  expect(data(pooledHead(number, { x, weights, bias }, {}).z)).toEqual([11])
  const gradient = pooledHeadGradient(number, { x, weights, bias, dz: of([1, 1], 1) }, {})
  expect(data(gradient.dx)).toEqual([2.5, 2.5])
  expect([data(gradient.dWeights), data(gradient.dBias)]).toEqual([[2], [1]])
  const all = of([1, 2, 1, 1], 5, 7)
  expect(data(flatHead(number, { x, weights: all, bias }, {}).z)).toEqual([27])
  const googlenet = { rows: 7, columns: 7, channels: 1024, classes: 1000 }
  expect(data(headCounts(number, {}, googlenet).parameters)).toEqual([1_025_000, 50_177_000])
})
