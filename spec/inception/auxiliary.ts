import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  nonnegative,
  operation,
  type Parameters,
} from '../language/operation.ts'
import { choice, real } from '../language/parameter.ts'

/** How much an auxiliary loss counts beside the main one, which counts 1. */
const weight = real({ min: 0, max: 1, from: 0, to: 0.75, values: [0, 0.25, 0.3, 0.5] })

/** More importance for the main loss: every other one counts less. */
const belowOne = {
  says: 'a weight below 1, which the main loss has',
  argument: 'weight',
  holds: (_: unknown, { weight }: Parameters) => weight < 1,
  repair: (parameters: Parameters) =>
    parameters.weight < 1 ? parameters : { ...parameters, weight: 0.3 },
  violate: (parameters: Parameters) => ({ ...parameters, weight: 1 }),
}

const weightClasses = {
  'weight 0': ({ parameters }: CaseView) => parameters.weight === 0,
  'the published weight': ({ parameters }: CaseView) => parameters.weight === 0.3,
} as const

/** The loss of a network with auxiliary classifiers. */
export const totalLoss = operation({
  id: 'inception.totalLoss',
  title: 'Loss with auxiliary classifiers',
  level: 'core',
  dimensions: { A: free(0, 3, 'auxiliary classifiers') },
  inputs: {
    main: nonnegative('the loss of the last classifier'),
    auxiliary: nonnegative('the losses of the others', 'A'),
  },
  parameters: { weight },
  constraints: [belowOne],
  usual: [{ sizes: { A: 2 }, parameters: { weight: 0.3 } }],
  sums: 'The result is a single number, and thousands are asked for statistics.',
  outputs: { loss: array('what training makes small') },
  classes: {
    ...weightClasses,
    'no auxiliary classifier': ({ sizes }: CaseView) => sizes.A === 0,
    'two auxiliary classifiers': ({ sizes }: CaseView) => sizes.A === 2,
  },
})

const dimensions = {
  Stages: derived(() => 3, 'stages of the trunk, each with a classifier'),
  N: free(1, 2, 'samples'),
  Q: free(1, 2, 'classes'),
  D: free(1, 3, 'units of a stage'),
} as const

const network = {
  x: array('the samples, one a row', 'N', 'D'),
  trunk: array('the weights of the stages', 'Stages', 'D', 'D'),
  heads: array(
    'the weights of the classifier after each stage, the main one last',
    'Stages',
    'D',
    'Q',
  ),
} as const

const activation = choice('linear', 'tanh')

const classes = {
  'linear stages': ({ parameters }: CaseView) => parameters.activation === 'linear',
  'tanh stages': ({ parameters }: CaseView) => parameters.activation === 'tanh',
  'several samples': ({ sizes }: CaseView) => sizes.N! > 1,
  'one unit': ({ sizes }: CaseView) => sizes.D === 1,
} as const

/** A small network with a classifier after each of its three stages, in training. */
export const trainingLoss = operation({
  id: 'inception.trainingLoss',
  title: 'Loss of a trunk with two auxiliary classifiers',
  level: 'core',
  dimensions,
  inputs: { ...network, targets: array('what every classifier is to give', 'N', 'Q') },
  parameters: { activation, weight },
  constraints: [belowOne],
  usual: [{ parameters: { weight: 0.3 } }, { sizes: { N: 1 }, parameters: { weight: 0.3 } }],
  sums: 'The results are four numbers, sums of squares of what is computed.',
  outputs: {
    loss: array('what training makes small'),
    losses: array('half the squared distance of each classifier from the targets', 'Stages'),
  },
  classes: { ...classes, ...weightClasses },
})

/** Its gradients; nothing follows the loss. */
export const trainingGradient = operation({
  ...gradientOf(trainingLoss, {
    title: 'Gradients of a trunk with two auxiliary classifiers',
    by: ['x', 'trunk', 'heads'],
    from: ['loss'],
    // Of heads of zeros the answer is 0, so that all errors are known; nothing goes back into the trunk.
    sums: [
      {
        sizes: { N: 81, D: 16, Q: 24 },
        parameters: { activation: 'linear', weight: 0.5 },
        arrays: { trunk: 'identity', heads: 'zeros' },
      },
    ],
  }),
  id: 'inception.trainingGradient',
  inputs: trainingLoss.inputs,
})

/** The same network after training: only the last classifier answers. */
export const inference = operation({
  id: 'inception.inference',
  title: 'Answer of a network with auxiliary classifiers',
  level: 'core',
  dimensions,
  inputs: network,
  parameters: { activation },
  usual: [{ sizes: { N: 1 } }, { parameters: { activation: 'tanh' } }],
  sums: [
    {
      sizes: { N: 16, D: 64, Q: 64 },
      parameters: { activation: 'linear' },
      arrays: { trunk: 'identity' },
    },
  ],
  outputs: { z: array('the answer of the main classifier', 'N', 'Q') },
  classes,
})

const goingDeeper = {
  title: 'Szegedy et al. (2015), Going deeper with convolutions',
  where: 'section 5',
} as const

const conventions = [
  {
    choice: 'One weight for all auxiliary losses, 0.3 as published, and 1 for the main loss.',
    others:
      'Later networks of the family use a single auxiliary classifier, with weight 0.4 in some libraries.',
  },
] as const

export const auxLoss = clause({
  id: 'inception.aux.loss',
  title: 'The loss is that of the main classifier plus a share of the others',
  kind: 'formula',
  operations: [totalLoss, trainingLoss],
  statement:
    'While a network with auxiliary classifiers is trained, its loss is the loss of the last classifier plus $w$ times the sum of the losses of the others, $0 \\le w < 1$, so that no other loss counts as much as the main one. GoogLeNet has two of them and takes $w = 0.3$.',
  formula: String.raw`E = E_{\mathrm{main}} + w \sum_{a} E_a,\qquad 0 \le w < 1`,
  domain: 'Losses that are not negative; any number of auxiliary classifiers.',
  conventions,
  evaluations: [{ way: 'each auxiliary loss times its weight, then added' }],
  source: { notes: [[100, 100]], publications: [goingDeeper] },
  errata: [],
})

export const auxGradient = clause({
  id: 'inception.aux.gradient',
  title: 'Auxiliary losses reach what lies below their tap, and nothing above',
  kind: 'gradient',
  operations: [trainingGradient],
  statement:
    'The gradient of the loss is that of the main loss plus $w$ times those of the auxiliary losses. A stage above the branch of an auxiliary classifier gets nothing from it; a stage below gets its share as a summand; each classifier gets the gradient of its own loss only.',
  formula: String.raw`\nabla_\theta E = \nabla_\theta E_{\mathrm{main}} + w \sum_a \nabla_\theta E_a,\qquad \nabla_\theta E_a = 0 \text{ for } \theta \text{ above the tap of } a`,
  domain: 'Three stages with a classifier after each; squared distance as loss.',
  conventions,
  source: { notes: [[100, 100]], publications: [goingDeeper] },
  errata: [],
})

export const auxInference = clause({
  id: 'inception.aux.inference',
  title: 'After training only the main classifier counts',
  kind: 'law',
  operations: [inference],
  statement:
    'The answer of the trained network is that of its last classifier. It does not depend on the weights of the auxiliary classifiers: whatever they are, and if there are none, it is the same to the bit.',
  formula: String.raw`z = h_3 V_3,\qquad \frac{\partial z}{\partial V_1} = \frac{\partial z}{\partial V_2} = 0`,
  domain: 'Any weights.',
  conventions: [],
  source: { notes: [[100, 100]], publications: [goingDeeper] },
  errata: [],
})
