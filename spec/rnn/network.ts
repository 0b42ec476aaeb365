import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  optional,
  type Parameters,
  ranged,
  type Sizes,
  type Usual,
} from '../language/operation.ts'
import { conventions, dimensions, forward } from './forward.ts'
import { deepLearning } from './publications.ts'

const tanh = { activation: 'tanh', direction: 'forward' } as const
const usual: readonly Usual[] = [
  { sizes: { T: 5, N: 1, O: 2 }, parameters: tanh },
  { sizes: { T: 4, N: 2, H: 4, O: 4 }, parameters: tanh },
  { sizes: { T: 10, N: 1, I: 1, H: 4, O: 2 }, parameters: tanh },
  { sizes: { T: 4, N: 2, O: 3 }, parameters: { ...tanh, direction: 'reverse' } },
]

const work = ({ T, N, I, H, O }: Sizes) => T! * N! * H! * (I! + H! + O!)
const effort = ({ activation }: Parameters) => (activation === 'tanh' ? 16 : 12)

/** Why errors of exponentials are not judged by the statistics of sums of products. */
export const ofExponentials = 'Probabilities go through exponentials and their shares.'

/** A recurrent layer that says something at every step. */
export const network = operation({
  id: 'rnn.network',
  title: 'Recurrent network with an output at every step',
  level: 'core',
  dimensions: { ...dimensions, O: free(1, 4, 'classes') },
  inputs: {
    ...forward.inputs,
    V: array('the weights from the state to the scores', 'O', 'H'),
    c: optional(array('the biases of the scores', 'O')),
  },
  parameters: forward.parameters,
  usual,
  work,
  effort,
  sums: ofExponentials,
  outputs: {
    h: array('the state after every step', 'T', 'N', 'H'),
    o: array('the scores of every step', 'T', 'N', 'O'),
    y: ranged([0, 1], array('the probability of each class at every step', 'T', 'N', 'O')),
  },
  states: ['h'],
  classes: {
    ...forward.classes,
    'as many classes as units, and more than one': ({ sizes }: CaseView) =>
      sizes.H === sizes.O && sizes.H! > 1,
    'one class': ({ sizes }: CaseView) => sizes.O === 1,
  },
})

const domain = 'At least one step; finite numbers at all steps that are no padding.'

export const probabilities = clause({
  id: 'rnn.forward.output',
  title: 'What comes out of a step is the softmax of the scores of its state',
  kind: 'formula',
  operations: [network],
  statement:
    'The output of a step is the softmax of its scores, $V h + c$: probabilities of the classes, which are not negative and add up to 1. The most probable class is the one with the largest score. Classes in another order have their probabilities in that order, and a number that is added to the biases of all classes changes none of them.',
  formula: String.raw`\hat y^{(t)} = \operatorname{softmax}(o^{(t)}),\qquad o^{(t)} = V h^{(t)} + c,\qquad \sum_k \hat y_k^{(t)} = 1`,
  domain,
  conventions,
  source: {
    notes: [
      [361, 361],
      [365, 365],
    ],
    publications: [{ ...deepLearning, where: 'equations 10.10 and 10.11' }],
  },
  errata: [],
})

export const hiddenRecurrent = clause({
  id: 'rnn.variant.hidden-recurrent',
  title: 'With recurrence between states there are as many outputs as steps',
  kind: 'algorithm',
  operations: [network, forward],
  statement:
    'The network goes from state to state by its recurrent weights and gives an output at every step: the states are those of the recurrent layer, and outputs have no influence on later states. The outputs of the beginning of a sequence are the beginning of its outputs.',
  formula: String.raw`h^{(t)} = \varphi(U x^{(t)} + W h^{(t-1)} + b),\quad \hat y^{(t)} = \operatorname{softmax}(V h^{(t)} + c),\qquad t = 1..T`,
  domain,
  conventions,
  source: {
    notes: [
      [313, 313],
      [332, 332],
      [336, 336],
      [338, 338],
    ],
    publications: [{ ...deepLearning, where: 'figure 10.3 and equations 10.8 to 10.11' }],
  },
  errata: [],
})

export const threeBlocks = clause({
  id: 'rnn.three-blocks',
  title: 'Three blocks of weights: into the state, from state to state, and out of it',
  kind: 'law',
  operations: [network],
  statement:
    'The parameters of the network fall into three blocks. The states depend on those into the state, $U$ and its bias, and on those from state to state, $W$, and not on those out of it, $V$ and $c$: these enter the outputs only, of which they are the only way to the state.',
  formula: String.raw`\theta = \{U, b\} \cup \{W\} \cup \{V, c\},\qquad \frac{\partial h}{\partial (V, c)} = 0,\qquad V = 0 \Rightarrow o^{(t)} = c`,
  domain,
  conventions,
  source: {
    notes: [
      [344, 344],
      [346, 348],
      [350, 350],
    ],
    publications: [{ ...deepLearning, where: 'section 10.5' }],
  },
  errata: [],
})

export const parameterShapes = clause({
  id: 'rnn.param-shapes',
  title: 'The shapes of weights and biases follow from inputs, units and classes',
  kind: 'count',
  operations: [network],
  statement:
    'The weights into the state have a row a unit and a column an input, those from state to state a row and a column a unit, those out of it a row a class and a column a unit; biases have an element a unit, and a class. Arrays of any other shape are rejected, their transposes among them, unless they are square.',
  formula: String.raw`U \in \mathbb{R}^{H \times I},\quad W \in \mathbb{R}^{H \times H},\quad V \in \mathbb{R}^{O \times H},\quad b \in \mathbb{R}^H,\quad c \in \mathbb{R}^O`,
  domain: 'At least one step, sequence, input, unit and class.',
  conventions,
  source: {
    notes: [[315, 315]],
    publications: [{ ...deepLearning, where: 'section 10.2' }],
  },
  errata: [],
})
