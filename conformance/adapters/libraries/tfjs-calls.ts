import * as tf from '@tensorflow/tfjs-core'
import type { Fast } from '../../../impl/operation.ts'
import type { OperationById } from '../../../spec/index.ts'

/** Operations as calls of TensorFlow.js. */
export type Calls = { readonly [Id in keyof OperationById]?: Fast<OperationById[Id]> }

export type Padding = 'valid' | 'same' | readonly [number, number, number, number]
type Four = [number, number, number, number]

/** Four amounts in the form of TensorFlow.js; its words are ours. */
export function pads(padding: Padding): 'valid' | 'same' | tf.backend_util.ExplicitPadding {
  if (typeof padding === 'string') return padding
  const [top, bottom, left, right] = padding
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]
}

export const image = (t: tf.Tensor) => t as tf.Tensor4D
export const pair = (values: readonly number[]) => [...values] as [number, number]

/** What windows the calls take, and in which order. */
const windows = ({ strides, dilations, padding }: Windows) =>
  [pair(strides), pads(padding), 'NHWC', pair(dilations)] as const
interface Windows {
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly padding: Padding
}

/**
 * Every operation that TensorFlow.js has a call for, as its users write it; gradients are those that
 * it derives of the call. What a backend gets wrong stays wrong.
 */
export const convolutionCalls: Calls = {
  'cnn.conv2d': ({ x, filters, bias }, { strides, dilations, padding }) => ({
    y: tf.fused.conv2d({
      x: image(x),
      filter: image(filters),
      bias,
      strides: pair(strides),
      pad: pads(padding),
      dilations: pair(dilations),
    }),
  }),
  'cnn.conv2dInputGradient': ({ filters, dy }, { imageSize, ...parameters }) => {
    const convolve = (x: tf.Tensor) => tf.conv2d(image(x), image(filters), ...windows(parameters))
    const x = tf.zeros([dy.shape[0]!, ...imageSize, filters.shape[2]!])
    return { dx: tf.grad(convolve)(x, dy) }
  },
  'cnn.conv2dFilterGradient': ({ x, dy }, { kernelSize, ...parameters }) => {
    const convolve = (filters: tf.Tensor) =>
      tf.conv2d(image(x), image(filters), ...windows(parameters))
    const filters = tf.zeros([...kernelSize, x.shape[3]!, dy.shape[3]!])
    return { dFilters: tf.grad(convolve)(filters, dy) }
  },
  'cnn.conv2dBiasGradient': ({ dy }) => {
    const shift = (bias: tf.Tensor) => tf.add(tf.zeros(dy.shape), bias)
    return { dBias: tf.grad(shift)(tf.zeros([dy.shape[3]!]), dy) }
  },
  // In full, a convolution with a flipped kernel is a transposed one without padding.
  'cnn.trueConvolution': ({ x, kernel }) => {
    const [H, W] = x.shape as [number, number]
    const [Hf, Wf] = kernel.shape as [number, number]
    const y = tf.conv2dTranspose(
      tf.expandDims(x, -1) as tf.Tensor3D,
      tf.expandDims(tf.expandDims(kernel, -1), -1) as tf.Tensor4D,
      [H + Hf - 1, W + Wf - 1, 1],
      1,
      'valid',
    )
    return { y: tf.squeeze(y, [2]) }
  },
  'cnn.zeroPad': ({ x }, { padding }) => ({ y: tf.pad(x, pads(padding) as Amounts) }),
  'cnn.zeroPadGradient': ({ dy }, { padding }) => {
    const [N, Hp, Wp, K] = dy.shape as Four
    const [top, bottom, left, right] = padding
    const x = tf.zeros([N, Hp - top - bottom, Wp - left - right, K])
    return { dx: tf.grad((x) => tf.pad(x, pads(padding) as Amounts))(x, dy) }
  },
  'efficient.depthwise': ({ x, filters }, parameters) => ({
    y: tf.depthwiseConv2d(image(x), image(filters), ...windows(parameters)),
  }),
  'efficient.depthwiseGradient': ({ x, filters, dy }, parameters) => {
    const [dx, dFilters] = tf.grads((x, filters) =>
      tf.depthwiseConv2d(image(x), image(filters), ...windows(parameters)),
    )([x, filters], dy) as [tf.Tensor, tf.Tensor]
    return { dx, dFilters }
  },
  'efficient.pointwise': ({ x, filters }) => ({
    y: tf.conv2d(image(x), image(filters), 1, 'valid'),
  }),
  'efficient.pointwiseGradient': ({ x, filters, dy }) => {
    const [dx, dFilters] = tf.grads((x, filters) =>
      tf.conv2d(image(x), image(filters), 1, 'valid'),
    )([x, filters], dy) as [tf.Tensor, tf.Tensor]
    return { dx, dFilters }
  },
}

type Amounts = [number, number][]
