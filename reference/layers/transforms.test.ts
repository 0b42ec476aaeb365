import { expect, it } from 'vitest'
import { counting, recordedTransforms } from '../../conformance/fixtures/recorded-transforms.ts'
import { convolution } from './convolution.ts'
import { convolutionFilterGradient, convolutionInputGradient } from './convolution-gradient.ts'

/** Two images of 5 × 7 with 3 channels, padded to 6 × 10, and 4 filters of 2 × 3 that reach over 3 × 7. */
const [image, bank, answer] = [
  [2, 5, 7, 3],
  [2, 3, 3, 4],
  [2, 4, 2, 4],
] as const
const sliding = { strides: [1, 2], dilations: [2, 3], padding: [1, 0, 2, 1] } as const

it('convolves a padded image with filters as far as they reach, a channel after the other', () => {
  const { arithmetic, told } = recordedTransforms()
  convolution(arithmetic, counting(image, 0), counting(bank, 3), null, sliding)
  const size = { image: [6, 10], kernel: [3, 7], channels: 3 }
  expect(told.at(0)).toEqual({ norms: [5 * 7 * 3, 2 * 3 * 3], size })
  expect(told.at(-1)).toEqual({ norms: [2 * 5 * 7 * 3, 4 * 2 * 3 * 3], size })
})

it('sends slopes back by the same filters, one after the other', () => {
  const { arithmetic, told } = recordedTransforms()
  convolutionInputGradient(arithmetic, counting(bank, 2), counting(answer, 0), [5, 7], sliding)
  const size = { image: [6, 10], kernel: [3, 7], channels: 4 }
  expect(told.at(0)).toEqual({ norms: [4 * 2 * 4, 2 * 3 * 4], size })
  expect(told.at(-1)).toEqual({ norms: [2 * 4 * 2 * 4, 3 * 2 * 3 * 4], size })
})

it('takes the slopes of filters for filters, which reach as far as strides take them, an image after the other', () => {
  const { arithmetic, told } = recordedTransforms()
  convolutionFilterGradient(arithmetic, counting(image, 3), counting(answer, 3), [2, 3], sliding)
  const size = { image: [6, 10], kernel: [4, 3], channels: 2 }
  expect(told.at(0)).toEqual({ norms: [2 * 5 * 7, 2 * 4 * 2], size })
  expect(told.at(-1)).toEqual({ norms: [3 * 2 * 5 * 7, 4 * 2 * 4 * 2], size })
})
