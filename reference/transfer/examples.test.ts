import { describe, expect, test } from 'vitest'
import { fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { extractionLayer, strategy } from './decision.ts'
import { convolutionalDescriptors, denseDescriptors, descriptorSize } from './feature-extractor.ts'
import { freezeStep } from './freeze.ts'
import { replaceHead } from './head.ts'
import { network, networkGradient, networkLoss } from './network.ts'
import { finetune, trainHead } from './training.ts'
import { warmStart } from './warm-start.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const row = (...data: readonly number[]) => fromData([data.length], data)
const data = ({ data }: NumberArray<number>) => data

const one = of([1, 1], 1)
const none = row(0)
const layers = { weights1: one, biases1: none, weights2: one, biases2: none }
const ones = { ...layers, head: one, bias: none }

describe('a network of ones', () => {
  test.each([
    [2, 2],
    [-2, 0],
  ])('gives for %i in every layer %i', (x, y) => {
    const answer = network(number, { x: of([1, 1], x), ...ones }, {})
    expect(Object.values(answer).map(data)).toEqual([[y], [y], [y]])
  })

  const task = { x: of([1, 1], 2), targets: of([1, 1], 0), ...ones }
  test('has a loss and gradients', () => {
    const parameters = { loss: 'squares' } as const
    expect(data(networkLoss(number, task, parameters).loss)).toEqual([2])
    const gradient = networkGradient(number, task, parameters)
    expect([gradient.dHead, gradient.dWeights1, gradient.dx].map(data)).toEqual([[4], [4], [2]])
  })

  test('learns with its layers frozen', () => {
    const optimizer = {
      loss: 'squares',
      rate: 0.5,
      momentum: 0,
      decay: 0,
      steps: 1,
      batch: 1,
    } as const
    const { losses, head, bias, weights1 } = finetune(number, task, { ...optimizer, frozen: 2 })
    expect([losses, head, bias, weights1].map(data)).toEqual([[2], [-1], [-1], [1]])
    const { targets } = task
    const stored = { descriptors: of([1, 1], 2), targets, head: one, bias: none }
    const alone = trainHead(number, stored, optimizer)
    expect([alone.losses, alone.head, alone.bias].map(data)).toEqual([[2], [-1], [-1]])
  })
})

test('cross entropy of even scores is ln 2', () => {
  const inputs = { ...ones, x: of([1, 1], 0), head: of([1, 2], 1, 1), bias: row(0, 0) }
  const task = { ...inputs, targets: of([1, 2], 1, 0) }
  expect(networkLoss(number, task, { loss: 'softmax' }).loss.at()).toBe(Math.LN2)
  expect(data(networkGradient(number, task, { loss: 'softmax' }).dBias)).toEqual([-0.5, 0.5])
})

test('a frozen parameter stays, its neighbour moves', () => {
  const inputs = {
    parameters: row(4, 4),
    gradient: row(1, 1),
    velocity: row(0, 0),
    frozen: row(0, 1),
  }
  const answer = freezeStep(number, inputs, { rate: 0.5, momentum: 0.5, decay: 1 })
  expect([answer.parameters, answer.velocity].map(data)).toEqual([
    [1.5, 4],
    [5, 0],
  ])
})

test('a head is replaced', () => {
  const parameters = { widths: [3, 2, 5], cut: 1, hidden: [], classes: 4 }
  const answer = replaceHead(number, {}, parameters)
  expect(Object.values(answer).map(data)).toEqual([[2, 4], [8, 12], [8], [12]])
})

describe('a descriptor', () => {
  test('of one unit is one number', () => {
    const inputs = { ...layers, x: of([1, 2], 1, 1), weights1: of([2, 1], 1, 2) }
    expect(data(denseDescriptors(number, inputs, { layer: 1 }).descriptors)).toEqual([3])
  })

  test('of a map is its mean, or all of it', () => {
    const inputs = { x: of([1, 1, 2, 1], 1, 3), filters: of([1, 1, 1, 1], 1), bias: none }
    const ask = (pooled: boolean) =>
      data(convolutionalDescriptors(number, inputs, { pooled }).descriptors)
    expect([ask(true), ask(false)]).toEqual([[2], [1, 3]])
  })

  test('is as long as its layer has units', () => {
    const point = { rows: 1, columns: 1, kernelRows: 1, kernelColumns: 1, pooled: false }
    const answer = descriptorSize(number, {}, { ...point, channels: 4096, filters: 4096 })
    expect(Object.values(answer).map(data)).toEqual([[4096], [16_777_216]])
  })
})

test('strategies and layers', () => {
  const similar = { size: 'small', similarity: 'similar' } as const
  expect(data(strategy(number, {}, similar).suitable)).toEqual([1, 0, 0, 0])
  const at = (similarity: number) =>
    extractionLayer(number, {}, { size: 'small', similarity, levels: 4, layers: 5 }).layer.at()
  expect([at(0), at(4)]).toEqual([1, 5])
})

test('a warm start saves steps', () => {
  const parameters = { contraction: 0.5, distance: 8, ratio: 0.25, tolerance: 3 }
  const { cold, warm } = warmStart(number, {}, parameters)
  expect([cold.at(), warm.at()]).toEqual([2, 0])
})
