import { describe, expect, test } from 'vitest'
import { build, fromData } from '../arithmetic/array.ts'
import { decimal, extended } from '../arithmetic/extended.ts'
import { number } from '../arithmetic/number.ts'
import { addBias, biasGradient } from './bias.ts'
import { beside, channels } from './channels.ts'
import { convolution } from './convolution.ts'
import { crossEntropyTerms } from './cross-entropy.ts'
import { dense } from './dense.ts'
import { flattened } from './flatten.ts'
import { globalAverage } from './global-average.ts'
import { convolve } from './half-padding.ts'
import { rectify, rectifyGradient } from './rectifier.ts'
import { sigmoid } from './sigmoid.ts'
import { softmax } from './softmax.ts'
import { sumOfSquares } from './squares.ts'

const row = (...values: number[]) => fromData([1, values.length], values)
const image = (...values: number[]) => fromData([1, 1, values.length, 1], values)

test('dense: a bias of null adds nothing', () => {
  const W = fromData([2, 1], [3, 4])
  expect(dense(number, row(1, 2), W, null).data).toEqual([11])
  expect(dense(number, row(1, 2), W, fromData([1], [5])).data).toEqual([16])
})

describe('bias', () => {
  test('every place gets that of its channel', () => {
    const x = fromData([1, 1, 2, 2], [1, 2, 3, 4])
    expect(addBias(number, x, fromData([2], [10, 20])).data).toEqual([11, 22, 13, 24])
  })
  test('its gradient is 0 without samples', () => {
    expect(biasGradient(number, fromData([0, 2], [])).data).toEqual([0, 0])
  })
})

describe('convolution', () => {
  const ones = fromData([3, 3, 1, 1], new Array(9).fill(1))
  test('half padding: zeros beside a row of three', () => {
    expect(convolve(number, image(1, 2, 3), ones, null).data).toEqual([3, 6, 5])
  })
  test('half padding: a stride of 2 keeps the first and the third place', () => {
    expect(convolve(number, image(1, 2, 3), ones, fromData([1], [10]), 2).data).toEqual([13, 15])
  })
  test('strides, dilations and one-sided padding', () => {
    // The windows see 0 and 2, 1 and 3, 2 and 0; the stride keeps the first and the last.
    const pair = fromData([1, 2, 1, 1], [1, 10])
    const windows = { strides: [1, 2], dilations: [1, 2], padding: [0, 0, 1, 1] } as const
    expect(convolution(number, image(1, 2, 3), pair, null, windows).data).toEqual([20, 2])
  })
})

describe('rectifier', () => {
  test('NaN stays NaN, and −0 becomes 0', () => {
    expect(rectify(number, row(-1, Number.NaN, -0, 2)).data).toEqual([0, Number.NaN, 0, 2])
  })
  test('its slope at 0 is 0, and where it is 0 nothing comes through, not even NaN', () => {
    expect(rectifyGradient(number, row(0, -1, 1), row(5, Number.NaN, 7)).data).toEqual([0, 0, 7])
  })
})

test('sigmoid: one half at 0, and no overflow far from it', () => {
  expect([0, -1e4, 1e4].map((x) => sigmoid(number, x))).toEqual([0.5, 0, 1])
})

describe('softmax', () => {
  test('ratios of 1, 2 and 5 from their logarithms, to 62 digits', () => {
    const z = build([1, 3], (_, c) => extended.log(extended.exact([1, 2, 5][c]!)))
    const y = softmax(extended, z)
    ;['0.125', '0.25', '0.625'].forEach((expected, c) => {
      const off = extended.abs(extended.subtract(y.at(0, c), decimal(expected)))
      // A logarithm, a difference, an exponential, two sums and a quotient, each off by half a unit in the 64th digit.
      expect(off.lte(decimal('1e-62'))).toBe(true)
    })
  })
  test('equal scores far from 0 share alike, sample by sample', () => {
    const z = fromData([2, 2], [1e4, 1e4, -1e4, -1e4])
    expect(softmax(number, z).data).toEqual([0.5, 0.5, 0.5, 0.5])
  })
})

describe('cross-entropy', () => {
  test('two equal scores: ln 2 of each class that is a target', () => {
    expect(crossEntropyTerms(number, row(3, 3), row(1, 0)).data).toEqual([Math.LN2, 0])
    expect(crossEntropyTerms(number, row(3, 3), row(1, 1)).data).toEqual([Math.LN2, Math.LN2])
  })
  test('one class: 0', () => {
    expect(crossEntropyTerms(number, row(-7), row(1)).data).toEqual([0])
  })
})

test('global average: the mean of each channel', () => {
  const x = fromData([1, 2, 1, 2], [1, 10, 3, 30])
  expect(globalAverage(number, x).data).toEqual([2, 20])
})

test('channels side by side are cut apart again', () => {
  const [x, y] = [fromData([1, 2, 1, 1], [1, 2]), fromData([1, 2, 1, 2], [3, 4, 5, 6])]
  const both = beside(x, y)
  expect(both.shape).toEqual([1, 2, 1, 3])
  expect(both.data).toEqual([1, 3, 4, 2, 5, 6])
  expect(channels(both, 0, 1)).toEqual(x)
  expect(channels(both, 1, 2)).toEqual(y)
})

test('flattened: rows, then columns, then channels', () => {
  const x = build([1, 2, 2, 2], (_, i, j, k) => 100 * i + 10 * j + k)
  expect(flattened(x).data).toEqual([0, 1, 10, 11, 100, 101, 110, 111])
})

test('squares: those of all elements, and 0 of none', () => {
  expect(sumOfSquares(number, row(3, -4))).toBe(25)
  expect(sumOfSquares(number, fromData([0], []))).toBe(0)
})
