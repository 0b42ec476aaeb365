import { extent } from '../../../spec/cnn/window.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import type { Operations } from '../define.ts'
import type { Attribute, Graph } from './onnx-model.ts'

/**
 * The conventions of ONNX: amounts before and then behind, α of a mean, a group by its size; of recurrent
 * layers lengths, zeros behind them, two biases, and its order of gates.
 */
export const conventions = {
  padding: 'pads',
  alpha: 'mean',
  group: 'size',
  sequences: 'lengths',
  paddedStates: 'zeros',
  biases: 'two',
  lstmGates: 'iofg',
} as const

/** Channels come first but where they are flattened, or where an axis of groups has its own order. */
export const axes = {
  layout: 'channels first',
  filters: 'GBA',
  'cnn.flatten': 'channels last',
} as const

type Asked = Required<Operations<typeof conventions>>

/** Operations as graphs of ONNX. */
export type Graphs = { readonly [Id in keyof Asked]?: (...asked: Parameters<Asked[Id]>) => Graph }

type Weights = Graph['weights']

/** One operator on an array and on weights. */
function one(
  operator: string,
  attributes: Readonly<Record<string, Attribute>> = {},
  weights: Weights = {},
  input = 'x',
): Graph {
  const inputs = [input, ...Object.keys(weights)]
  return { input, weights, nodes: [{ operator, inputs, output: 'answer', attributes }] }
}

/** A bank of filters for groups of channels, whose first two axes are one in ONNX. */
function grouped({ dtype, shape, data }: Tensor, rank: 3 | 4): Tensor {
  if (shape.length !== rank) throw new RangeError(`filters with ${rank} axes`)
  const [groups, each, ...rest] = shape as [number, number, ...number[]]
  return { dtype, data, shape: [groups * each, ...(rank === 4 ? [1, ...rest] : [...rest, 1, 1])] }
}

const words = { relu: 'Relu', 'leaky-relu': 'LeakyRelu', sigmoid: 'Sigmoid', tanh: 'Tanh' }

export const graphs: Graphs = {
  'cnn.conv2d': ({ filters, bias }, { strides, dilations, padding }) =>
    one('Conv', { strides, dilations, pads: padding }, { filters, ...(bias && { bias }) }),
  // The output padding is what the size of the image exceeds that of the smallest one by.
  'cnn.conv2dInputGradient': ({ filters, dy }, { imageSize, strides, dilations, padding }) => {
    const more = ([0, 1] as const).map((axis) => {
      const reach = extent(filters.shape[2 + axis]!, dilations[axis])
      const padded = strides[axis] * (dy.shape[2 + axis]! - 1) + reach
      return imageSize[axis]! - (padded - padding[axis] - padding[axis === 0 ? 2 : 3])
    })
    const attributes = { strides, dilations, pads: padding, output_padding: more }
    return one('ConvTranspose', attributes, { filters }, 'dy')
  },
  'cnn.conv2dBiasGradient': () =>
    one('ReduceSum', { keepdims: { int: 0 } }, { axes: [0, 2, 3] }, 'dy'),
  'gan.tconv2d': ({ filters, bias }, { strides, dilations, padding, outputPadding, groups }) => {
    const attributes = { strides, dilations, pads: padding, output_padding: outputPadding }
    const weights = { filters, ...(bias && { bias }) }
    return one('ConvTranspose', { ...attributes, group: { int: groups } }, weights, 'z')
  },
  'gan.batchNormInference': ({ gamma, beta, mean, variance }, { epsilon }) =>
    one('BatchNormalization', { epsilon }, { gamma, beta, mean, variance }),
  // In full, a convolution with a flipped kernel is a transposed one without padding.
  'cnn.trueConvolution': ({ kernel }) => ({
    input: 'x',
    weights: { kernel, axes: [0, 1] },
    nodes: [
      { operator: 'Unsqueeze', inputs: ['kernel', 'axes'], output: 'bank' },
      { operator: 'Unsqueeze', inputs: ['x', 'axes'], output: 'image' },
      { operator: 'ConvTranspose', inputs: ['image', 'bank'], output: 'result' },
      { operator: 'Squeeze', inputs: ['result', 'axes'], output: 'answer' },
    ],
  }),
  'cnn.zeroPad': (_, { padding: [top, bottom, left, right] }) =>
    one('Pad', {}, { amounts: [0, 0, top, left, 0, 0, bottom, right] }),
  // An amount below zero takes off.
  'cnn.zeroPadGradient': (_, { padding: [top, bottom, left, right] }) =>
    one('Pad', {}, { amounts: [0, 0, -top, -left, 0, 0, -bottom, -right] }, 'dy'),
  'efficient.depthwise': ({ filters }, { strides, dilations, padding }) => {
    const group = { int: filters.shape[0]! }
    return one('Conv', { strides, dilations, pads: padding, group }, { bank: grouped(filters, 4) })
  },
  'efficient.pointwise': ({ filters }) => one('Conv', {}, { filters }),
  'efficient.groupPointwise': ({ filters }) =>
    one('Conv', { group: { int: filters.shape[0]! } }, { bank: grouped(filters, 3) }),
  'cnn.maxPool': (_, { kernel, strides, padding }) =>
    one('MaxPool', { kernel_shape: kernel, strides, pads: padding }),
  'cnn.averagePool': (_, { kernel, strides, padding }) =>
    one('AveragePool', { kernel_shape: kernel, strides, pads: padding }),
  'cnn.lrnAcross': (_, { size, kappa, alpha, beta }) =>
    one('LRN', { size: { int: size }, alpha, beta, bias: kappa }),
  'cnn.activation': (_, { activation, slope }) =>
    one(words[activation], activation === 'leaky-relu' ? { alpha: slope } : {}),
  'cnn.flatten': () => one('Flatten', { axis: { int: 1 } }),
  'cnn.dense': ({ weights, bias }) => one('Gemm', {}, { weights, ...(bias && { bias }) }),
  // Columns from the last one on, down to before the first.
  'cnn.flip': ({ x }) =>
    one('Slice', {}, { from: [-1], to: [-x.shape[3]! - 1], axis: [3], step: [-1] }),
}
