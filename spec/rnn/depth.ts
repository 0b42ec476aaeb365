import { clause } from '../language/clause.ts'
import { array, type CaseView, operation } from '../language/operation.ts'
import { boolean, integer } from '../language/parameter.ts'
import { deepLearning, deepRecurrent } from './publications.ts'

const layers = integer({ min: 1, upTo: 8 })

/** How far it is through a deep recurrent network. */
export const pathLengths = operation({
  id: 'rnn.pathLengths',
  title: 'Lengths of paths through a deep recurrent network',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    steps: integer({ min: 1, upTo: 200 }),
    into: layers,
    between: layers,
    out: layers,
    skip: boolean,
  },
  usual: [
    { parameters: { steps: 20, into: 1, between: 1, out: 1, skip: false } },
    { parameters: { steps: 50, into: 2, between: 1, out: 1, skip: false } },
    { parameters: { steps: 50, into: 1, between: 2, out: 1, skip: false } },
    { parameters: { steps: 50, into: 1, between: 2, out: 1, skip: true } },
    { parameters: { steps: 50, into: 1, between: 1, out: 2, skip: false } },
    { parameters: { steps: 100_000, into: 3, between: 50_000, out: 3, skip: true } },
  ],
  outputs: {
    nextLongest: array('the longest path from a state to the next one'),
    nextShortest: array('the shortest one'),
    longest: array('the longest path from the first input to the last output'),
    shortest: array('the shortest one'),
  },
  classes: {
    'one step': ({ parameters }: CaseView) => parameters.steps === 1,
    'several steps': ({ parameters }: CaseView) => parameters.steps > 1,
    'deep into the state': ({ parameters }: CaseView) => parameters.into > 1,
    'deep between states': ({ parameters }: CaseView) => parameters.between > 1,
    'deep out of the state': ({ parameters }: CaseView) => parameters.out > 1,
    'past the layers between states': ({ parameters }: CaseView) =>
      parameters.skip && parameters.between > 1,
  },
})

export const placements = clause({
  id: 'rnn.depth.placements',
  title: 'Layers between states make the way through time longer, those elsewhere do not',
  kind: 'count',
  operations: [pathLengths],
  statement:
    'Layers may be added on the way into the state, from state to state, or out of it. The length of a path is the number of layers on it. Layers from state to state count once for every step that a path goes on in time, so that with $d$ of them the way through time is $d$ times as long; layers into and out of the state count once on a whole path. Connections that skip the layers between two states give back a path of length 1 from each state to the next, beside the long one.',
  formula: String.raw`\ell_{\max} = a + (T - 1)\, d + e,\qquad \ell_{\min} = a + (T - 1)\, d' + e,\quad d' = 1 \ \text{with skip connections},\ d \ \text{without}`,
  domain:
    'At least one step, and one layer of each kind: of weights and an activation, or of weights alone; anything else is rejected.',
  conventions: [
    {
      choice: 'A path ends with the output of the last step, and begins with the first input.',
      others: 'Pascanu and others leave out what leads into the first state and out of the last.',
    },
    {
      choice: 'A skip connection counts as a layer.',
      others: 'Where it is the identity, one may say that it has no length.',
    },
  ],
  source: {
    notes: [
      [332, 332],
      [352, 352],
    ],
    publications: [
      { ...deepRecurrent, where: 'section 3 and figure 2' },
      { ...deepLearning, where: 'section 10.5 and figure 10.13' },
    ],
  },
  errata: [],
})
