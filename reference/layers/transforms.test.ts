import { expect, it } from 'vitest'
import {
  counting,
  recordedTransforms,
  slid,
} from '../../conformance/fixtures/recorded-transforms.ts'
import { convolution } from './convolution.ts'
import { convolutionFilterGradient, convolutionInputGradient } from './convolution-gradient.ts'

const { image, bank, answer } = slid.shapes

it('convolves a padded image with filters as far as they reach, a channel after the other', () => {
  const { arithmetic, told } = recordedTransforms()
  convolution(arithmetic, counting(image, 0), counting(bank, 3), null, slid.windows)
  expect([told.at(0), told.at(-1)]).toEqual(slid.forwards)
})

it('sends slopes back by the same filters, one after the other', () => {
  const { arithmetic, told } = recordedTransforms()
  const [filters, dy] = [counting(bank, 2), counting(answer, 0)]
  convolutionInputGradient(arithmetic, filters, dy, [5, 7], slid.windows)
  expect([told.at(0), told.at(-1)]).toEqual(slid.inputs)
})

it('takes the slopes of filters for filters, which reach as far as strides take them, an image after the other', () => {
  const { arithmetic, told } = recordedTransforms()
  const [x, dy] = [counting(image, 3), counting(answer, 3)]
  convolutionFilterGradient(arithmetic, x, dy, [2, 3], slid.windows)
  expect([told.at(0), told.at(-1)]).toEqual(slid.filters)
})
