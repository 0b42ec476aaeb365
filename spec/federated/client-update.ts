import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  type Range,
  type Sizes,
  whole,
} from '../language/operation.ts'
import { choice, integer, real } from '../language/parameter.ts'
import { fedAvg } from './publications.ts'

/** What every operation that trains a model of clients is told. */
export const training = {
  points: integer({ min: 1, upTo: 4 }),
  rate: real({ min: 0, from: 0, to: 0.25, values: [0.125, 0.25, 0.01] }),
  loss: choice('squares', 'logistic'),
} as const

/** The sizes of a linear model, its points and its batches. */
export const sizesOfTraining = {
  N: derived((_, { points }: Parameters) => points, 'places for points that a client has'),
  I: free(1, 3, 'features of a point'),
  O: free(1, 3, 'outputs of the model'),
  L: free(1, 3, 'local steps'),
  B: free(1, 3, 'points of a batch'),
} as const

/** How many of the places a client has points in. */
export const upToPoints = ({ points }: Parameters): Range => [0, points]
/** The places of a client. */
export const places = ({ points }: Parameters): Range => [0, points - 1]

/** Softmax has exponentials, whose errors are looked at one by one. */
export const effortOf = ({ loss }: Parameters) => (loss === 'logistic' ? 16 : 6)

/** Losses, and how a case is trained. */
export const classesOfTraining = {
  'least squares': ({ parameters: p }: CaseView) => p.loss === 'squares',
  'logistic loss': ({ parameters: p }: CaseView) => p.loss === 'logistic',
  'no rate': ({ parameters: p }: CaseView) => p.rate === 0,
  'one local step': ({ sizes }: CaseView) => sizes.L === 1,
  'several local steps': ({ sizes }: CaseView) => sizes.L! > 1,
  'batches of one point': ({ sizes }: CaseView) => sizes.B === 1,
  'batches of several points': ({ sizes }: CaseView) => sizes.B! > 1,
} as const

/** What a client does with the model that it is sent. */
export const clientUpdate = operation({
  id: 'federated.clientUpdate',
  title: 'Local steps of a client',
  level: 'core',
  dimensions: sizesOfTraining,
  inputs: {
    w: array('the weights that the client is sent', 'I', 'O'),
    b: array('the biases that it is sent', 'O'),
    x: array('its points; those from its number of points on are padding', 'N', 'I'),
    y: array('what should come out for each', 'N', 'O'),
    count: whole(upToPoints, 'how many points it has'),
    batches: whole(places, 'the place of each point of each batch', 'L', 'B'),
  },
  parameters: training,
  usual: [
    { sizes: { L: 1 }, parameters: { rate: 0.1 } },
    { sizes: { L: 5, B: 2 }, parameters: { rate: 0.05, points: 8 } },
    { sizes: { L: 2, B: 4 }, parameters: { loss: 'logistic', rate: 0.25 } },
  ],
  work: ({ L, B, I, O }: Sizes) => 2 * L! * (B! + 1) * I! * O!,
  effort: effortOf,
  sums: 'The sums are of errors, which are sums themselves.',
  states: ['w', 'b'],
  outputs: {
    w: array('the weights after each step', 'L', 'I', 'O'),
    b: array('the biases after each step', 'L', 'O'),
  },
  classes: {
    ...classesOfTraining,
    'no points': ({ inputs }: CaseView) => inputs.count!.data[0] === 0,
    'padding behind the points': ({ inputs, sizes }: CaseView) =>
      inputs.count!.data[0]! > 0 && inputs.count!.data[0]! < sizes.N!,
    'a place without a point in a batch': ({ inputs: { batches, count } }: CaseView) =>
      count!.data[0]! > 0 && batches!.data.some((place: number) => place >= count!.data[0]!),
  },
})

export const localSteps = clause({
  id: 'federated.client-update.local-steps',
  title: 'A client takes L steps against the mean gradient of its own batches',
  kind: 'algorithm',
  operations: [clientUpdate],
  statement:
    'The client begins with the model that it was sent. Each of its $L$ steps subtracts $\\eta$ times the mean of the gradients of a batch of $B$ of its own points, at the model that the step before left. Without a rate, or without points, the model stays as it is. The order within a batch does not matter; over all batches of one point the mean of the steps is the step of all points together. Half the squared distance and cross-entropy of a softmax are the losses, of a linear model with weights and biases.',
  formula: String.raw`\theta_{l+1} = \theta_l - \frac{\eta}{B} \sum_{d \in \mathcal B_l} \nabla f(\theta_l; d),\qquad \mathcal B_l \subseteq D_k,\; |\mathcal B_l| = B,\qquad f = \tfrac12 \lVert x w + b - y \rVert^2 \;\text{or}\; -\sum_o y_o \ln \operatorname{softmax}(x w + b)_o`,
  domain: 'Any points, targets, models and rates that are not negative.',
  conventions: [
    {
      choice:
        'Batches are given as places of points. A place at which the client has no point stands for the one that is left when its number of points is taken away as often as possible.',
      others:
        'Implementations draw batches within, each from its own generator, so that no two runs can be compared.',
    },
    {
      choice: 'Every batch has B points, of which some may be the same.',
      others: 'The publication splits the points once an epoch, and the last batch may be smaller.',
    },
  ],
  evaluations: [{ way: 'with the rate divided by the size of the batch before' }],
  source: {
    notes: [[546, 558]],
    publications: [{ ...fedAvg, where: 'algorithm 1, ClientUpdate' }],
  },
  errata: [
    {
      id: 'E-46',
      lines: [550, 552],
      says: 'One letter is the size of a batch and the batch itself.',
      counterexample:
        'Points 1 and 3, batches of one point, and the second of them drawn: a sum up to the number 1 takes the first point, 1; the batch has the point 3.',
      correction: 'The batch is a set of points of the client, and the size is how many it has.',
      settledBy: { ...fedAvg, where: 'algorithm 1, ClientUpdate' },
    },
    {
      id: 'E-47',
      lines: [553, 553],
      says: 'A step subtracts the rate times the sum of the gradients of the batch.',
      counterexample:
        'Two points 1, the model 0 and the rate 1/2: the sum makes it 1, the mean 1/2. With four points, the sum overshoots to 2.',
      correction:
        'The gradients are averaged. Summed, the rate would have to fall as batches grow.',
      settledBy: { ...fedAvg, where: 'section 2 and algorithm 1' },
    },
  ],
})
