import * as tf from '@tensorflow/tfjs-core'
import type { OperationById } from '../../../spec/index.ts'
import type { GradientName } from '../../../spec/language/gradient.ts'
import type { Parameters } from '../../../spec/language/operation.ts'
import type { OptionalIn } from '../../engine/support.ts'
import type { ArraysUnder, ParametersUnder } from '../../protocol/conventions.ts'

/** Gradients are those of calls, which are asked for at an array, zeros or not; masks are of what is there. */
export const conventions = { derivative: 'at zeros', sequences: 'mask' } as const
type Asked = typeof conventions

/** What an operation may keep to itself. */
type StatesOf<Id extends keyof OperationById> = OperationById[Id] extends {
  readonly states: readonly (infer State)[]
}
  ? State
  : never

/** That, and derivatives by what is left out. */
type MayBeMissing<Id extends keyof OperationById> =
  | StatesOf<Id>
  | GradientName<OptionalIn<OperationById[Id]['inputs']> & string>

/** Operations as calls of TensorFlow.js. */
export type Calls = {
  readonly [Id in keyof OperationById]?: (
    inputs: ArraysOf<ArraysUnder<Asked, OperationById[Id]>>,
    parameters: ParametersUnder<Asked, OperationById[Id]>,
  ) => {
    readonly [Name in Exclude<keyof OperationById[Id]['outputs'], MayBeMissing<Id>>]: tf.Tensor
  } & { readonly [Name in MayBeMissing<Id> & string]?: tf.Tensor }
}

/** Arrays, those that may be left out as well. */
type ArraysOf<Arrays> = {
  readonly [Name in Exclude<keyof Arrays, OptionalIn<Arrays>>]: tf.Tensor
} & { readonly [Name in OptionalIn<Arrays>]?: tf.Tensor }

type Padding = 'valid' | 'same' | readonly [number, number, number, number]
type Two = readonly number[]

/** Four amounts in the form of TensorFlow.js; its words are ours. */
function pads(padding: Padding): 'valid' | 'same' | tf.backend_util.ExplicitPadding {
  if (typeof padding === 'string') return padding
  const [top, bottom, left, right] = padding
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]
}

const image = (t: tf.Tensor) => t as tf.Tensor4D
const pair = (values: Two) => [...values] as [number, number]

/** What windows the calls take, and in which order. */
const windows = ({ strides, dilations, padding }: Parameters) =>
  [pair(strides), pads(padding), 'NHWC', pair(dilations)] as const
const pooled = ({ kernel, strides, padding }: Parameters) =>
  [pair(kernel), pair(strides), pads(padding)] as const

const convolve = (w: Parameters) => (x: tf.Tensor, f: tf.Tensor) =>
  tf.conv2d(image(x), image(f), ...windows(w))
const depthwise = (w: Parameters) => (x: tf.Tensor, f: tf.Tensor) =>
  tf.depthwiseConv2d(image(x), image(f), ...windows(w))
const pointwise = (x: tf.Tensor, f: tf.Tensor) => tf.conv2d(image(x), image(f), 1, 'valid')
const pad =
  (padding: Padding) =>
  (x: tf.Tensor): tf.Tensor =>
    tf.pad(x, pads(padding) as [number, number][])
const flatten = (x: tf.Tensor): tf.Tensor => tf.reshape(x, [x.shape[0]!, -1])
const maxPool = (p: Parameters) => (x: tf.Tensor) => tf.maxPool(image(x), ...pooled(p))
const averagePool = (p: Parameters) => (x: tf.Tensor) => tf.avgPool(image(x), ...pooled(p))
const normalize =
  ({ radius, kappa, alpha, beta }: Parameters) =>
  (x: tf.Tensor) =>
    tf.localResponseNormalization(image(x), radius, kappa, alpha, beta)
const activations: Readonly<Record<string, (x: tf.Tensor, slope: number) => tf.Tensor>> = {
  relu: tf.relu,
  'leaky-relu': tf.leakyRelu,
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
}
const activate =
  ({ activation, slope }: Parameters) =>
  (x: tf.Tensor) =>
    activations[activation]!(x, slope)

/** The gradient by the image, and that by both the image and the filters. */
const byImage = (call: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, dy: tf.Tensor) => ({
  dx: tf.grad(call)(x, dy),
})
const byBoth = (
  call: (x: tf.Tensor, filters: tf.Tensor) => tf.Tensor,
  { x, filters, dy }: Readonly<Record<'x' | 'filters' | 'dy', tf.Tensor>>,
) => {
  const [dx, dFilters] = tf.grads(call)([x, filters], dy) as [tf.Tensor, tf.Tensor]
  return { dx, dFilters }
}

/**
 * Every operation that TensorFlow.js has a call for, as its users write it; gradients are those that
 * it derives of the call. What a backend gets wrong stays wrong.
 */
export const calls: Calls = {
  'cnn.conv2d': ({ x, filters, bias }, { strides, dilations, padding }) => ({
    y: tf.fused.conv2d({
      x: image(x),
      filter: image(filters),
      ...(bias && { bias }),
      strides: pair(strides),
      pad: pads(padding),
      dilations: pair(dilations),
    }),
  }),
  'cnn.conv2dInputGradient': ({ x, filters, dy }, given) =>
    byImage((x) => convolve(given)(x, filters), x, dy),
  'cnn.conv2dFilterGradient': ({ x, filters, dy }, given) => ({
    dFilters: tf.grad((filters) => convolve(given)(x, filters))(filters, dy),
  }),
  'cnn.conv2dBiasGradient': ({ bias, dy }) => ({
    dBias: tf.grad((bias) => tf.add(tf.zeros(dy.shape), bias))(bias, dy),
  }),
  // In full, a convolution with a flipped kernel is a transposed one without padding.
  'cnn.trueConvolution': ({ x, kernel }) => {
    const size = ([0, 1] as const).map((axis) => x.shape[axis]! + kernel.shape[axis]! - 1)
    const bank = tf.expandDims(tf.expandDims(kernel, -1), -1) as tf.Tensor4D
    const one = tf.expandDims(x, -1) as tf.Tensor3D
    const y = tf.conv2dTranspose(one, bank, [...pair(size), 1], 1, 'valid')
    return { y: tf.squeeze(y, [2]) }
  },
  'cnn.zeroPad': ({ x }, { padding }) => ({ y: pad(padding)(x) }),
  'cnn.zeroPadGradient': ({ x, dy }, { padding }) => byImage(pad(padding), x, dy),
  'efficient.depthwise': ({ x, filters }, given) => ({ y: depthwise(given)(x, filters) }),
  'efficient.depthwiseGradient': (inputs, given) => byBoth(depthwise(given), inputs),
  'efficient.pointwise': ({ x, filters }) => ({ y: pointwise(x, filters) }),
  'efficient.pointwiseGradient': (inputs) => byBoth(pointwise, inputs),
  'cnn.maxPool': ({ x }, given) => ({ y: maxPool(given)(x) }),
  'cnn.maxPoolGradient': ({ x, dy }, given) => byImage(maxPool(given), x, dy),
  'cnn.averagePool': ({ x }, given) => ({ y: averagePool(given)(x) }),
  'cnn.averagePoolGradient': ({ x, dy }, given) => byImage(averagePool(given), x, dy),
  'cnn.lrnAcross': ({ x }, given) => ({ y: normalize(given)(x) }),
  'cnn.lrnAcrossGradient': ({ x, dy }, given) => byImage(normalize(given), x, dy),
  'cnn.activation': ({ x }, given) => ({ y: activate(given)(x) }),
  'cnn.activationGradient': ({ x, dy }, given) => byImage(activate(given), x, dy),
  'activation.derivative': ({ x }, { activation }) => ({
    slope: tf.grad((x: tf.Tensor) => activations[activation]!(x, 0))(x),
  }),
  'cnn.flatten': ({ x }) => ({ y: flatten(x) }),
  'cnn.flattenGradient': ({ x, dy }) => byImage(flatten, x, dy),
  'cnn.dense': ({ x, weights, bias }) => ({
    y: tf.fused.matMul({ a: x as tf.Tensor2D, b: weights as tf.Tensor2D, ...(bias && { bias }) }),
  }),
  'cnn.flip': ({ x }) => ({ y: tf.image.flipLeftRight(image(x)) }),
}
