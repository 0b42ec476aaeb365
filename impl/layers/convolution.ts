import * as tf from '@tensorflow/tfjs-core'
import { isTensorflowOnCpu } from './host.ts'
import { everyNth, explicitPadding, resolvePadding, type Sliding } from './window.ts'

/**
 * Whether the kernel takes a stride beside a dilation; only the function above it refuses both. That of CUDA was never
 * tried, and that of WebGL in no run of everything.
 */
const takesBoth = () => ['wasm', 'cpu', 'webgpu'].includes(tf.getBackend()) || isTensorflowOnCpu()

/**
 * Convolution of images with a bank of filters, `N × Ho × Wo × Q`.
 *
 * Fast by    the backend's kernel, called without the function above it, which prepares for gradients
 *            that are never asked for; where a stride beside a dilation is not known to work, the
 *            convolution of stride 1 of which every S-th position is kept
 */
export function convolution(
  x: tf.Tensor,
  filters: tf.Tensor,
  bias: tf.Tensor | null,
  { strides, dilations, padding }: Sliding,
): tf.Tensor {
  const [, H, W] = x.shape as [number, number, number, number]
  const [Hf, Wf] = filters.shape as [number, number]
  const amounts = resolvePadding(padding, [H, W], [Hf, Wf], strides, dilations)
  const both = strides.some((s) => s > 1) && dilations.some((d) => d > 1)
  const subsample = both && !takesBoth()

  const y = tf.engine().runKernel(
    tf.FusedConv2D,
    { x, filter: filters, ...(bias === null ? {} : { bias }) },
    {
      strides: subsample ? [1, 1] : [...strides],
      pad: explicitPadding(amounts),
      dataFormat: 'NHWC',
      dilations: [...dilations],
      activation: 'linear',
    },
  ) as tf.Tensor
  return subsample ? everyNth(y, strides) : y
}
