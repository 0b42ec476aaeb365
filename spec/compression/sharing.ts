import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  type Range,
  whole,
} from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { deepLearning, nowlan } from './publications.ts'

/** Connections, and the values that they share. */
const dimensions = {
  P: free(1, 8, 'connections'),
  K: derived((_, { values }) => values, 'values that connections share'),
}

/** How many values there are. */
export const values = integer({ min: 1, upTo: 6 })

/** Which value a connection has. */
export const placesOf = ({ values }: Parameters): Range => [0, values - 1]

const theta = array('the values', 'K')
const map = whole(placesOf, 'the place of its value, for each connection', 'P')

const used = ({ inputs: { map } }: CaseView) => new Set(map!.data).size

const classes = {
  'one value for all': ({ sizes }: CaseView) => sizes.K === 1 && sizes.P! > 1,
  'as many values as connections': ({ sizes }: CaseView) => sizes.K === sizes.P,
  'fewer values than connections': ({ sizes }: CaseView) => sizes.K! < sizes.P! && sizes.K! > 1,
  'a value that no connection has': (the: CaseView) => used(the) < the.sizes.K!,
  'a value that several connections have': (the: CaseView) => used(the) < the.sizes.P!,
} as const

/** Gives every connection the value that it shares. */
export const expand = operation({
  id: 'compression.expand',
  title: 'Weights of connections that share values',
  level: 'core',
  dimensions,
  inputs: { theta, map },
  parameters: { values },
  // Codes of four and of eight bits, and more values than either has.
  usual: [
    { parameters: { values: 16 } },
    { sizes: { P: 600 }, parameters: { values: 256 } },
    { sizes: { P: 600 }, parameters: { values: 600 } },
  ],
  outputs: { y: array('the weight of each connection', 'P') },
  classes,
})

export const expandGradient = gradientOf(expand, {
  title: 'Gradient by values that connections share',
  by: ['theta'],
  without: ['theta'],
  sums: 'The sums are of derivatives, and of no products.',
})

/** What sharing saves, and what it does not. */
export const shareCounts = operation({
  id: 'compression.shareCounts',
  title: 'Values that are stored, and zeros among the weights that have them',
  level: 'core',
  dimensions,
  inputs: { theta, map },
  parameters: { values },
  usual: [{ parameters: { values: 2 } }, { sizes: { P: 600 }, parameters: { values: 2 } }],
  outputs: {
    connections: array('how many weights there are'),
    stored: array('how many numbers are stored, the map not counted'),
    uses: array('how many connections have each value', 'K'),
    zeros: array('how many weights are 0'),
  },
  classes: {
    ...classes,
    'a value of 0 that connections have': ({ inputs: { theta, map } }: CaseView) =>
      map!.data.some((k: number) => theta!.data[k] === 0),
    'no value of 0': ({ inputs: { theta } }: CaseView) => !theta!.data.includes(0),
  },
})

/** One step of the training of values that connections share. */
export const sharedStep = operation({
  id: 'compression.sharedStep',
  title: 'A step of training with shared values',
  level: 'core',
  dimensions,
  inputs: {
    theta,
    velocity: array('what momentum remembers of earlier steps', 'K'),
    map,
    gradient: array('the derivative of the loss by the weight of each connection', 'P'),
  },
  parameters: {
    values,
    rate: real({ min: 0, from: 0, to: 1, values: [0.125, 0.5] }),
    momentum: real({ min: 0, max: 1, from: 0, to: 1, values: [0, 0.5, 0.9] }),
    decay: real({ min: 0, from: 0, to: 1, values: [0, 0.5] }),
  },
  usual: [
    { parameters: { rate: 0.01, momentum: 0.9, decay: 5e-4 } },
    { parameters: { rate: 0.1, momentum: 0, decay: 0 } },
  ],
  sums: 'The sums are of derivatives, and of no products.',
  outputs: {
    theta: array('the values after the step', 'K'),
    velocity: array('what momentum remembers then', 'K'),
    weights: array('the weight of each connection after the step', 'P'),
  },
  classes: {
    ...classes,
    momentum: ({ parameters: p }: CaseView) => p.momentum > 0,
    'no momentum': ({ parameters: p }: CaseView) => p.momentum === 0,
    decay: ({ parameters: p }: CaseView) => p.decay > 0,
  },
})

const tied = { ...deepLearning, where: 'section 7.9' } as const

export const paramCount = clause({
  id: 'compression.sharing.param-count',
  title: 'Connections that share values store the values, and are as dense as before',
  kind: 'count',
  operations: [expand, shareCounts],
  statement:
    'A map gives each of $P$ connections one of $K$ values: its weight is that value, to the bit. Stored are $K$ numbers, and the map, unless it follows from the structure, as in a convolution. Connections do not become fewer by that, and none becomes 0 that has a value other than 0: each value that is 0 makes as many zeros as connections have it. To collect the values from the weights and to expand them again changes nothing.',
  formula: String.raw`w_i = \theta_{\sigma(i)},\qquad \#\{i : w_i = 0\} = \sum_{k : \theta_k = 0} n_k,\qquad n_k = \#\{i : \sigma(i) = k\},\quad \sum_k n_k = P`,
  domain: 'Any values; any map into them. Values that no connection has are stored all the same.',
  conventions: [
    {
      choice: 'What a map of its own takes is not counted here.',
      others:
        'Where values are shared by similarity the map is the larger part: see the rate of clustered weights.',
    },
  ],
  source: {
    notes: [[164, 164]],
    publications: [tied, { ...nowlan, where: 'section 1' }],
  },
  errata: [],
})

export const tiedGradient = clause({
  id: 'compression.sharing.tied-gradient',
  title: 'The derivative by a shared value is the sum over the connections that have it',
  kind: 'gradient',
  operations: [expand, expandGradient],
  statement:
    'The derivative of a loss by a shared value is the sum of its derivatives by the weights of all connections that have this value, and 0 for a value that no connection has. It is a sum and not a mean. In which order connections stand changes nothing. Filters of a convolution and the weights of a recurrent network are special cases.',
  formula: String.raw`\frac{\partial E}{\partial \theta_k} = \sum_{i : \sigma(i) = k} \frac{\partial E}{\partial w_i}`,
  domain: 'Any derivatives by weights; any map.',
  conventions: [
    {
      choice: 'The sum.',
      others:
        'Code that gives each group of weights the mean of their derivatives trains large groups more slowly.',
    },
  ],
  source: {
    notes: [[164, 164]],
    publications: [tied, { ...deepLearning, where: 'section 10.2.2' }],
  },
  errata: [],
})

export const priorToTraining = clause({
  id: 'compression.sharing.prior-to-training',
  title: 'Sharing is fixed before training, and weights that share a value never part',
  kind: 'law',
  operations: [sharedStep, expandGradient],
  statement:
    'The map stands before training begins, and every step is one of the values: momentum and decay belong to a value, not to a connection, and the gradient is that of the clause on tied gradients. So weights that share a value are equal to the bit after every step, and the values take the step that each of the weights would take with the summed derivative of its group. A value that no connection has only decays.',
  formula: String.raw`v_k' = \mu v_k + \frac{\partial E}{\partial \theta_k} + \lambda \theta_k,\qquad \theta_k' = \theta_k - \eta v_k',\qquad w_i' = \theta_{\sigma(i)}'`,
  domain: 'Any values, velocities and derivatives; rates and decays that are not negative.',
  conventions: [
    {
      choice: 'A shared value decays once.',
      others:
        'A penalty over all connections counts a value as often as connections have it, and lets it decay by $n_k\\lambda\\theta_k$.',
    },
  ],
  evaluations: [{ way: 'the decay as a factor of the value, $(1 - \\eta\\lambda)\\theta$' }],
  source: {
    notes: [
      [164, 164],
      [169, 169],
    ],
    publications: [tied],
  },
  errata: [],
})
