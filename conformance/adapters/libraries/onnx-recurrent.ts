import type { Tensor } from '../../../spec/language/tensor.ts'
import type { Graphs } from './onnx-graphs.ts'
import type { Attribute, Graph } from './onnx-model.ts'

type Given = Readonly<Partial<Record<'b' | 'h0' | 'lengths', Tensor>>> &
  Readonly<Record<'U' | 'W', Tensor>>

/** Arrays in the first of one direction. */
const only = (array: Tensor): Tensor => ({ ...array, shape: [1, ...array.shape] })

/** The two biases of all units behind each other. */
function behind(b: Tensor): Tensor {
  if (b.shape.length !== 2) throw new RangeError('biases with one axis')
  return { ...b, shape: [1, b.data.length] }
}

/** A recurrent layer of ONNX, whose states have an axis of directions. */
function recurrent(
  operator: string,
  { U, W, b, h0, lengths }: Given,
  attributes: Readonly<Record<string, Attribute>>,
): Graph {
  const weights = {
    W: only(U),
    R: only(W),
    ...(b && { B: behind(b) }),
    ...(lengths && { lengths: Int32Array.from(lengths.data) }),
    ...(h0 && { h0: only(h0) }),
  }
  const present = ['W', 'R', 'B', 'lengths', 'h0'].map((name) => (name in weights ? name : ''))
  return {
    input: 'x',
    weights: { ...weights, last: [0], each: [1] },
    nodes: [
      {
        operator,
        inputs: ['x', ...present],
        output: ['Y', 'Y_h'],
        attributes: { hidden_size: { int: W.shape.at(-1)! }, ...attributes },
      },
      { operator: 'Squeeze', inputs: ['Y', 'each'], output: 'h' },
      { operator: 'Squeeze', inputs: ['Y_h', 'last'], output: 'state' },
    ],
    outputs: ['h', 'state'],
  }
}

const activations = {
  tanh: { activations: ['Tanh'] },
  relu: { activations: ['Relu'] },
  linear: {
    activations: ['Affine'],
    activation_alpha: { reals: [1] },
    activation_beta: { reals: [0] },
  },
} as const

/** Recurrent layers as graphs of ONNX. */
export const recurrentGraphs: Graphs = {
  'rnn.forward': (given, { activation, direction }) =>
    recurrent('RNN', given, { direction, ...activations[activation] }),
}
