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
import { classesOfTheWay, layersOnTheWay } from './deep-input.ts'
import { activation, dimensions, forward } from './forward.ts'
import { deepLearning, deepRecurrent } from './publications.ts'
import { scores } from './scores.ts'

const { T, N, H } = dimensions
const tanh = { activation: 'tanh' } as const
const usual: readonly Usual[] = [
  { sizes: { Further: 0, N: 1, T: 5, H: 4, M: 4, O: 2 }, parameters: tanh },
  { sizes: { Further: 0, N: 3, T: 4, H: 4, M: 3, O: 4 }, parameters: { activation: 'relu' } },
  { sizes: { Further: 1, N: 2, T: 3, H: 3, M: 4, O: 3 }, parameters: tanh },
]
const work = ({ T, N, H, M, O, Further }: Sizes) => T! * N! * M! * (H! + Further! * M! + O!)
const effort = ({ activation }: Parameters) => (activation === 'tanh' ? 6 : null)
const sums = 'Sums of one layer go through those of the others; scores are judged by their own.'

/** Scores of every step, from its state through layers. */
export const deepScores = operation({
  id: 'rnn.deepScores',
  title: 'Scores of a recurrent network with a deep way out',
  level: 'core',
  dimensions: { T, N, H, ...layersOnTheWay, O: free(1, 4, 'classes') },
  inputs: {
    h: array('the state after every step', 'T', 'N', 'H'),
    F: array('the weights from the state to the first layer', 'M', 'H'),
    A: array('the weights from each layer to the one behind', 'Further', 'M', 'M'),
    wayBias: optional(array('the biases of the layers on the way', 'Layers', 'M')),
    V: array('the weights from the last of them to the scores', 'O', 'M'),
    c: optional(array('the biases of the scores', 'O')),
  },
  parameters: { activation },
  usual,
  work,
  effort,
  sums,
  outputs: { o: array('the scores of every step', 'T', 'N', 'O') },
  classes: {
    ...classesOfTheWay,
    'one step': scores.classes['one step'],
    'several steps of several sequences': scores.classes['several steps of several sequences'],
    'as many classes as units on the way, and more than one': ({ sizes }: CaseView) =>
      sizes.M === sizes.O && sizes.M! > 1,
    'several units on the way, another number than of the state': ({ sizes }: CaseView) =>
      sizes.M! > 1 && sizes.M !== sizes.H,
    tanh: forward.classes.tanh,
    rectifier: forward.classes.rectifier,
    'no activation': forward.classes['no activation'],
  },
})

export const deepScoresGradient = gradientOf(deepScores, {
  title: 'Gradients of the scores of a recurrent network with a deep way out',
  without: ['c'],
  by: ['h', 'F', 'A', 'wayBias', 'V', 'c'],
  states: {
    inner: array('what the layers on the way give', 'T', 'Layers', 'N', 'M'),
    innerDelta: array('the derivative by what enters each of them', 'T', 'Layers', 'N', 'M'),
  },
  sums,
  work: (sizes) => 3 * work(sizes),
})

export const deepOutputClause = clause({
  id: 'rnn.deep-output',
  title: 'The scores of a step are made of its state by several layers',
  kind: 'algorithm',
  operations: [deepScores, deepScoresGradient, scores],
  statement:
    'The first layer is given the state of a step, each further one what the one before it gives, and the scores are a weighted sum of what the last one gives, and a bias. All layers but that of the scores have activations; all have weights and biases that are the same at every step. None has a state: equal states have equal scores, whatever came before, and steps in another order have their scores in that order. Without activation the layers are as one, with the product of all weights. The gradients by weights and biases are sums over all steps and sequences.',
  formula: String.raw`z_1^{(t)} = \varphi(F h^{(t)} + a_1),\quad z_l^{(t)} = \varphi(A_l z_{l-1}^{(t)} + a_l),\quad o^{(t)} = V z_L^{(t)} + c;\qquad \gamma_L = \varphi' \odot V^\top \nabla_o E,\quad \gamma_{l-1} = \varphi' \odot A_l^\top \gamma_l,\quad \nabla_{h^{(t)}} E = F^\top \gamma_1^{(t)},\quad \nabla_{A_l} E = \sum_t \gamma_l^{(t)} z_{l-1}^{(t)\top}`,
  domain: 'At least one layer on the way, and one step; finite numbers.',
  conventions: [
    {
      choice: 'All layers on the way have as many units, and the same activation.',
      others: 'Pascanu and others allow any layers there.',
    },
    {
      choice: 'The scores have no activation.',
      others: 'A softmax or a sigmoid comes behind them, as an operation of its own.',
    },
    {
      choice: 'The slope of the rectifier at 0 is 0.',
      others: 'Any number from 0 to 1 is a subgradient; libraries take 0, too.',
    },
  ],
  source: {
    notes: [[352, 352]],
    publications: [
      { ...deepRecurrent, where: 'section 3, deep hidden-to-output function' },
      { ...deepLearning, where: 'section 10.5' },
    ],
  },
  errata: [],
})
