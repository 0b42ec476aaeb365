import * as tf from '@tensorflow/tfjs-core'
import type { conv2d as spec } from '../../spec/cnn/conv2d.ts'
import type { Fast } from '../operation.ts'
import { everyNth, explicitPadding, resolvePadding } from './window.ts'

/** Backends whose kernel takes a stride beside a dilation; only the function above it refuses both. */
const takesBoth = new Set(['wasm', 'cpu'])

/**
 * Whether TensorFlow, 2.19 to 2.21, on CPU may read rows of some images from beside them. Smallest
 * case: of two images of 2 × 2 ones, under a kernel of 1 × 2 ones with strides of 1 and 3, it makes
 * 2, 0, 2, 0. That is how it is for one channel, several images, and one column of several windows.
 */
function misread(N: number, K: number, [vertical, horizontal]: readonly number[]): boolean {
  return N > 1 && K === 1 && vertical === 1 && horizontal! > 1
}

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
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const [Hf, Wf] = filters.shape as [number, number]
  const amounts = resolvePadding(padding, [H, W], [Hf, Wf], strides, dilations)
  const both = strides.some((s) => s > 1) && dilations.some((d) => d > 1)
  const backend = tf.getBackend()
  const subsample =
    (both && !takesBoth.has(backend)) || (backend === 'tensorflow' && misread(N, K, strides))

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
