import { expect, it } from 'vitest'
import { counting, recordedTransforms } from '../../conformance/fixtures/recorded-transforms.ts'
import { fromData } from '../arithmetic/array.ts'
import { conv2dFilterGradient, conv2dInputGradient } from './backprop.ts'
import { conv2d } from './conv2d.ts'
import { trueConvolution } from './true-convolution.ts'

/** Two images of 5 × 7 with 3 channels, padded to 6 × 10, and 4 filters of 2 × 3 that reach over 3 × 7. */
const [image, bank, answer] = [
  [2, 5, 7, 3],
  [2, 3, 3, 4],
  [2, 4, 2, 4],
] as const
const sliding = { strides: [1, 2], dilations: [2, 3], padding: [1, 0, 2, 1] } as const

it('convolves a padded image with filters as far as they reach, a channel after the other', () => {
  const { arithmetic, told } = recordedTransforms()
  const bias = fromData([4], [0, 0, 0, 0])
  conv2d(arithmetic, { x: counting(image, 0), filters: counting(bank, 3), bias }, sliding)
  const size = { image: [6, 10], kernel: [3, 7], channels: 3 }
  expect(told.at(0)).toEqual({ norms: [5 * 7 * 3, 2 * 3 * 3], size })
  expect(told.at(-1)).toEqual({ norms: [2 * 5 * 7 * 3, 4 * 2 * 3 * 3], size })
})

it('sends slopes back by the same filters, one after the other', () => {
  const { arithmetic, told } = recordedTransforms()
  const arriving = { filters: counting(bank, 2), dy: counting(answer, 0) }
  conv2dInputGradient(arithmetic, arriving, { imageSize: [5, 7], ...sliding })
  const size = { image: [6, 10], kernel: [3, 7], channels: 4 }
  expect(told.at(0)).toEqual({ norms: [4 * 2 * 4, 2 * 3 * 4], size })
  expect(told.at(-1)).toEqual({ norms: [2 * 4 * 2 * 4, 3 * 2 * 3 * 4], size })
})

it('takes the slopes of filters for filters, which reach as far as strides take them, an image after the other', () => {
  const { arithmetic, told } = recordedTransforms()
  const arriving = { x: counting(image, 3), dy: counting(answer, 3) }
  conv2dFilterGradient(arithmetic, arriving, { kernelSize: [2, 3], ...sliding })
  const size = { image: [6, 10], kernel: [4, 3], channels: 2 }
  expect(told.at(0)).toEqual({ norms: [2 * 5 * 7, 2 * 4 * 2], size })
  expect(told.at(-1)).toEqual({ norms: [3 * 2 * 5 * 7, 4 * 2 * 4 * 2], size })
})

it('lets a kernel that is flipped reach over every border', () => {
  const { arithmetic, told } = recordedTransforms()
  const ones = (rows: number, columns: number) => counting([1, rows, columns], 0)
  const flat = (rows: number, columns: number) =>
    fromData([rows, columns], ones(rows, columns).data)
  trueConvolution(arithmetic, { x: flat(5, 7), kernel: flat(2, 3) }, {})
  const size = { image: [7, 11], kernel: [2, 3], channels: 1 }
  expect(told).toEqual(Array(6 * 9).fill({ norms: [5 * 7, 2 * 3], size }))
})
