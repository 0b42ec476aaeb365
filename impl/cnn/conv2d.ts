import * as tf from '@tensorflow/tfjs-core'
import type { conv2d as spec } from '../../spec/cnn/conv2d.ts'
import { everyNth, explicitPadding, resolvePadding } from '../layers/window.ts'
import type { Fast } from '../operation.ts'

/** Backends whose kernel takes a stride beside a dilation; only the function above it refuses both. */
const takesBoth = new Set(['wasm', 'cpu'])

/**
 * Convolution of images with a bank of filters: one fused kernel with its bias.
 *
 * Clauses    cnn.conv2d.forward and all others of cnn.conv2d
 * Fast by    the backend's kernel, called without the function above it, which prepares for gradients
 *            that are never asked for; where a stride beside a dilation is not known to work, the
 *            convolution of stride 1 of which every S-th position is kept (cnn.conv2d.stride-subsample)
 */
export const conv2d: Fast<typeof spec> = (
  { x, filters, bias },
  { strides, dilations, padding },
) => {
  const [, H, W] = x.shape as [number, number, number, number]
  const [Hf, Wf] = filters.shape as [number, number]
  const amounts = resolvePadding(padding, [H, W], [Hf, Wf], strides, dilations)
  const both = strides.some((s) => s > 1) && dilations.some((d) => d > 1)
  const subsample = both && !takesBoth.has(tf.getBackend())

  const y = tf.engine().runKernel(
    tf.FusedConv2D,
    { x, filter: filters, bias },
    {
      strides: subsample ? [1, 1] : [...strides],
      pad: explicitPadding(amounts),
      dataFormat: 'NHWC',
      dilations: [...dilations],
      activation: 'linear',
    },
  ) as tf.Tensor
  return { y: subsample ? everyNth(y, strides) : y }
}
