import * as tf from '@tensorflow/tfjs-core'
import type {
  depthwiseGradient as gradientSpec,
  depthwise as spec,
} from '../../spec/efficient/depthwise.ts'
import type { ParametersOf } from '../../spec/language/operation.ts'
import { everyNth, explicitPadding, reachOf, resolvePadding, stretch } from '../layers/window.ts'
import type { Fast } from '../operation.ts'

type Four = [number, number, number, number]
type Pair = readonly [vertical: number, horizontal: number]

/**
 * A depthwise convolution without dilation. The native TensorFlow backend has kernels for equal
 * strides only (it refuses 1 beside 2 on one pixel), so others keep every S-th position of stride 1.
 */
function slide(x: tf.Tensor, filters: tf.Tensor, strides: Pair, amounts: readonly number[]) {
  const equal = strides[0] === strides[1]
  const pad = explicitPadding(amounts as Four)
  const y = tf.depthwiseConv2d(
    x as tf.Tensor4D,
    filters as tf.Tensor4D,
    equal ? strides[0] : 1,
    pad,
  )
  return equal ? y : everyNth(y, strides)
}

function amountsOf(
  x: tf.Tensor,
  filters: tf.Tensor,
  { strides, dilations, padding }: ParametersOf<typeof spec>,
) {
  const [, H, W] = x.shape as Four
  const [Hf, Wf] = filters.shape as Four
  return resolvePadding(padding, [H, W], [Hf, Wf], strides, dilations)
}

/**
 * Depthwise convolution.
 *
 * Clauses    efficient.mobilenet.depthwise, efficient.mobilenet.dsc
 * Fast by    the backend's kernel. A dilated kernel becomes one with zeros between its elements:
 *            TensorFlow.js refuses a dilation beside a stride (of 2 each, for a kernel of 1 × 1),
 *            and TensorFlow itself never hands its native kernel a dilation
 */
export const depthwise: Fast<typeof spec> = ({ x, filters }, parameters) => ({
  y: slide(
    x,
    stretch(filters, parameters.dilations, 0),
    parameters.strides,
    amountsOf(x, filters, parameters),
  ),
})

/**
 * Gradients of the depthwise convolution.
 *
 * Clauses    efficient.mobilenet.depthwise
 * Fast by    two depthwise convolutions: the stretched gradient with the kernels turned round, and
 *            the images with the stretched gradient for kernels, strides and dilations exchanged.
 *            WebAssembly has no kernels of its own for them (`DepthwiseConv2dNativeBackpropInput`
 *            and `…Filter`: a 1 × 1 image and filter already throw)
 */
export const depthwiseGradient: Fast<typeof gradientSpec> = ({ x, filters, dy }, parameters) => {
  const [N, H, W, K] = x.shape as Four
  const [Hf, Wf, , M] = filters.shape as Four
  const [, Ho, Wo] = dy.shape as Four
  const { strides, dilations } = parameters
  const [top, bottom, left, right] = amountsOf(x, filters, parameters)
  const [reachH, reachW] = reachOf([Hf, Wf], dilations)
  // Rows and columns of the stretched gradient; together with the kernel they cover all but a rest.
  const [longH, longW] = [strides[0] * (Ho - 1) + 1, strides[1] * (Wo - 1) + 1]
  const [coveredH, coveredW] = [longH + reachH - 1, longW + reachW - 1]

  const perFilter = tf.reshape(tf.reverse(stretch(filters, dilations, 0), [0, 1]), [
    reachH,
    reachW,
    K * M,
    1,
  ])
  const rowsFirst = stretch(tf.transpose(dy, [1, 2, 0, 3]), strides, 0)
  // How much to add around the gradient for a result of H × W; less than nothing is cut off the result.
  const [before, after] = [reachH - 1 - top, H + top - longH]
  const [ahead, behind] = [reachW - 1 - left, W + left - longW]
  const around = [before, after, ahead, behind].map((amount) => Math.max(0, amount))
  const full = slide(tf.transpose(rowsFirst, [2, 0, 1, 3]), perFilter, [1, 1], around)
  const cut = [0, Math.max(0, -before), Math.max(0, -ahead), 0]
  const inside = tf.slice(full, cut, [N, H, W, K * M])
  const dx = M === 1 ? inside : tf.sum(tf.reshape(inside, [N * H * W, K, M]), 2)

  // Images become channels: each channel of each image with its own part of the gradient.
  const padded = tf.pad(tf.transpose(x, [1, 2, 0, 3]), [
    [top, bottom],
    [left, right],
    [0, 0],
    [0, 0],
  ])
  const images = tf.reshape(tf.slice(padded, 0, [coveredH, coveredW, N, K]), [
    1,
    coveredH,
    coveredW,
    N * K,
  ])
  const kernels = tf.reshape(rowsFirst, [longH, longW, N * K, M])
  const correlated = slide(images, kernels, dilations, [0, 0, 0, 0])
  const perImage = tf.reshape(correlated, [Hf * Wf, N, K * M])
  const dFilters = N === 1 ? perImage : tf.sum(perImage, 1)
  return { dx: tf.reshape(dx, x.shape), dFilters: tf.reshape(dFilters, filters.shape) }
}
