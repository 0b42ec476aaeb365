import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  optional,
  padding,
  type Sizes,
  type Usual,
} from '../language/operation.ts'
import { boolean, choice } from '../language/parameter.ts'
import { deepLearning, learningToForget, spaceOdyssey } from './publications.ts'

/** Steps, sequences of a batch, units, and the gates of each unit. */
export const dimensions = {
  T: free(1, 5, 'time steps'),
  N: free(1, 3, 'sequences of a batch'),
  I: free(1, 3, 'units of the input'),
  H: free(1, 4, 'units of the state'),
  G: derived(() => 4, 'input gate, forget gate, candidate and output gate, in this order'),
  P: derived(() => 3, 'gates with peepholes: input, forget and output gate, in this order'),
} as const

/** Which step is done first: the first one, or the last one. */
const direction = choice('forward', 'reverse')

const parameters = {
  direction,
  /** Whether the forget gate is 1 minus the input gate, whatever its own weights are. */
  coupled: boolean,
} as const

const plain = { direction: 'forward', coupled: false } as const
const usual: readonly Usual[] = [
  { sizes: { N: 1, T: 5 }, parameters: plain },
  { sizes: { N: 2, T: 3 }, parameters: plain },
  { sizes: { N: 4, T: 5, I: 4, H: 4 }, parameters: plain },
  { sizes: { N: 1, T: 20, I: 1, H: 4 }, parameters: plain },
  { sizes: { N: 1, T: 5, I: 4, H: 16 }, parameters: plain },
  { sizes: { N: 2, T: 4, I: 2, H: 8 }, parameters: { ...plain, direction: 'reverse' } },
]

/** A product for each weight, at every step of every sequence. */
const work = ({ T, N, I, H }: Sizes) => 4 * T! * N! * H! * (I! + H!)

const isPadded = ({ inputs: { padded } }: CaseView) => padded!.data.some((bit) => bit === 1)
const hasPeepholes = ({ inputs: { P } }: CaseView) => P!.data.some((weight) => weight !== 0)

const classes = {
  'one step': ({ sizes }: CaseView) => sizes.T === 1,
  'several steps': ({ sizes }: CaseView) => sizes.T! > 1,
  'one sequence': ({ sizes }: CaseView) => sizes.N === 1,
  'three sequences or more, some steps of which are padding': (the: CaseView) =>
    the.sizes.N! >= 3 && isPadded(the),
  'one unit': ({ sizes }: CaseView) => sizes.H === 1,
  'several units, another number than of the input': ({ sizes }: CaseView) =>
    sizes.H! > 1 && sizes.H !== sizes.I,
  'last step first': ({ parameters }: CaseView) => parameters.direction === 'reverse',
  'last step first, with padding': (the: CaseView) =>
    the.parameters.direction === 'reverse' && isPadded(the),
  'coupled gates': ({ parameters }: CaseView) => parameters.coupled,
  'gates of their own': ({ parameters }: CaseView) => !parameters.coupled,
  peepholes: (the: CaseView) => hasPeepholes(the),
  'without peepholes': (the: CaseView) => !hasPeepholes(the),
} as const

const ofGates = 'Every sum has gates in it, or enters one.'

/** A layer of long short-term memory over whole sequences, which returns its state and its cell after every step. */
export const forward = operation({
  id: 'lstm.forward',
  title: 'Long short-term memory',
  level: 'core',
  dimensions,
  inputs: {
    x: array('the inputs of every step', 'T', 'N', 'I'),
    U: array('the weights from the input to each gate', 'G', 'H', 'I'),
    W: array('the weights from the state to each gate of the next step', 'G', 'H', 'H'),
    b: optional(array('the biases of each gate', 'G', 'H')),
    h0: optional(array('the state before the first step', 'N', 'H')),
    c0: optional(array('the cell before the first step', 'N', 'H')),
    padded: optional(padding('1 where a step of a sequence is padding', 'T', 'N')),
    P: optional(array('the peepholes: the weight of its own cell in each gate', 'P', 'H')),
  },
  parameters,
  usual,
  work,
  // Five bounded functions of each unit and step.
  effort: () => 8,
  sums: ofGates,
  outputs: {
    h: array('the state after every step', 'T', 'N', 'H'),
    c: array('the cell after every step', 'T', 'N', 'H'),
    last: array('the state after the step that is done last', 'N', 'H'),
    lastCell: array('the cell after the step that is done last', 'N', 'H'),
  },
  states: ['h', 'c'],
  classes,
})

/** Its gradients, where gradients arrive at every state and cell, at the last ones, or at all of them. */
export const forwardGradient = gradientOf(forward, {
  title: 'Gradients of long short-term memory, through time',
  by: ['x', 'U', 'W', 'b', 'h0', 'c0', 'P'],
  states: {
    h: array('the states that it is computed with', 'T', 'N', 'H'),
    c: array('the cells that it is computed with', 'T', 'N', 'H'),
    delta: array('the derivative by what enters each gate, 0 at padding', 'T', 'N', 'G', 'H'),
    back: array('the derivative by the state before each step, through that step', 'T', 'N', 'H'),
    backCell: array(
      'the derivative by the cell before each step, through that step',
      'T',
      'N',
      'H',
    ),
  },
  sums: ofGates,
  saturating: ['x', 'U', 'W', 'b', 'h0', 'c0', 'P'],
  // There and back, and the bound of each derivative by a weight goes through every step.
  work: (sizes) => 3 * work(sizes),
})

export const conventions = [
  {
    choice: 'The gates stand in the order i f g o: input, forget, candidate, output.',
    others:
      'PyTorch, cuDNN, Keras and the layers of TensorFlow.js have that order, too. ONNX has i o f g, Caffe2 i f o g, TensorFlow 1 and `tf.basicLSTMCell` i g f o.',
  },
  {
    choice: 'Time comes first, then the sequences of a batch: $T \\times N \\times D$.',
    others: 'Keras, and PyTorch with `batch_first`, have the sequences first.',
  },
  {
    choice:
      'Weights stand on the left of columns, those of the input apart from those of the state.',
    others:
      'Keras and TensorFlow.js multiply rows from the left, with the transposed weights; `tf.basicLSTMCell` packs both into one matrix, the input above the state, and the notes have the state first.',
  },
  {
    choice: 'One bias a gate, and nothing is added to it.',
    others:
      'PyTorch, ONNX and cuDNN have two, which always occur as their sum. Keras begins with 1 as bias of the forget gate (`unit_forget_bias`), and TensorFlow 1 adds `forget_bias` to it at every step.',
  },
  {
    choice: 'Gates are logistic sigmoids.',
    others:
      '`hardSigmoid`, the default of TensorFlow.js for the gates, is another function: $\\max(0, \\min(1, 0.2 a + 0.5))$ there and in ONNX, $\\max(0, \\min(1, a / 6 + 0.5))$ in Keras 3 and PyTorch.',
  },
  {
    choice:
      'Peepholes are weights of the own cell, a number a unit: of the cell before in the input and the forget gate, of the new one in the output gate.',
    others: 'Most libraries have none. ONNX keeps them in the order i o f.',
  },
  {
    choice:
      'Coupled, the forget gate is 1 minus the input gate; its own weights, bias and peepholes keep their places, and nothing depends on them.',
    others:
      'ONNX has that as `input_forget`; the library of TensorFlow 1 has a cell of its own for it.',
  },
  {
    choice: 'At a step that is padding, state and cell stay as they are and are returned again.',
    others: 'PyTorch and ONNX return zeros at such steps; the last state and cell are the same.',
  },
] as const

export const sequence = clause({
  id: 'lstm.forward.sequence',
  title: 'State and cell go from step to step',
  kind: 'formula',
  operations: [forward],
  statement:
    'At every step, the gates and the candidate are made of the input and of the state before, with the same weights; the cell is what the forget gate leaves of the cell before and what the input gate lets in of the candidate; the state is what the output gate shows of the cell, through tanh. Before the first step both are as given, or 0. In reverse, the step before is the one that comes later. At steps that are padding, both stay, whatever stands there. A sequence in two parts, the second one from where the first one ended, goes through the same states, and a sequence of a batch knows nothing of the others.',
  formula: String.raw`\begin{aligned} i^{(t)} &= \sigma(U_i x^{(t)} + W_i h^{(t-1)} + P_i \odot c^{(t-1)} + b_i) \\ f^{(t)} &= \sigma(U_f x^{(t)} + W_f h^{(t-1)} + P_f \odot c^{(t-1)} + b_f) \\ g^{(t)} &= \tanh(U_g x^{(t)} + W_g h^{(t-1)} + b_g) \\ c^{(t)} &= f^{(t)} \odot c^{(t-1)} + i^{(t)} \odot g^{(t)} \\ o^{(t)} &= \sigma(U_o x^{(t)} + W_o h^{(t-1)} + P_o \odot c^{(t)} + b_o) \\ h^{(t)} &= o^{(t)} \odot \tanh c^{(t)} \end{aligned}`,
  domain: 'At least one step; finite numbers at all steps that are no padding.',
  conventions,
  evaluations: [
    { way: 'one product of the weights side by side with the input above the state' },
    { way: 'the input projections of all steps first, with the biases added to them' },
  ],
  source: {
    notes: [
      [426, 426],
      [431, 431],
      [464, 464],
    ],
    publications: [
      { ...learningToForget, where: 'section 3' },
      { ...spaceOdyssey, where: 'section II' },
    ],
  },
  errata: [],
})

export const gradient = clause({
  id: 'lstm.bptt-gradient',
  title: 'Gradients go back through the cells and through the states',
  kind: 'gradient',
  operations: [forward, forwardGradient],
  statement:
    'The gradient by a state is what arrives at it from outside and what comes back from the gates of the next step through the transposed weights; that by a cell is what arrives at it, what comes back through the forget gate and the peepholes of the next step, and what its own state and output gate pass on. Those by the weights, the biases and the peepholes are sums over all steps and sequences of what enters the gates times the input, the state before, 1 and the cell that was seen; those by the first state and cell are what comes back from the first step. Gradients may arrive at any state and cell, at the last ones, or at all. Steps that are padding pass on what arrives, and add to nothing else. States, cells, the gradients by what enters the gates, and what comes back through each step are returned as well.',
  formula: String.raw`\begin{aligned} \eta^{(t)} &= \nabla_{h^{(t)}} E^{(t)} + \textstyle\sum W^\top \delta^{(t+1)},\quad \delta_o^{(t)} = \eta^{(t)} \odot \tanh c^{(t)} \odot \sigma'_o \\ \gamma^{(t)} &= \nabla_{c^{(t)}} E^{(t)} + \gamma^{(t+1)} \odot f^{(t+1)} + P_i \odot \delta_i^{(t+1)} + P_f \odot \delta_f^{(t+1)} \\ &\quad + \eta^{(t)} \odot o^{(t)} \odot (1 - \tanh^2 c^{(t)}) + P_o \odot \delta_o^{(t)} \\ \delta_i^{(t)} &= \gamma^{(t)} \odot g^{(t)} \odot \sigma'_i,\quad \delta_f^{(t)} = \gamma^{(t)} \odot c^{(t-1)} \odot \sigma'_f,\quad \delta_g^{(t)} = \gamma^{(t)} \odot i^{(t)} \odot (1 - g^{(t)} \odot g^{(t)}) \\ \nabla_U E &= \textstyle\sum_t \delta^{(t)} x^{(t)\top},\quad \nabla_W E = \sum_t \delta^{(t)} h^{(t-1)\top},\quad \nabla_b E = \textstyle\sum_t \delta^{(t)} \end{aligned}`,
  domain: 'As of the layer.',
  conventions,
  source: {
    notes: [[464, 464]],
    publications: [
      { ...deepLearning, where: 'section 10.10.1, by differentiation' },
      { ...spaceOdyssey, where: 'section II B' },
    ],
  },
  errata: [],
})
