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
import { choice } from '../language/parameter.ts'
import { isPadded } from '../language/sequences.ts'
import { deepLearning, encoderDecoder, evaluation, keras } from './publications.ts'

/** Steps, sequences of a batch, units, and what each unit has three of: z, r and the candidate n. */
export const dimensions = {
  T: free(1, 5, 'time steps'),
  N: free(1, 3, 'sequences of a batch'),
  I: free(1, 3, 'units of the input'),
  H: free(1, 4, 'units of the state'),
  G: derived(() => 3, 'the update gate, the reset gate and the candidate'),
} as const

/** Whether the reset gate comes before the product of the recurrent weights with the state, or after it. */
export const reset = choice('before', 'after')

/** Which step is done first: the first one, or the last one. */
export const direction = choice('forward', 'reverse')

const parameters = { reset, direction }
const before = { reset: 'before', direction: 'forward' } as const
const after = { reset: 'after', direction: 'forward' } as const
const usual: readonly Usual[] = [
  { sizes: { N: 1, T: 5 }, parameters: before },
  { sizes: { N: 2, T: 3 }, parameters: after },
  { sizes: { N: 4, T: 5, I: 4, H: 4 }, parameters: after },
  { sizes: { N: 1, T: 10, I: 1, H: 4 }, parameters: before },
  { sizes: { N: 1, T: 5, I: 4, H: 8 }, parameters: after },
  { sizes: { N: 2, T: 4, I: 2, H: 4 }, parameters: { ...after, direction: 'reverse' } },
]

/** A product for each weight, at every step of every sequence. */
const work = ({ T, N, I, H }: Sizes) => 3 * T! * N! * H! * (I! + H!)

/** Exponentials, a quotient and the products of the gates, where a layer without gates has a tanh. */
const effort = () => 16

/** Why errors of gates are not judged by the statistics of sums of products. */
const ofGates = 'Every sum goes through a sigmoid or through tanh.'

const classes = {
  'one step': ({ sizes }: CaseView) => sizes.T === 1,
  'several steps': ({ sizes }: CaseView) => sizes.T! > 1,
  'one sequence': ({ sizes }: CaseView) => sizes.N === 1,
  'three sequences or more': ({ sizes }: CaseView) => sizes.N! >= 3,
  'one unit': ({ sizes }: CaseView) => sizes.H === 1,
  'several units, another number than of the input': ({ sizes }: CaseView) =>
    sizes.H! > 1 && sizes.H !== sizes.I,
  'as many units as gates': ({ sizes }: CaseView) => sizes.H === 3,
  'reset before the product': ({ parameters }: CaseView) => parameters.reset === 'before',
  'reset after the product': ({ parameters }: CaseView) => parameters.reset === 'after',
  'last step first': ({ parameters }: CaseView) => parameters.direction === 'reverse',
  'padding behind': (the: CaseView) => isPadded('behind', the),
  'padding before': (the: CaseView) => isPadded('before', the),
} as const

/** A layer of gated recurrent units over whole sequences, which returns its state after every step. */
export const forward = operation({
  id: 'gru.forward',
  title: 'Gated recurrent units',
  level: 'core',
  dimensions,
  inputs: {
    x: array('the inputs of every step', 'T', 'N', 'I'),
    U: array('the weights from the input: of z, of r, of the candidate', 'G', 'H', 'I'),
    W: array('the weights from the state: of z, of r, of the candidate', 'G', 'H', 'H'),
    b: optional(array('the biases: of z, of r, of the candidate', 'G', 'H')),
    bn: optional(array('the bias that the candidate adds to what comes from the state', 'H')),
    h0: optional(array('the state before the first step', 'N', 'H')),
    padded: optional(padding('1 where a step of a sequence is padding', 'T', 'N')),
  },
  parameters,
  usual,
  work,
  effort,
  sums: ofGates,
  outputs: {
    h: array('the state after every step', 'T', 'N', 'H'),
    last: array('the state after the step that is done last', 'N', 'H'),
  },
  states: ['h'],
  classes,
})

/** Its gradients, where a gradient arrives at every state, at the last one, or at both. */
export const forwardGradient = gradientOf(forward, {
  title: 'Gradients of gated recurrent units, through time',
  by: ['x', 'U', 'W', 'b', 'bn', 'h0'],
  sums: ofGates,
  saturating: ['x', 'U', 'W', 'b', 'bn', 'h0'],
  states: {
    h: forward.outputs.h,
    back: array('the derivative by the state before every step', 'T', 'N', 'H'),
  },
  // There and back, and the bound of each derivative by a weight goes through every step.
  work: (sizes) => 3 * work(sizes),
})

export const conventions = [
  {
    choice:
      'The update gate $z$ says how much of the state is kept; $1 - z$ of the candidate is taken.',
    others:
      'Chung et al. (2014) take $z$ of the candidate and keep $1 - z$ of the state, which is the same layer with the signs of the weights and biases of $z$ changed. Keras, PyTorch, ONNX and Flax have it as it is here.',
  },
  {
    choice:
      'The gates stand in the order $z$, $r$, candidate along an axis of their own, the first one of the weights and biases.',
    others:
      'Keras, TensorFlow.js and ONNX have this order along the axis of the units; PyTorch, cuDNN and Flax have $r$, $z$, candidate.',
  },
  {
    choice: 'Whether the reset gate comes before or after the product with $W_n$ is a parameter.',
    others:
      'Cho et al. (2014) and TensorFlow.js have it before; cuDNN, PyTorch and Flax after; Keras and ONNX offer both, by `reset_after` and `linear_before_reset`. They are different functions, of the same parameters.',
  },
  {
    choice:
      'One bias for each gate, and a second one, $b_m$, of the candidate alone. Reset before the product it is added to the first; reset after the product, the reset gate multiplies it as well.',
    others:
      'PyTorch, ONNX and Keras with `reset_after` have two biases for each gate, of the input and of the state; those of $z$ and $r$ always occur as their sum. Flax has as many as there are here.',
  },
  {
    choice:
      'Time comes first, states are columns with their weights on the left, and at a step that is padding the state stays as it is.',
    others: 'As of recurrent layers without gates; their clauses name what libraries do.',
  },
] as const

const gates = String.raw`z = \sigma(U_z x^{(t)} + W_z h^{(t-1)} + b_z),\quad r = \sigma(U_r x^{(t)} + W_r h^{(t-1)} + b_r)`

export const state = clause({
  id: 'gru.forward.state',
  title: 'A state is part of the one before and part of a candidate',
  kind: 'formula',
  operations: [forward],
  statement:
    'The update gate and the reset gate are sigmoids of weighted sums of the input and of the state before, and of a bias. The candidate is tanh of such a sum in which the reset gate multiplies the state before it meets its weights, or what the weights made of it. The new state is $z$ times the state before and $1 - z$ times the candidate, unit by unit. Before the first step the state is as given, or 0; in reverse, the step before is the one that comes later; at steps that are padding, the state stays. No state is larger in magnitude than 1 or the largest number of the first state of its sequence, whichever is more. Units in another order, in all weights and biases, have states in that order.',
  formula: String.raw`${gates},\qquad n = \tanh(U_n x^{(t)} + b_n + W_n (r \odot h^{(t-1)}) + b_m)\qquad \text{or}\quad n = \tanh(U_n x^{(t)} + b_n + r \odot (W_n h^{(t-1)} + b_m)),\qquad h^{(t)} = z \odot h^{(t-1)} + (1 - z) \odot n`,
  domain: 'At least one step; finite numbers at all steps that are no padding.',
  conventions,
  evaluations: [
    { way: 'the candidate, and z times what the state before has more than it' },
    { way: 'the share of the candidate as the sigmoid of the negative sum' },
    { way: 'the input projections of all steps first, with the biases added to them' },
  ],
  source: {
    notes: [[466, 466]],
    publications: [
      { ...encoderDecoder, where: 'equations 5 to 8' },
      { ...evaluation, where: 'section 3.2' },
      { ...deepLearning, where: 'section 10.10.2' },
      { ...keras, where: 'GRU layer, reset_after' },
    ],
  },
  errata: [
    {
      id: 'E-91',
      lines: [466, 466],
      says: 'The layer is described by its gates, without a formula; two are in use that differ in where the reset gate comes.',
      counterexample:
        'Two units, z = 0, r = (1, 0), first state (1, 1), weights of the candidate 1 everywhere: the first unit becomes tanh 1 with the reset gate before the product, tanh 2 with it after.',
      correction: 'Which of both it is belongs to the layer, as a parameter.',
      settledBy: { ...keras, where: 'GRU layer, reset_after' },
    },
  ],
})

export const gradient = clause({
  id: 'gru.forward.gradient',
  title: 'Gradients of gated recurrent units go back by four ways',
  kind: 'gradient',
  operations: [forward, forwardGradient],
  statement:
    'What arrives at a state, from outside and from the next step, goes back to the state before through the share that is kept, through the update gate, through the reset gate, and through the candidate. The gradients by weights and biases are sums over all steps and sequences, of the gradient by what enters a gate times what its weights multiply: the input, the state before, or that state after the reset gate. Steps that are padding pass the gradient of their state on, and add to nothing else.',
  formula: String.raw`\delta_n = g \odot (1 - z) \odot (1 - n^2),\quad \delta_z = g \odot (h^{(t-1)} - n) \odot z \odot (1 - z),\quad \delta_r = m \odot r \odot (1 - r),\qquad \nabla_{h^{(t-1)}} E = g \odot z + W_z^\top \delta_z + W_r^\top \delta_r + k,\qquad m = (W_n^\top \delta_n) \odot h^{(t-1)},\ k = (W_n^\top \delta_n) \odot r\ \text{or}\ m = \delta_n \odot (W_n h^{(t-1)} + b_m),\ k = W_n^\top (\delta_n \odot r)`,
  domain: 'As of the layer.',
  conventions,
  source: {
    notes: [[466, 466]],
    publications: [
      { ...encoderDecoder, where: 'equations 5 to 8, by differentiation' },
      { ...deepLearning, where: 'section 10.2.2' },
    ],
  },
  errata: [],
})
