import type { Tensor } from '../../../spec/language/tensor.ts'
import type { Definition } from '../define.ts'
import type { Graphs } from './onnx-graphs.ts'
import type { Attribute, Graph } from './onnx-model.ts'

type Given = Readonly<Partial<Record<'b' | 'h0' | 'c0' | 'P' | 'lengths', Tensor>>> &
  Readonly<Record<'U' | 'W', Tensor>>

/** The first of one direction. */
const only = (array: Tensor): Tensor => ({ ...array, shape: [1, ...array.shape] })

/** The first of one direction, with all gates behind each other along the last axis but so many. */
function joined(array: Tensor, rank: number, last: 0 | 1): Tensor {
  const { shape } = array
  if (shape.length !== rank) throw new RangeError(`an array with ${rank} axes`)
  const rest = last === 0 ? [] : shape.slice(-1)
  return { ...array, shape: [1, shape.slice(0, rank - last).reduce((a, b) => a * b, 1), ...rest] }
}

/** A recurrent layer of ONNX, whose states have an axis of directions, with so many axes of units and gates. */
export function recurrent(
  operator: string,
  { U, W, b, h0, c0, P, lengths }: Given,
  attributes: Readonly<Record<string, Attribute>>,
  axes: 1 | 2 = 2,
): Graph {
  const weights = {
    W: joined(U, axes + 1, 1),
    R: joined(W, axes + 1, 1),
    ...(b && { B: joined(b, axes + 1, 0) }),
    ...(lengths && { lengths: Int32Array.from(lengths.data) }),
    ...(h0 && { h0: only(h0) }),
    ...(c0 && { c0: only(c0) }),
    ...(P && { P: joined(P, 2, 0) }),
  }
  const states = { h: 'Y', last: 'Y_h', ...(operator === 'LSTM' && { lastCell: 'Y_c' }) }
  const names = ['W', 'R', 'B', 'lengths', 'h0', ...(operator === 'LSTM' ? ['c0', 'P'] : [])]
  return {
    input: 'x',
    weights: { ...weights, direction: [0], directions: [1] },
    nodes: [
      {
        operator,
        inputs: ['x', ...names.map((name) => (name in weights ? name : ''))],
        output: Object.values(states),
        attributes: { hidden_size: { int: W.shape.at(-1)! }, ...attributes },
      },
      ...Object.entries(states).map(([output, state]) => ({
        operator: 'Squeeze',
        inputs: [state, state === 'Y' ? 'directions' : 'direction'],
        output,
      })),
    ],
    outputs: Object.keys(states),
  }
}

export const activations = {
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
    recurrent('RNN', given, { direction, ...activations[activation] }, 1),
  'lstm.forward': (given, { direction, coupled }) =>
    recurrent('LSTM', given, { direction, input_forget: { int: Number(coupled) } }),
  'gru.forward': (given, { direction, reset }) =>
    recurrent('GRU', given, { direction, linear_before_reset: { int: Number(reset === 'after') } }),
}

/** What it does not return. */
export const cellsAtTheEnd: Definition['stateless'] & object = {
  'lstm.forward': 'LSTM gives the cells after its last step only',
}
