import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  optional,
  type Parameters,
  type Sizes,
  type Usual,
} from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { activation, dimensions, forward } from './forward.ts'
import { deepLearning } from './publications.ts'

/** What enters the next step: the scores of the step before, or what they should have been. */
export const feedback = choice('own', 'target')

const own = { activation: 'tanh', feedback: 'own' } as const
const usual: readonly Usual[] = [
  { sizes: { T: 5, N: 1, H: 4, O: 2 }, parameters: own },
  { sizes: { T: 4, N: 2, H: 4, O: 4 }, parameters: own },
  { sizes: { T: 5, N: 2, O: 3 }, parameters: { ...own, feedback: 'target' } },
]
const work = ({ T, N, I, H, O }: Sizes) => T! * N! * H! * (I! + 2 * O!)
const effort = ({ activation }: Parameters) => (activation === 'tanh' ? 4 : null)
const linear = { activation: 'linear', feedback: 'target' } as const

/** A network in which only what comes out of a step enters the next one. */
export const outputRecurrent = operation({
  id: 'rnn.outputRecurrent',
  title: 'Recurrent network whose outputs come back',
  level: 'core',
  dimensions: { ...dimensions, O: free(1, 4, 'units of the output') },
  inputs: {
    x: array('the inputs of every step', 'T', 'N', 'I'),
    U: array('the weights from the input to the state', 'H', 'I'),
    W: array('the weights from the output to the next state', 'H', 'O'),
    b: optional(array('the biases of the state', 'H')),
    V: array('the weights from the state to the output', 'O', 'H'),
    c: optional(array('the biases of the output', 'O')),
    o0: optional(array('the output before the first step', 'N', 'O')),
    y: array('what should come out of every step', 'T', 'N', 'O'),
  },
  parameters: { activation, feedback },
  usual,
  work,
  effort,
  sums: [{ sizes: { T: 1, N: 16, I: 64, H: 64, O: 1 }, parameters: linear, arrays: { V: 'ones' } }],
  outputs: {
    h: array('the state after every step', 'T', 'N', 'H'),
    o: array('the output of every step', 'T', 'N', 'O'),
  },
  states: ['h', 'o'],
  classes: {
    'one step': ({ sizes }: CaseView) => sizes.T === 1,
    'several steps of several sequences': ({ sizes }: CaseView) => sizes.T! > 1 && sizes.N! > 1,
    'fewer outputs than units': ({ sizes }: CaseView) => sizes.O! < sizes.H!,
    'as many outputs as units, and more than one': ({ sizes }: CaseView) =>
      sizes.H === sizes.O && sizes.H! > 1,
    'its own outputs come back': ({ parameters }: CaseView) => parameters.feedback === 'own',
    'targets come back': ({ parameters }: CaseView) => parameters.feedback === 'target',
    tanh: forward.classes.tanh,
    rectifier: forward.classes.rectifier,
    'no activation': forward.classes['no activation'],
  },
})

export const outputRecurrentGradient = gradientOf(outputRecurrent, {
  title: 'Gradients of a recurrent network whose outputs come back',
  states: {
    h: array('the states that it is computed with', 'T', 'N', 'H'),
    o: array('the outputs that it is computed with', 'T', 'N', 'O'),
    delta: array('the derivative by what enters the activation', 'T', 'N', 'H'),
    back: array('the derivative by what came back before each step, through it', 'T', 'N', 'O'),
  },
  sums: [
    {
      sizes: { T: 1, N: 64, I: 32, H: 32, O: 1 },
      parameters: linear,
      arrays: { V: 'ones', do: 'zeros' },
    },
  ],
  work: (sizes) => 3 * work(sizes),
})

export const outputRecurrentClause = clause({
  id: 'rnn.variant.output-recurrent',
  title: 'Where only outputs come back, the next state knows of the past what came out of it',
  kind: 'algorithm',
  operations: [outputRecurrent, outputRecurrentGradient],
  statement:
    'The state of a step is made of its input and of the output of the step before, which is linear in the state. From the second step on it is that of a network with recurrence between states, of which the weights are the product $W V$ and the biases $b + W c$: a matrix of a rank no larger than the number of outputs, so that a change of a state that changes no output is forgotten. With teacher forcing, what should have come out of a step comes back in place of what did: then the steps know nothing of each other, and no gradient goes from a step to an earlier one. A gradient returns states, outputs, the gradients by what enters the activation, and those by what came back before each step as well.',
  formula: String.raw`h^{(t)} = \varphi(U x^{(t)} + W r^{(t-1)} + b),\quad o^{(t)} = V h^{(t)} + c,\qquad r^{(t)} = o^{(t)} \text{ or } y^{(t)},\ r^{(0)} = o^{(0)};\qquad W o^{(t-1)} + b = (W V) h^{(t-1)} + (b + W c),\quad \operatorname{rank}(W V) \le O`,
  domain: 'At least one step; finite numbers. Without padding, the first step first.',
  conventions: [
    {
      choice: 'What comes back is the scores, before any softmax.',
      others: 'Where probabilities or drawn words come back, the equivalence does not hold.',
    },
    {
      choice: 'The output before the first step is given, or 0, with teacher forcing, too.',
      others: 'Generators of text begin with a word of its own instead.',
    },
  ],
  source: {
    notes: [
      [336, 336],
      [341, 341],
    ],
    publications: [{ ...deepLearning, where: 'sections 10.2 and 10.2.1, figures 10.4 and 10.6' }],
  },
  errata: [],
})
