import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  optional,
  type Parameters,
  padding,
  type Sizes,
  type Usual,
} from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { isPadded } from '../language/sequences.ts'
import { deepLearning } from './publications.ts'

/** Steps, sequences of a batch, and units. */
export const dimensions = {
  T: free(1, 5, 'time steps'),
  N: free(1, 3, 'sequences of a batch'),
  I: free(1, 3, 'units of the input'),
  H: free(1, 4, 'units of the state'),
} as const

/** What is made of U x + W h + b: tanh, its part above 0, or nothing. */
export const activation = choice('tanh', 'relu', 'linear')

/** Which step is done first: the first one, or the last one. */
export const direction = choice('forward', 'reverse')

const parameters = { activation, direction }
const tanh = { activation: 'tanh', direction: 'forward' } as const
const usual: readonly Usual[] = [
  { sizes: { N: 1, T: 5 }, parameters: tanh },
  { sizes: { N: 2, T: 3 }, parameters: tanh },
  { sizes: { N: 4, T: 5, I: 4, H: 4 }, parameters: tanh },
  { sizes: { N: 1, T: 20, I: 1, H: 4 }, parameters: tanh },
  { sizes: { N: 1, T: 5, I: 4, H: 16 }, parameters: tanh },
  { sizes: { N: 2, T: 4, I: 2, H: 8 }, parameters: { ...tanh, direction: 'reverse' } },
  { sizes: { N: 2, T: 5, H: 4 }, parameters: { ...tanh, activation: 'relu' } },
]

/** A product for each weight, at every step of every sequence. */
const work = ({ T, N, I, H }: Sizes) => T! * N! * H! * (I! + H!)

const effort = ({ activation }: Parameters) => (activation === 'tanh' ? 4 : null)
const linear = { activation: 'linear', direction: 'forward' } as const

const classes = {
  'one step': ({ sizes }: CaseView) => sizes.T === 1,
  'several steps': ({ sizes }: CaseView) => sizes.T! > 1,
  'one sequence': ({ sizes }: CaseView) => sizes.N === 1,
  'three sequences or more': ({ sizes }: CaseView) => sizes.N! >= 3,
  'one unit': ({ sizes }: CaseView) => sizes.H === 1,
  'several units, another number than of the input': ({ sizes }: CaseView) =>
    sizes.H! > 1 && sizes.H !== sizes.I,
  tanh: ({ parameters }: CaseView) => parameters.activation === 'tanh',
  rectifier: ({ parameters }: CaseView) => parameters.activation === 'relu',
  'no activation': ({ parameters }: CaseView) => parameters.activation === 'linear',
  'last step first': ({ parameters }: CaseView) => parameters.direction === 'reverse',
  'padding behind': (the: CaseView) => isPadded('behind', the),
  'padding before': (the: CaseView) => isPadded('before', the),
} as const

/** A recurrent layer over whole sequences, which returns its state after every step. */
export const forward = operation({
  id: 'rnn.forward',
  title: 'Recurrent layer',
  level: 'core',
  dimensions,
  inputs: {
    x: array('the inputs of every step', 'T', 'N', 'I'),
    U: array('the weights from the input to the state', 'H', 'I'),
    W: array('the weights from the state to the next one', 'H', 'H'),
    b: optional(array('the biases', 'H')),
    h0: optional(array('the state before the first step', 'N', 'H')),
    padded: optional(padding('1 where a step of a sequence is padding', 'T', 'N')),
  },
  parameters,
  usual,
  work,
  effort,
  sums: [{ sizes: { T: 1, N: 16, I: 64, H: 64 }, parameters: linear, arrays: { padded: 'zeros' } }],
  outputs: {
    h: array('the state after every step', 'T', 'N', 'H'),
    last: array('the state after the step that is done last', 'N', 'H'),
  },
  states: ['h'],
  classes,
})

/** Its gradients, where a gradient arrives at every state, at the last one, or at both. */
export const forwardGradient = gradientOf(forward, {
  title: 'Gradients of a recurrent layer, through time',
  by: ['x', 'U', 'W', 'b', 'h0'],
  states: {
    h: array('the states that it is computed with', 'T', 'N', 'H'),
    delta: array('the derivative by what enters the activation, 0 at padding', 'T', 'N', 'H'),
    back: array('the derivative by the state before each step, through that step', 'T', 'N', 'H'),
  },
  sums: [
    {
      sizes: { T: 1, N: 64, I: 32, H: 32 },
      parameters: linear,
      arrays: { padded: 'zeros', dLast: 'zeros' },
    },
  ],
  // There and back, and the bound of each derivative by a weight goes through every step.
  work: (sizes) => 3 * work(sizes),
})

export const conventions = [
  {
    choice: 'Time comes first, then the sequences of a batch: $T \\times N \\times D$.',
    others: 'Keras, and PyTorch with `batch_first`, have the sequences first.',
  },
  {
    choice: 'A state is a column with its weights on the left: $U x + W h$.',
    others:
      'Keras, TensorFlow.js and JAX multiply rows from the left, so that their weights are the transposes of U and W; PyTorch and ONNX keep U and W as they are here.',
  },
  {
    choice: 'One bias.',
    others:
      'PyTorch and ONNX have two, of the input and of the state, which always occur as their sum.',
  },
  {
    choice:
      'At a step that is padding, the state stays as it is and is returned again; a reverse layer passes padding at the end of a sequence first, and so begins at the end of what is there.',
    others:
      'PyTorch returns zeros at such steps, and ONNX too; the last state is the same. Keras returns the last state again unless told to give zeros.',
  },
] as const

export const hidden = clause({
  id: 'rnn.forward.hidden',
  title: 'A state is made of the input and of the state before',
  kind: 'formula',
  operations: [forward],
  statement:
    'The state of a recurrent layer at a step is its activation of a weighted sum of the input at that step, of the state at the step before, and of a bias, with the same weights at every step. Before the first step it is as given, or 0. In reverse, the step before is the one that comes later. At steps that are padding, the state stays. With tanh all states lie between −1 and 1; they change their signs where inputs, biases and the first state do, and are permuted where the rows of all weights and the columns of $W$ are.',
  formula: String.raw`h^{(t)} = \varphi(U x^{(t)} + W h^{(t-1)} + b),\quad t = 1..T,\qquad h^{(t)} = h^{(t-1)}\ \text{where padded}`,
  domain: 'At least one step; finite numbers at all steps that are no padding.',
  conventions: [
    ...conventions,
    {
      choice: 'The activation is tanh, the rectifier, or none.',
      others: 'A sigmoid is seldom used here; it is tanh with halved weights, halved and shifted.',
    },
  ],
  evaluations: [
    { way: 'one product of the weights side by side with the input above the state' },
    { way: 'the input projections of all steps first, with the bias added to them' },
  ],
  source: {
    notes: [[361, 363]],
    publications: [{ ...deepLearning, where: 'equations 10.8 and 10.9' }],
  },
  errata: [
    {
      id: 'E-36',
      lines: [363, 365],
      says: 'The state is tanh of the two products alone, and nothing says what the first state is.',
      counterexample:
        'One unit without activation, input 0, bias 1, first state 1, weight 2: the state is 2 · 1 + 1 = 3, not 0 or 2.',
      correction:
        'There is a bias, and a state before the first step, which is 0 where none is given.',
      settledBy: { ...deepLearning, where: 'equations 10.8 to 10.11' },
    },
  ],
})

export const gradient = clause({
  id: 'rnn.forward.gradient',
  title: 'Gradients of a recurrent layer are sums over time',
  kind: 'gradient',
  operations: [forward, forwardGradient],
  statement:
    'The gradient by a state is what arrives at it from outside, and what comes back from the next step through the transposed weights $W$. Those by the weights and by the bias are sums over all steps and sequences, of what enters the activation times the input, the state before, and 1; that by the first state is what comes back from the first step. A gradient may arrive at any state, at the last one, or both. Steps that are padding pass the gradient of their state on, and add to nothing else. The states, the gradients by what enters the activation, and what comes back through each step are returned as well.',
  formula: String.raw`\delta^{(t)} = \varphi'(a^{(t)}) \odot g^{(t)},\quad g^{(t)} = \nabla_{h^{(t)}} E^{(t)} + W^\top \delta^{(t+1)},\qquad \nabla_U E = \sum_t \delta^{(t)} x^{(t)\top},\quad \nabla_W E = \sum_t \delta^{(t)} h^{(t-1)\top},\quad \nabla_b E = \sum_t \delta^{(t)},\quad \nabla_{x^{(t)}} E = U^\top \delta^{(t)},\quad \nabla_{h^{(0)}} E = W^\top \delta^{(1)}`,
  domain: 'As of the layer.',
  conventions: [
    ...conventions,
    {
      choice: 'The slope of the rectifier at 0 is 0.',
      others: 'Any number from 0 to 1 is a subgradient; libraries take 0, too.',
    },
  ],
  source: {
    notes: [[358, 358]],
    publications: [{ ...deepLearning, where: 'equations 10.18 to 10.28' }],
  },
  errata: [
    {
      id: 'E-62',
      lines: [358, 358],
      says: 'The gradient at a step depends on that step and on the previous one.',
      counterexample:
        'One unit without activation, weights 1, three steps with inputs 0, first state 1: each step gives 1 of the gradient 3 by W at the last state, and the last two give 2.',
      correction: 'It depends on all previous steps.',
      settledBy: { ...deepLearning, where: 'equation 10.26' },
    },
  ],
})
