import * as tf from '@tensorflow/tfjs-core'
import type { conv2d as spec } from '../../spec/cnn/conv2d.ts'
import type { Fast } from '../operation.ts'
import { everyNth, explicitPadding, resolvePadding } from './window.ts'

/**
 * Convolution of images with a bank of filters: one fused kernel with its bias.
 *
 * Clauses    cnn.conv2d.forward and all others of cnn.conv2d
 * Fast by    the backend's convolution; a stride beside a dilation, which TensorFlow.js refuses,
 *            becomes the convolution of stride 1 of which every S-th position is kept
 *            (cnn.conv2d.stride-subsample)
 */
export const conv2d: Fast<typeof spec> = (
  { x, filters, bias },
  { strides, dilations, padding },
) => {
  const [, H, W] = x.shape as [number, number, number, number]
  const [Hf, Wf] = filters.shape as [number, number]
  const amounts = resolvePadding(padding, [H, W], [Hf, Wf], strides, dilations)
  const subsample = strides.some((s) => s > 1) && dilations.some((d) => d > 1)

  const y = tf.fused.conv2d({
    x: x as tf.Tensor4D,
    filter: filters as tf.Tensor4D,
    bias,
    strides: subsample ? 1 : [...strides],
    dilations: [...dilations],
    pad: explicitPadding(amounts),
  })
  return { y: subsample ? everyNth(y, strides) : y }
}
