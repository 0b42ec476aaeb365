import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  derived,
  free,
  operation,
  optional,
  type Parameters,
  padding,
  type Sizes,
  type Usual,
} from '../language/operation.ts'
import { conventions, dimensions, forward } from './forward.ts'
import { deepLearning, deepRecurrent, regularization } from './publications.ts'

const tanh = { activation: 'tanh', direction: 'forward' } as const
const usual: readonly Usual[] = [
  { sizes: { Layers: 2, N: 1, T: 5 }, parameters: tanh },
  { sizes: { Layers: 2, N: 2, T: 4, H: 4 }, parameters: tanh },
  { sizes: { Layers: 3, N: 1, T: 3, H: 4 }, parameters: { ...tanh, activation: 'relu' } },
]
const work = ({ T, N, I, H, Layers }: Sizes) => T! * N! * H! * (I! + (2 * Layers! - 1) * H!)
const effort = ({ activation }: Parameters) => (activation === 'tanh' ? 6 : null)

/** Recurrent layers, each over the states of the one below. */
export const stacked = operation({
  id: 'rnn.stacked',
  title: 'Stacked recurrent layers',
  level: 'core',
  dimensions: {
    ...dimensions,
    T: free(1, 4, 'time steps'),
    Layers: free(2, 3, 'layers'),
    Further: derived(({ Layers }) => Layers! - 1, 'layers above the first one'),
  },
  inputs: {
    x: array('the inputs of every step', 'T', 'N', 'I'),
    U: array('the weights from the input to the first layer', 'H', 'I'),
    A: array('the weights from each layer to the one above', 'Further', 'H', 'H'),
    W: array('the weights from the state of each layer to its next one', 'Layers', 'H', 'H'),
    b: optional(array('the biases of each layer', 'Layers', 'H')),
    h0: optional(array('the states before the step that is done first', 'Layers', 'N', 'H')),
    masks: array('what states are multiplied by on their way up', 'Further', 'T', 'N', 'H'),
    padded: optional(padding('1 where a step of a sequence is padding', 'T', 'N')),
  },
  parameters: forward.parameters,
  usual,
  work,
  effort,
  sums: 'Sums of one layer go through those of the others; the recurrent layer is judged by its own.',
  outputs: {
    h: array('the state of each layer after every step', 'Layers', 'T', 'N', 'H'),
    last: array('the state of each layer after the step that is done last', 'Layers', 'N', 'H'),
  },
  states: ['h'],
  classes: forward.classes,
})

const ofAll = ['Layers', 'T', 'N', 'H'] as const

export const stackedGradient = gradientOf(stacked, {
  title: 'Gradients of stacked recurrent layers',
  by: ['x', 'U', 'A', 'W', 'b', 'h0', 'masks'],
  states: {
    h: array('the states that it is computed with', ...ofAll),
    delta: array('the derivative by what enters the activation, 0 at padding', ...ofAll),
    back: array('the derivative by the state before each step, through that step', ...ofAll),
  },
  sums: 'Sums of one layer go through those of the others; the recurrent layer is judged by its own.',
  work: (sizes) => 3 * work(sizes),
})

export const stackedClause = clause({
  id: 'rnn.stacked',
  title: 'Each of several layers goes through the states of the one below',
  kind: 'algorithm',
  operations: [stacked, stackedGradient, forward],
  statement:
    'The first layer goes through the inputs, each further one through the states of the layer below, with weights and a state of its own. On their way up, not on their way through time, states are multiplied by a mask, which is given: with dropout, 0 or the inverse of the share that is kept. A layer whose mask is 0 hears nothing of those below. Where a step is padding, it is so in all layers. The gradient by a state is what arrives from outside, from the next step, and from the layer above through its mask. With the gradients, the states, the gradients by what enters the activations, and what comes back through each step are returned for every layer.',
  formula: String.raw`h_l^{(t)} = \varphi(A_l\,(m_{l}^{(t)} \odot h_{l-1}^{(t)}) + W_l h_l^{(t-1)} + b_l),\quad h_0^{(t)} = x^{(t)},\ A_1 = U,\ m_1 = 1`,
  domain: 'At least two layers; finite numbers at all steps that are no padding.',
  conventions: [
    ...conventions,
    {
      choice: 'A mask has an element for each step, drawn outside.',
      others:
        'PyTorch and Keras draw it inside; variational dropout has the same mask at all steps, and one between states too.',
    },
    {
      choice: 'All layers have as many units, and are done in the same direction.',
      others: 'Keras stacks any layers.',
    },
  ],
  source: {
    notes: [[352, 352]],
    publications: [
      { ...deepRecurrent, where: 'section 3' },
      { ...regularization, where: 'section 3.2' },
      { ...deepLearning, where: 'section 10.5' },
    ],
  },
  errata: [],
})
