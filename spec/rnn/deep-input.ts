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
import { conventions, dimensions, forward } from './forward.ts'
import { deepLearning, deepRecurrent } from './publications.ts'

const tanh = { activation: 'tanh', direction: 'forward' } as const
const usual: readonly Usual[] = [
  { sizes: { Further: 0, N: 1, T: 5, I: 2, H: 4, M: 4 }, parameters: tanh },
  { sizes: { Further: 0, N: 3, T: 4, I: 3, H: 4, M: 2 }, parameters: tanh },
  { sizes: { Further: 1, N: 2, T: 3, M: 4 }, parameters: { ...tanh, activation: 'relu' } },
  { sizes: { Further: 1, N: 2, T: 3, M: 3 }, parameters: { ...tanh, direction: 'reverse' } },
]
const work = ({ T, N, I, H, M, Further }: Sizes) =>
  T! * N! * (M! * (I! + Further! * M! + H!) + H! * H!)
const effort = ({ activation }: Parameters) => (activation === 'tanh' ? 6 : null)
const sums =
  'Sums of one layer go through those of the others; the recurrent layer is judged by its own.'

/** Layers through which each step goes by itself, on the way to a state or away from it. */
export const layersOnTheWay = {
  M: free(1, 3, 'units of the layers on the way'),
  Further: free(0, 2, 'layers behind the first one'),
  Layers: derived(({ Further }) => Further! + 1, 'layers on the way'),
}

/** How many of them there are, and how large. */
export const classesOfTheWay = {
  'one layer on the way': ({ sizes }: CaseView) => sizes.Layers === 1,
  'two layers on the way': ({ sizes }: CaseView) => sizes.Layers === 2,
  'three layers on the way': ({ sizes }: CaseView) => sizes.Layers === 3,
  'more units on the way than of the state': ({ sizes }: CaseView) => sizes.M! > sizes.H!,
  'fewer units on the way than of the state': ({ sizes }: CaseView) => sizes.M! < sizes.H!,
}

/** A recurrent layer of which the inputs go through layers of their own first. */
export const deepInput = operation({
  id: 'rnn.deepInput',
  title: 'Recurrent layer with a deep way in',
  level: 'core',
  dimensions: { ...dimensions, T: free(1, 4, 'time steps'), ...layersOnTheWay },
  inputs: {
    x: array('the inputs of every step', 'T', 'N', 'I'),
    F: array('the weights from the input to the first layer', 'M', 'I'),
    A: array('the weights from each layer to the one behind', 'Further', 'M', 'M'),
    wayBias: optional(array('the biases of the layers on the way', 'Layers', 'M')),
    U: array('the weights from the last of them to the state', 'H', 'M'),
    W: array('the weights from the state to the next one', 'H', 'H'),
    b: optional(array('the biases of the state', 'H')),
    h0: optional(array('the state before the step that is done first', 'N', 'H')),
    padded: optional(padding('1 where a step of a sequence is padding', 'T', 'N')),
  },
  parameters: forward.parameters,
  usual,
  work,
  effort,
  sums,
  outputs: {
    h: array('the state after every step', 'T', 'N', 'H'),
    last: array('the state after the step that is done last', 'N', 'H'),
  },
  states: ['h'],
  classes: { ...forward.classes, ...classesOfTheWay },
})

/** Its gradients, where a gradient arrives at every state, at the last one, or at both. */
export const deepInputGradient = gradientOf(deepInput, {
  title: 'Gradients of a recurrent layer with a deep way in, through time',
  by: ['x', 'F', 'A', 'wayBias', 'U', 'W', 'b', 'h0'],
  states: {
    h: array('the states that it is computed with', 'T', 'N', 'H'),
    inner: array('what the layers on the way give, 0 at padding', 'T', 'Layers', 'N', 'M'),
    innerDelta: array(
      'the derivative by what enters each of them, 0 at padding',
      ...(['T', 'Layers', 'N', 'M'] as const),
    ),
    delta: array('the derivative by what enters the state, 0 at padding', 'T', 'N', 'H'),
    back: array('the derivative by the state before each step, through that step', 'T', 'N', 'H'),
  },
  sums,
  work: (sizes) => 3 * work(sizes),
})

export const deepInputClause = clause({
  id: 'rnn.deep-input',
  title: 'The inputs of a step go through layers of their own before they enter the state',
  kind: 'algorithm',
  operations: [deepInput, deepInputGradient, forward],
  statement:
    'The first layer is given the input of a step, each further one what the one before it gives, and the recurrent layer is given what the last one gives in place of the input. All have activations, and weights and biases that are the same at every step. The layers on the way have no state, so that they make the way from a state to the next one no longer: without weights from the state, what comes of a step depends on its own input alone. A gradient comes back through time by the recurrent layer alone, and at each step goes on from there through all layers to the input; the gradients by their weights are sums over all steps.',
  formula: String.raw`z_1^{(t)} = \varphi(F x^{(t)} + a_1),\quad z_l^{(t)} = \varphi(A_l z_{l-1}^{(t)} + a_l),\quad h^{(t)} = \varphi(U z_L^{(t)} + W h^{(t-1)} + b);\qquad \gamma_L = \varphi' \odot U^\top \delta,\quad \gamma_{l-1} = \varphi' \odot A_l^\top \gamma_l,\quad \nabla_{A_l} E = \sum_t \gamma_l^{(t)} z_{l-1}^{(t)\top}`,
  domain: 'At least one layer on the way; finite numbers at all steps that are no padding.',
  conventions: [
    ...conventions,
    {
      choice: 'All layers on the way have as many units, and the activation of the state.',
      others: 'Pascanu and others allow any layers there.',
    },
  ],
  source: {
    notes: [[352, 352]],
    publications: [
      { ...deepRecurrent, where: 'section 3, deep input-to-hidden function' },
      { ...deepLearning, where: 'section 10.5' },
    ],
  },
  errata: [],
})
