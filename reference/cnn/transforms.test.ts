import { describe, expect, it } from 'vitest'
import {
  counting,
  recordedTransforms,
  slid,
} from '../../conformance/fixtures/recorded-transforms.ts'
import { fromData } from '../arithmetic/array.ts'
import { conv2dFilterGradient, conv2dInputGradient } from './backprop.ts'
import { conv2d } from './conv2d.ts'
import { trueConvolution } from './true-convolution.ts'

const { image, bank, answer } = slid.shapes

describe('of the layers that they are made of', () => {
  it('a convolution tells the same, whatever its bias', () => {
    const { arithmetic, told } = recordedTransforms()
    const bias = fromData([4], [0, 0, 0, 0])
    conv2d(arithmetic, { x: counting(image, 0), filters: counting(bank, 3), bias }, slid.windows)
    expect([told.at(0), told.at(-1)]).toEqual(slid.forwards)
  })

  it('so does the gradient by the input', () => {
    const { arithmetic, told } = recordedTransforms()
    const arriving = { filters: counting(bank, 2), dy: counting(answer, 0) }
    conv2dInputGradient(arithmetic, arriving, { imageSize: [5, 7], ...slid.windows })
    expect([told.at(0), told.at(-1)]).toEqual(slid.inputs)
  })

  it('so does the gradient by the filters', () => {
    const { arithmetic, told } = recordedTransforms()
    const arriving = { x: counting(image, 3), dy: counting(answer, 3) }
    conv2dFilterGradient(arithmetic, arriving, { kernelSize: [2, 3], ...slid.windows })
    expect([told.at(0), told.at(-1)]).toEqual(slid.filters)
  })
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
