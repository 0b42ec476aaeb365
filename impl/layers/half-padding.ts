import * as tf from '@tensorflow/tfjs-core'
import { biasGradient } from './bias.ts'
import { convolutionFilterGradient, convolutionInputGradient } from './convolution-gradient.ts'
import { explicitPadding } from './window.ts'

/** A ring of zeros around the image, as wide as the middle of an odd square kernel is from its border. */
function ringOf(filters: tf.Tensor): readonly [number, number, number, number] {
  const p = (filters.shape[0]! - 1) / 2
  return [p, p, p, p]
}

/**
 * Convolution with half padding, which keeps rows and columns at stride 1.
 *
 * Fast by    one kernel for the convolution, its bias and its rectifier
 */
export function convolve(
  x: tf.Tensor,
  filters: tf.Tensor,
  bias: tf.Tensor | null,
  { stride = 1, activation = 'linear' }: { stride?: number; activation?: 'relu' | 'linear' } = {},
): tf.Tensor {
  const ring = ringOf(filters)
  return tf.fused.conv2d({
    x: x as tf.Tensor4D,
    filter: filters as tf.Tensor4D,
    ...(bias === null ? {} : { bias }),
    strides: stride,
    pad: ring[0] === 0 ? 'valid' : explicitPadding(ring),
    activation,
  })
}

/**
 * Gradients of a convolution with half padding.
 *
 * Fast by    those of any convolution
 */
export function convolveGradient(
  x: tf.Tensor,
  filters: tf.Tensor,
  dy: tf.Tensor,
  { stride = 1 }: { stride?: number } = {},
) {
  const windows = {
    strides: [stride, stride],
    dilations: [1, 1],
    padding: ringOf(filters),
  } as const
  const [, H, W] = x.shape as [number, number, number]
  const [U, V] = filters.shape as [number, number]
  return {
    dx: convolutionInputGradient(filters, dy, [H, W], windows),
    dFilters: convolutionFilterGradient(x, dy, [U, V], windows),
    dBias: biasGradient(dy),
  }
}
