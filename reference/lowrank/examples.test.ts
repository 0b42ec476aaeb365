import { expect, test } from 'vitest'
import { fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { compressionRate } from './compression-rate.ts'
import { errorCurve } from './error-bound.ts'
import { layer, layerCost } from './fc-matrix.ts'
import { rank } from './rank.ts'
import { factorStorage } from './storage.ts'
import { svd } from './svd.ts'
import { svdShapes } from './svd-shapes.ts'
import { truncate } from './truncate.ts'
import { twoLayers, twoLayersCost } from './two-layer.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const unit = of([2, 2], 1, 0, 0, 1)
const numbersOf = (outputs: Readonly<Record<string, NumberArray<number>>>) =>
  Object.values(outputs).map(({ data }) => data)

test('two units and a bias', () => {
  const inputs = { x: of([1, 2], 1, 2), weights: of([2, 2], 3, 0, 4, 1), bias: of([2], 5, 0) }
  expect(numbersOf(layer(number, inputs, {}))).toEqual([[16, 2]])
})

test('what a layer of 3 × 4 costs for two samples', () => {
  const cost = layerCost(number, {}, { samples: 2, before: 3, units: 4 })
  expect(numbersOf(cost)).toEqual([[12], [24]])
})

test('the factors of a matrix of 2 × 3', () => {
  const shapes = (form: 'full' | 'thin') =>
    numbersOf(svdShapes(number, {}, { rows: 2, columns: 3, form }))
  expect(shapes('full')).toEqual([
    [2, 2],
    [2, 3],
    [3, 3],
  ])
  expect(shapes('thin')).toEqual([
    [2, 2],
    [2, 2],
    [2, 3],
  ])
})

test('the values of [[0, 2], [1, 0]]', () => {
  const { S } = svd(number, { weights: of([2, 2], 0, 2, 1, 0) }, {})
  expect(S.data).toEqual([2, 1])
})

test('the larger of two values', () => {
  const inputs = { U: unit, S: of([2], 2, 3), V: unit }
  const rule = { rule: 'count', count: 1, threshold: 0 } as const
  expect(numbersOf(truncate(number, inputs, rule))).toEqual([
    [0, 1],
    [0, 0, 0, 3],
  ])
})

test('two values of a matrix of 4 × 3', () => {
  const stored = factorStorage(number, {}, { rows: 4, columns: 3, kept: 2 })
  expect(numbersOf(stored)).toEqual([[12], [16], [14]])
})

test('three values of a matrix of 4 × 4', () => {
  const { rate, most } = compressionRate(number, {}, { rows: 4, columns: 4, kept: 3 })
  expect([rate.at(), most.at()]).toEqual([16 / 27, 1])
})

test('the rank of a matrix with the values 5 and 0', () => {
  const ranks = rank(number, { S: of([2], 5, 0) }, { tolerance: 0, count: 2 })
  expect(numbersOf(ranks)).toEqual([[1], [1]])
})

test('what a sample of 3 and 4 loses with the values 2 and 1', () => {
  const inputs = { x: of([1, 2], 3, 4), U: unit, S: of([2], 2, 1), V: unit }
  expect(numbersOf(errorCurve(number, inputs, {}))).toEqual([
    [Math.sqrt(52), 4, 0],
    [10, 5, 0],
  ])
})

test('one value between two layers', () => {
  const [x, U, S] = [of([1, 2], 1, 2), of([2, 1], 1, 1), of([1], 2)]
  const inputs = { x, U, S, V: of([2, 1], 3, 4), bias: of([2], 1, 0) }
  for (const absorbed of ['neither', 'left', 'right'] as const) {
    expect(twoLayers(number, inputs, { absorbed }).y.data).toEqual([19, 24])
  }
})

test('what two layers in the place of one of 4 × 4 cost for two samples', () => {
  const cost = twoLayersCost(number, {}, { samples: 2, rows: 4, columns: 4, kept: 1 })
  expect(numbersOf(cost)).toEqual([[32], [18], [16], [1]])
})
