import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  optional,
  type Parameters,
  padding,
  type Sizes,
  type Usual,
} from '../language/operation.ts'
import { isAbsent } from '../language/tensor.ts'
import { conventions, dimensions, forward } from './forward.ts'
import { deepLearning, deepRecurrent } from './publications.ts'

const tanh = { activation: 'tanh', direction: 'forward' } as const
const usual: readonly Usual[] = [
  { sizes: { Further: 1, N: 1, T: 5, I: 2, H: 4 }, parameters: tanh },
  { sizes: { Further: 1, N: 3, T: 4, I: 3, H: 4 }, parameters: tanh },
  { sizes: { Further: 2, N: 2, T: 3, H: 4 }, parameters: { ...tanh, activation: 'relu' } },
  { sizes: { Further: 1, N: 2, T: 3, H: 3 }, parameters: { ...tanh, direction: 'reverse' } },
]
const work = ({ T, N, I, H, Further }: Sizes) => T! * N! * H! * (I! + (Further! + 2) * H!)
const effort = ({ activation }: Parameters) => (activation === 'tanh' ? 6 : null)
const sums =
  'Sums of one layer go through those of the others; the recurrent layer is judged by its own.'

/** A recurrent layer of which the way from a state to the next one has several layers. */
export const deepTransition = operation({
  id: 'rnn.deepTransition',
  title: 'Recurrent layer with a deep transition',
  level: 'core',
  dimensions: {
    ...dimensions,
    T: free(1, 4, 'time steps'),
    Further: free(1, 2, 'layers behind the first one'),
    Layers: derived(({ Further }) => Further! + 1, 'layers from a state to the next one'),
  },
  inputs: {
    x: array('the inputs of every step', 'T', 'N', 'I'),
    U: array('the weights from the input to the first layer', 'H', 'I'),
    W: array('the weights from the state to the first layer', 'H', 'H'),
    A: array('the weights from each layer to the one behind', 'Further', 'H', 'H'),
    S: optional(array('the weights from the state to the last layer, past all others', 'H', 'H')),
    b: optional(array('the biases of each layer', 'Layers', 'H')),
    h0: optional(array('the state before the step that is done first', 'N', 'H')),
    padded: optional(padding('1 where a step of a sequence is padding', 'T', 'N')),
  },
  parameters: forward.parameters,
  usual,
  work,
  effort,
  saturating: ['x', 'U', 'W', 'A', 'S', 'b', 'h0'],
  sums,
  outputs: {
    h: array('the state after every step', 'T', 'N', 'H'),
    last: array('the state after the step that is done last', 'N', 'H'),
  },
  states: ['h'],
  classes: {
    ...forward.classes,
    'two layers': ({ sizes }: CaseView) => sizes.Layers === 2,
    'three layers': ({ sizes }: CaseView) => sizes.Layers === 3,
    'past the layers between': ({ inputs }: CaseView) => !isAbsent(inputs.S!),
    'no way past them': ({ inputs }: CaseView) => isAbsent(inputs.S!),
  },
})

/** Its gradients, where a gradient arrives at every state, at the last one, or at both. */
export const deepTransitionGradient = gradientOf(deepTransition, {
  title: 'Gradients of a recurrent layer with a deep transition, through time',
  by: ['x', 'U', 'W', 'A', 'S', 'b', 'h0'],
  states: {
    h: array('the states that it is computed with', 'T', 'N', 'H'),
    inner: array('what the layers before the last give, 0 at padding', 'T', 'Further', 'N', 'H'),
    delta: array('the derivative by what enters each activation', 'T', 'Layers', 'N', 'H'),
    back: array('the derivative by the state before each step, through that step', 'T', 'N', 'H'),
  },
  sums,
  work: (sizes) => 3 * work(sizes),
})

export const deepTransitionClause = clause({
  id: 'rnn.deep-transition',
  title:
    'Several layers lead from a state to the next one, and a gradient back through all of them',
  kind: 'algorithm',
  operations: [deepTransition, deepTransitionGradient, forward],
  statement:
    'The first layer of a transition is given the input and the state before; each further one is given what the one before it gives, and the last one gives the next state. All have activations, and weights and biases of their own that are the same at every step. Only the last layer has a state: where a step is padding, it stays, whatever the others hold. A way past the layers between adds a product of the state before to what enters the last layer, so that a gradient comes back to a state by a single product, and by the chain of all layers as well. With weights of 0 for both ways from the state, every step is a feedforward network of its own; with unit weights between layers and without activation the layers are as one.',
  formula: String.raw`z_1 = \varphi(U x^{(t)} + W h^{(t-1)} + b_1),\quad z_l = \varphi(A_l z_{l-1} + b_l),\quad h^{(t)} = \varphi(A_L z_{L-1} + S h^{(t-1)} + b_L);\qquad \delta_{l-1} = \varphi' \odot A_l^\top \delta_l,\quad \nabla_{h^{(t-1)}} E = W^\top \delta_1 + S^\top \delta_L`,
  domain: 'At least two layers; finite numbers at all steps that are no padding.',
  conventions: [
    ...conventions,
    {
      choice: 'All layers have as many units as the state, and the same activation.',
      others: 'Pascanu and others allow any number, and an activation for each layer.',
    },
    {
      choice: 'The way past the layers has weights of its own, and enters before the activation.',
      others: 'It may be the identity, as in residual networks, or enter behind the activation.',
    },
    {
      choice:
        'Layers into the state and out of it are dense layers of every step, without a state.',
      others: 'Pascanu and others count them to the same network.',
    },
  ],
  source: {
    notes: [
      [332, 332],
      [352, 352],
    ],
    publications: [
      { ...deepRecurrent, where: 'section 3, deep transition and its shortcut connections' },
      { ...deepLearning, where: 'section 10.5 and figure 10.13' },
    ],
  },
  errata: [],
})
