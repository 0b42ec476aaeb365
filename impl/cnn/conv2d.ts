import type { conv2d as spec } from '../../spec/cnn/conv2d.ts'
import { convolution } from '../layers/convolution.ts'
import type { Fast } from '../operation.ts'

/**
 * Convolution of images with a bank of filters: one fused kernel with its bias.
 *
 * Clauses    cnn.conv2d.forward and all others of cnn.conv2d
 * Fast by    the backend's kernel; where that does not take a stride beside a dilation, every S-th
 *            position of stride 1 (cnn.conv2d.stride-subsample)
 */
export const conv2d: Fast<typeof spec> = ({ x, filters, bias }, windows) => ({
  y: convolution(x, filters, bias, windows),
})
