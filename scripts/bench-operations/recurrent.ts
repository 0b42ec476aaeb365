import { layers } from '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Sizes } from '../../spec/language/operation.ts'
import { node } from './blocks.ts'
import type { OnnxNode } from './onnx.ts'
import { type Others, of, product, type Subject, thrice } from './subject.ts'

/** A batch of sequences as recurrent layers of speech or text have it. */
const sequence = { T: 128, N: 32, I: 256, H: 256 }
const recurrent = (gates: number) => (s: Sizes) => gates * product(s, 'T', 'N', 'H') * (s.I! + s.H!)
const inTime = { direction: 'forward' } as const

/** The bare layer of TensorFlow.js, which has the sequences first. */
function layer(make: () => ReturnType<typeof layers.simpleRNN>): NonNullable<Others['bare']> {
  let made: ReturnType<typeof make> | undefined
  return ({ x }) => {
    // Its weights are variables, which live longer than a call.
    made ??= make()
    return made.apply(tf.transpose(x!, [1, 0, 2])) as tf.Tensor
  }
}
const gated = { units: 256, returnSequences: true, recurrentActivation: 'sigmoid' } as const

/** The weights of all gates as ONNX has them, a direction first. */
function onnxLayer(type: 'RNN' | 'LSTM' | 'GRU', gates: number, ints = {}): readonly OnnxNode[] {
  const shape = (units: number) => ({ value_ints: [1, gates * 256, units] })
  return [
    node('Constant', [], 'shape', shape(256)),
    node('Reshape', ['U', 'shape'], 'Us'),
    node('Reshape', ['W', 'shape'], 'Ws'),
    node(type, ['x', 'Us', 'Ws'], 'y', { hidden_size: 256, ...ints }),
  ]
}

/** A layer of PyTorch: gates along the axis of the units, and the biases of the input and of the state. */
const torchLayer = (name: 'rnn_tanh' | 'gru' | 'lstm', state: string) =>
  `torch.${name}(x, ${state}, [U.reshape(-1, 256), W.reshape(-1, 256), b.reshape(-1), b.reshape(-1)], True, 1, 0., False, False, False)[0]`
const torchGradient = (call: string, state: string) =>
  `gradients(lambda x, U, W, b, ${state}: ${call}, [x, U, W, b, ${state}], dh)`
const ofState = torchLayer('rnn_tanh', 'h0[None]')
const ofGates = torchLayer('gru', 'h0[None]')
const ofCell = torchLayer('lstm', '(h0[None], c0[None])')

/** Recurrent layers, of which a call is a step for every element of a sequence. */
export const recurrentSubjects: readonly Subject[] = [
  of('rnn.forward', sequence, { ...inTime, activation: 'tanh' }, recurrent(1), {
    steps: 128,
    bare: layer(() => layers.simpleRNN({ units: 256, returnSequences: true })),
    onnx: onnxLayer('RNN', 1),
    torch: ofState,
  }),
  of('rnn.forwardGradient', sequence, { ...inTime, activation: 'tanh' }, thrice(recurrent(1)), {
    steps: 128,
    torch: torchGradient(ofState, 'h0'),
  }),
  of('lstm.forward', sequence, { ...inTime, coupled: false }, recurrent(4), {
    steps: 128,
    bare: layer(() => layers.lstm(gated)),
    onnx: onnxLayer('LSTM', 4),
    torch: ofCell,
  }),
  of('lstm.forwardGradient', sequence, { ...inTime, coupled: false }, thrice(recurrent(4)), {
    steps: 128,
    torch: torchGradient(ofCell, 'h0, c0'),
  }),
  of('gru.forward', sequence, { ...inTime, reset: 'before' }, recurrent(3), {
    label: 'gru.forward, reset before',
    steps: 128,
    bare: layer(() => layers.gru(gated)),
    onnx: onnxLayer('GRU', 3),
  }),
  of('gru.forward', sequence, { ...inTime, reset: 'after' }, recurrent(3), {
    label: 'gru.forward, reset after',
    steps: 128,
    onnx: onnxLayer('GRU', 3, { linear_before_reset: 1 }),
    torch: ofGates,
  }),
  of('gru.forwardGradient', sequence, { ...inTime, reset: 'after' }, thrice(recurrent(3)), {
    steps: 128,
    torch: torchGradient(ofGates, 'h0'),
  }),
].filter((subject) => subject !== undefined)
