import type { Parameters } from '../../../spec/language/operation.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { channelsFirst, type Graphs, one, windows } from './onnx-graphs.ts'
import type { Attribute, Graph } from './onnx-model.ts'

/** One operator on an image. */
const onImage = (operator: string, attributes: Readonly<Record<string, Attribute>>): Graph => ({
  input: 'x',
  weights: {},
  nodes: channelsFirst('x', [one(operator, attributes)]),
})

const pooling = (x: Tensor, { kernel, strides, padding }: Parameters) => {
  const { dilations, ...rest } = windows(x, kernel, { strides, padding })
  return { kernel_shape: kernel, ...rest }
}

const activations = { relu: 'Relu', 'leaky-relu': 'LeakyRelu', sigmoid: 'Sigmoid', tanh: 'Tanh' }

/** Pooling, normalization, activation, and what a classifier is made of. */
export const poolingGraphs: Graphs = {
  'cnn.maxPool': ({ x }, parameters) => onImage('MaxPool', pooling(x, parameters)),
  'cnn.averagePool': ({ x }, parameters) => onImage('AveragePool', pooling(x, parameters)),
  // ONNX divides alpha by the number of channels in a group.
  'cnn.lrnAcross': (_, { radius, kappa, alpha, beta }) => {
    const size = 2 * radius + 1
    return onImage('LRN', { size: { int: size }, alpha: alpha * size, beta, bias: kappa })
  },
  'cnn.activation': (_, { activation, slope }) => ({
    input: 'x',
    weights: {},
    nodes: [
      {
        operator: activations[activation],
        inputs: ['x'],
        output: 'answer',
        attributes: activation === 'leaky-relu' ? { alpha: slope } : {},
      },
    ],
  }),
  'cnn.flatten': () => ({
    input: 'x',
    weights: {},
    nodes: [
      { operator: 'Flatten', inputs: ['x'], output: 'answer', attributes: { axis: { int: 1 } } },
    ],
  }),
  'cnn.dense': ({ weights, bias }) => ({
    input: 'x',
    weights: { weights, ...(bias && { bias }) },
    nodes: [
      {
        operator: 'Gemm',
        inputs: ['x', 'weights', ...(bias ? ['bias'] : [])],
        output: 'answer',
      },
    ],
  }),
  // Columns from the last one on, down to before the first.
  'cnn.flip': ({ x }) => ({
    input: 'x',
    weights: { from: [-1], to: [-x.shape[2]! - 1], axis: [2], step: [-1] },
    nodes: [{ operator: 'Slice', inputs: ['x', 'from', 'to', 'axis', 'step'], output: 'answer' }],
  }),
}
