import { extent, paddingAmounts } from '../../../spec/cnn/window.ts'
import type { OperationById } from '../../../spec/index.ts'
import type { ParametersOf } from '../../../spec/language/operation.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import type { Attribute, Graph, Node } from './onnx-model.ts'

/** Operations as graphs of ONNX: one operator, between the transpositions from and to our layout. */
export type Graphs = {
  readonly [Id in keyof OperationById]?: (
    inputs: { readonly [Input in keyof OperationById[Id]['inputs']]: Tensor },
    parameters: ParametersOf<OperationById[Id]>,
  ) => Graph
}

type Attributes = Readonly<Record<string, Attribute>>

interface Windows {
  readonly strides: readonly number[]
  readonly dilations?: readonly number[]
  readonly padding: 'valid' | 'same' | readonly number[]
}

/**
 * Windows with amounts of padding for `same`, as ONNX asks for: its own words for it are there for
 * old models only. All amounts before, then all after. What is no word of ours may be one of ONNX's.
 */
export function windows(
  x: Tensor,
  kernel: readonly number[],
  { strides, dilations = [1, 1], padding }: Windows,
): Attributes {
  if (typeof padding === 'string' && padding !== 'same') {
    return { strides, dilations, auto_pad: padding.toUpperCase() }
  }
  const [top, bottom] = amounts(0)
  const [left, right] = amounts(1)
  return { strides, dilations, pads: [top, left, bottom, right] }

  function amounts(axis: 0 | 1) {
    const reach = extent(kernel[axis]!, dilations[axis]!)
    return paddingAmounts(padding as 'same', axis, x.shape[axis + 1]!, reach, strides[axis]!)
  }
}

const transpose = (input: string, output: string, perm: readonly number[]): Node => ({
  operator: 'Transpose',
  inputs: [input],
  output,
  attributes: { perm },
})

/** Nodes on an image, whose channels ONNX wants first. */
export const channelsFirst = (input: string, nodes: readonly Node[]): readonly Node[] => [
  transpose(input, 'image', [0, 3, 1, 2]),
  ...nodes,
  transpose('result', 'answer', [0, 2, 3, 1]),
]

export const one = (
  operator: string,
  attributes: Attributes = {},
  ...more: readonly string[]
): Node => ({
  operator,
  inputs: ['image', ...more],
  output: 'result',
  attributes,
})

const reshape = (input: string, shape: string, output: string): Node => ({
  operator: 'Reshape',
  inputs: [input, shape],
  output,
})

/** H × W × K × Q to Q × K × H × W. */
const bank = transpose('filters', 'bank', [3, 2, 0, 1])

export const convolutionGraphs: Graphs = {
  'cnn.conv2d': ({ x, filters, bias }, parameters) => ({
    input: 'x',
    weights: { filters, ...(bias && { bias }) },
    nodes: [
      bank,
      ...channelsFirst('x', [
        one('Conv', windows(x, filters.shape, parameters), 'bank', ...(bias ? ['bias'] : [])),
      ]),
    ],
  }),
  // The output padding is what the size of the image exceeds that of the smallest one by.
  'cnn.conv2dInputGradient': ({ filters, dy }, parameters) => {
    const { imageSize, strides, dilations } = parameters
    const sides = ([0, 1] as const).map((axis) => {
      const [size, stride] = [imageSize[axis]!, strides[axis]]
      const reach = extent(filters.shape[axis]!, dilations[axis])
      const [before, after] = paddingAmounts(parameters.padding, axis, size, reach, stride)
      const smallest = stride * (dy.shape[axis + 1]! - 1) + reach - before - after
      return { before, after, more: size - smallest }
    })
    const attributes = {
      strides,
      dilations,
      pads: [...sides.map(({ before }) => before), ...sides.map(({ after }) => after)],
      output_padding: sides.map(({ more }) => more),
    }
    return {
      input: 'dy',
      weights: { filters },
      nodes: [bank, ...channelsFirst('dy', [one('ConvTranspose', attributes, 'bank')])],
    }
  },
  'cnn.conv2dBiasGradient': () => ({
    input: 'dy',
    weights: { axes: [0, 1, 2] },
    nodes: [
      {
        operator: 'ReduceSum',
        inputs: ['dy', 'axes'],
        output: 'answer',
        attributes: { keepdims: { int: 0 } },
      },
    ],
  }),
  // In full, a convolution with a flipped kernel is a transposed one without padding.
  'cnn.trueConvolution': ({ kernel }) => ({
    input: 'x',
    weights: { kernel, axes: [0, 1] },
    nodes: [
      { operator: 'Unsqueeze', inputs: ['kernel', 'axes'], output: 'bank' },
      { operator: 'Unsqueeze', inputs: ['x', 'axes'], output: 'image' },
      one('ConvTranspose', {}, 'bank'),
      { operator: 'Squeeze', inputs: ['result', 'axes'], output: 'answer' },
    ],
  }),
  'cnn.zeroPad': (_, { padding: [top, bottom, left, right] }) => ({
    input: 'x',
    weights: { amounts: [0, top, left, 0, 0, bottom, right, 0] },
    nodes: [{ operator: 'Pad', inputs: ['x', 'amounts'], output: 'answer' }],
  }),
  // An amount below zero takes off.
  'cnn.zeroPadGradient': (_, { padding: [top, bottom, left, right] }) => ({
    input: 'dy',
    weights: { amounts: [0, -top, -left, 0, 0, -bottom, -right, 0] },
    nodes: [{ operator: 'Pad', inputs: ['dy', 'amounts'], output: 'answer' }],
  }),
  'efficient.depthwise': ({ x, filters }, parameters) => ({
    input: 'x',
    weights: { filters, shape: [x.shape[3]! * filters.shape[3]!, 1, ...filters.shape.slice(0, 2)] },
    nodes: [
      transpose('filters', 'apart', [2, 3, 0, 1]),
      reshape('apart', 'shape', 'bank'),
      ...channelsFirst('x', [
        one(
          'Conv',
          { ...windows(x, filters.shape, parameters), group: { int: x.shape[3]! } },
          'bank',
        ),
      ]),
    ],
  }),
  'efficient.pointwise': ({ filters }) => ({
    input: 'x',
    weights: { filters },
    nodes: [bank, ...channelsFirst('x', [one('Conv', {}, 'bank')])],
  }),
  'efficient.groupPointwise': ({ filters }) => ({
    input: 'x',
    weights: { filters, shape: [-1, filters.shape[1]!, 1, 1] },
    nodes: [
      transpose('filters', 'apart', [0, 2, 1]),
      reshape('apart', 'shape', 'bank'),
      ...channelsFirst('x', [one('Conv', { group: { int: filters.shape[0]! } }, 'bank')]),
    ],
  }),
}
