import * as tf from '@tensorflow/tfjs-core'
import {
  everyNth,
  explicitPadding,
  reachOf,
  resolvePadding,
  type Sliding,
  stretch,
} from './window.ts'

type Pair = readonly [vertical: number, horizontal: number]

/*
 * TensorFlow.js has kernels for these gradients, Conv2DBackpropInput and Conv2DBackpropFilter, but
 * neither takes a dilation, and WebAssembly lacks the second. Written as convolutions, both are right
 * for every stride, dilation and padding, and faster: on WebAssembly, 8 times by the input
 * of 4 × 34 × 34 × 32 with 32 filters of 3 × 3, and 50 times by the filters on the cpu backend.
 */

/**
 * Gradient of a convolution by its input, `N × H × W × K`.
 *
 * Fast by    one convolution of dy, spread out by the stride, with the filters turned round
 */
export function convolutionInputGradient(
  filters: tf.Tensor,
  dy: tf.Tensor,
  [H, W]: Pair,
  { strides, dilations, padding }: Sliding,
): tf.Tensor {
  const [Hf, Wf, K] = filters.shape as [number, number, number]
  const [N] = dy.shape as [number]
  const [reachH, reachW] = reachOf([Hf, Wf], dilations)
  const [top, , left] = resolvePadding(padding, [H, W], [Hf, Wf], strides, dilations)
  const spread = stretch(dy, strides)
  const [, rows, columns] = spread.shape as [number, number, number]

  // How much to add around dy for a result of H × W; less than nothing is cut off the result.
  const [before, after] = [reachH - 1 - top, H + top - rows]
  const [ahead, behind] = [reachW - 1 - left, W + left - columns]
  const around = [before, after, ahead, behind].map((amount) => Math.max(0, amount))
  const turned = tf.transpose(tf.reverse(filters, [0, 1]), [0, 1, 3, 2])
  const full = tf.conv2d(
    spread as tf.Tensor4D,
    turned as tf.Tensor4D,
    1,
    explicitPadding(around as [number, number, number, number]),
    'NHWC',
    [...dilations],
  )
  const shape = [N, H, W, K]
  if (tf.util.arraysEqual(full.shape, shape)) return full
  return tf.slice(full, [0, Math.max(0, -before), Math.max(0, -ahead), 0], shape)
}

/**
 * Gradient of a convolution by its filters, `Hf × Wf × K × Q`.
 *
 * Fast by    one convolution of the images with dy in the place of filters, channels in the place of
 *            images: stride and dilation change places. For a kernel of one pixel a matrix product,
 *            which is up to seven times faster (56 × 56 × 256, with TensorFlow)
 */
export function convolutionFilterGradient(
  x: tf.Tensor,
  dy: tf.Tensor,
  [Hf, Wf]: Pair,
  { strides, dilations, padding }: Sliding,
): tf.Tensor {
  const [, H, W, K] = x.shape as [number, number, number, number]
  const [, Ho, Wo, Q] = dy.shape as [number, number, number, number]
  const amounts = resolvePadding(padding, [H, W], [Hf, Wf], strides, dilations)
  if (Hf * Wf === 1 && amounts.every((amount) => amount === 0)) {
    const reached = strides[0] * strides[1] === 1 ? x : everyNth(x, strides)
    const pixels = tf.transpose(tf.reshape(reached, [-1, K]))
    return tf.reshape(tf.matMul(pixels, tf.reshape(dy, [-1, Q])), [1, 1, K, Q])
  }
  // TensorFlow.js refuses a stride beside a dilation; an axis of one position has no dilation.
  const spacing = [Ho > 1 ? strides[0] : 1, Wo > 1 ? strides[1] : 1] as const
  const subsample = spacing.some((s) => s > 1) && dilations.some((d) => d > 1)

  const correlated = tf.conv2d(
    tf.transpose(x, [3, 1, 2, 0]) as tf.Tensor4D,
    tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D,
    subsample ? 1 : [...dilations],
    explicitPadding(amounts),
    'NHWC',
    [...spacing],
  )
  const kept = subsample ? everyNth(correlated, dilations) : correlated
  // Rows and columns that no window reached leave more than H′ × W′.
  return tf.transpose(tf.slice(kept, [0, 0, 0, 0], [K, Hf, Wf, Q]), [1, 2, 0, 3])
}
