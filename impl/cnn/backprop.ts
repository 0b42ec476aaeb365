import type {
  conv2dBiasGradient as biasSpec,
  conv2dFilterGradient as filterSpec,
  conv2dInputGradient as inputSpec,
} from '../../spec/cnn/backprop.ts'
import { biasGradient } from '../layers/bias.ts'
import {
  convolutionFilterGradient,
  convolutionInputGradient,
} from '../layers/convolution-gradient.ts'
import type { Fast } from '../operation.ts'

type Pair = readonly [vertical: number, horizontal: number]

/**
 * Gradient of a convolution by its input.
 *
 * Clauses    cnn.backprop.input-gradient, cnn.local.connectivity
 * Fast by    one convolution of dy, spread out by the stride, with the filters turned round
 */
export const conv2dInputGradient: Fast<typeof inputSpec> = (
  { filters, dy },
  { imageSize, ...windows },
) => ({ dx: convolutionInputGradient(filters, dy, imageSize as Pair, windows) })

/**
 * Gradient of a convolution by its filters.
 *
 * Clauses    cnn.backprop.filter-gradient, cnn.share.weights
 * Fast by    one convolution of the images with dy in the place of filters, channels in the place of
 *            images: stride and dilation change places
 */
export const conv2dFilterGradient: Fast<typeof filterSpec> = (
  { x, dy },
  { kernelSize, ...windows },
) => ({ dFilters: convolutionFilterGradient(x, dy, kernelSize as Pair, windows) })

/**
 * Gradient of a convolution by its biases.
 *
 * Clauses    cnn.backprop.bias-gradient
 * Fast by    one sum over images, rows and columns
 */
export const conv2dBiasGradient: Fast<typeof biasSpec> = ({ dy }) => ({ dBias: biasGradient(dy) })
