import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  derived,
  operation,
  optional,
  padding,
  type Sizes,
  type Usual,
} from '../language/operation.ts'
import { activation, conventions, dimensions, forward } from './forward.ts'
import { bidirectionalNetworks, deepLearning } from './publications.ts'

const usual: readonly Usual[] = [
  { sizes: { N: 1, T: 5 }, parameters: { activation: 'tanh' } },
  { sizes: { N: 2, T: 4, H: 4 }, parameters: { activation: 'tanh' } },
  { sizes: { N: 3, T: 3, I: 4, H: 8 }, parameters: { activation: 'relu' } },
]
const work = ({ T, N, I, H }: Sizes) => 2 * T! * N! * H! * (I! + H!)
const { 'last step first': _, ...classes } = forward.classes

/** Two recurrent layers over the same sequences, one of them from the end. */
export const bidirectional = operation({
  id: 'rnn.bidirectional',
  title: 'Bidirectional recurrent layer',
  level: 'core',
  dimensions: {
    ...dimensions,
    Directions: derived(() => 2, 'directions, the first one forwards'),
    Both: derived(({ H }) => 2 * H!, 'units of both states'),
  },
  inputs: {
    x: array('the inputs of every step', 'T', 'N', 'I'),
    U: array('the weights from the input to each state', 'Directions', 'H', 'I'),
    W: array('the weights from each state to its next one', 'Directions', 'H', 'H'),
    b: optional(array('the biases', 'Directions', 'H')),
    h0: optional(array('the states before the step that is done first', 'Directions', 'N', 'H')),
    padded: optional(padding('1 where a step of a sequence is padding', 'T', 'N')),
  },
  parameters: { activation },
  usual,
  work,
  effort: forward.effort,
  sums: [
    {
      sizes: { T: 1, N: 16, I: 64, H: 32 },
      parameters: { activation: 'linear' },
      arrays: { padded: 'zeros' },
    },
  ],
  outputs: {
    h: array('both states after every step, side by side', 'T', 'N', 'Both'),
    last: array('the states after the step that is done last', 'Directions', 'N', 'H'),
  },
  states: ['h'],
  classes,
})

export const bidirectionalGradient = gradientOf(bidirectional, {
  title: 'Gradients of a bidirectional recurrent layer',
  by: ['x', 'U', 'W', 'b', 'h0'],
  states: {
    h: array('the states that it is computed with, side by side', 'T', 'N', 'Both'),
    delta: array('the derivatives by what enters both activations, 0 at padding', 'T', 'N', 'Both'),
    back: array('the derivatives by the state before each step, through it', 'T', 'N', 'Both'),
  },
  sums: [
    {
      sizes: { T: 1, N: 64, I: 32, H: 16 },
      parameters: { activation: 'linear' },
      arrays: { padded: 'zeros', dLast: 'zeros' },
    },
  ],
  work: (sizes) => 3 * work(sizes),
})

export const bidirectionalClause = clause({
  id: 'rnn.bidirectional',
  title: 'Of two layers, one begins at the end of each sequence',
  kind: 'algorithm',
  operations: [bidirectional, bidirectionalGradient, forward],
  statement:
    'A bidirectional layer is two recurrent layers with weights of their own. One goes through a sequence from its first step to its last, the other from its last step to its first, each sequence of a batch from its own end and not from its padding. Their states of the same step stand side by side, so that each step sees the whole sequence. With the sequence turned round and the weights exchanged, the same states come out turned round and exchanged. The gradients by the weights are those of each layer, those by the inputs the sum of both. The states, the gradients by what enters the activations, and what comes back through each step are returned as well, side by side.',
  formula: String.raw`\overrightarrow{h}^{(t)} = \varphi(U_0 x^{(t)} + W_0 \overrightarrow{h}^{(t-1)} + b_0),\quad \overleftarrow{h}^{(t)} = \varphi(U_1 x^{(t)} + W_1 \overleftarrow{h}^{(t+1)} + b_1),\qquad h^{(t)} = [\overrightarrow{h}^{(t)};\ \overleftarrow{h}^{(t)}]`,
  domain: 'At least one step; finite numbers at all steps that are no padding.',
  conventions: [
    ...conventions,
    {
      choice: 'The states of both directions stand side by side, forwards first.',
      others: 'Keras can add, multiply or average them instead.',
    },
  ],
  source: {
    notes: [],
    publications: [
      { ...bidirectionalNetworks, where: 'section II and figure 3' },
      { ...deepLearning, where: 'section 10.3 and figure 10.11' },
    ],
  },
  errata: [],
})
