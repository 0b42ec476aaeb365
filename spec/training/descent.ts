import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
} from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { convexOptimization, deepLearning } from './publications.ts'

const D = free(1, 3, 'coordinates')

const bowl = {
  matrix: array('the curvature, A; only its symmetric part matters', 'D', 'D'),
  minimum: array('where the gradient is zero, c', 'D'),
} as const

const asymmetric = ({ sizes, inputs }: CaseView) => {
  const { data } = inputs.matrix!
  const n = sizes.D!
  return data.some((a, at) => a !== data[(at % n) * n + Math.floor(at / n)])
}

const classes = {
  'one coordinate': ({ sizes }: CaseView) => sizes.D === 1,
  'several coordinates': ({ sizes }: CaseView) => sizes.D! > 1,
  'matrix not symmetric': asymmetric,
} as const

const ofMeans =
  'The sums are of means of two elements of the matrix, each of which enters two results, rounded once.'

/** A quadratic function, the simplest loss there is. */
export const quadratic = operation({
  id: 'training.quadratic',
  title: 'Quadratic loss',
  level: 'core',
  dimensions: { D },
  inputs: { ...bowl, x: array('the parameters', 'D') },
  parameters: {},
  usual: [{ sizes: { D: 1 } }, { sizes: { D: 2 } }],
  sums: 'The result is a single number, and thousands are asked for statistics.',
  outputs: { loss: array('half the quadratic form of the distance from the minimum') },
  classes,
})

/** Its gradients. */
export const quadraticGradient = gradientOf(quadratic, {
  title: 'Gradients of the quadratic loss',
  sums: ofMeans,
})

/** Gradient descent with a fixed learning rate on a quadratic loss. */
export const descend = operation({
  id: 'training.descend',
  title: 'Gradient descent on a quadratic loss',
  level: 'core',
  dimensions: {
    D,
    Points: derived((_, { steps }: Parameters) => steps + 1, 'the start and what each step gives'),
  },
  inputs: { ...bowl, start: array('the parameters before the first step', 'D') },
  parameters: {
    rate: real({ min: 0, from: 0, to: 1, values: [0.5, 0.25, 0.125] }),
    steps: integer({ min: 1, upTo: 5 }),
  },
  usual: [
    { parameters: { rate: 0.1, steps: 10 } },
    { parameters: { rate: 0.01, steps: 5 } },
    { sizes: { D: 2 }, parameters: { rate: 0.5, steps: 2 } },
  ],
  work: ({ D }, { steps }) => 8 * steps * D! * D!,
  sums: ofMeans,
  outputs: {
    trajectory: array('the parameters, from the start on', 'Points', 'D'),
    losses: array('the loss at each of them', 'Points'),
  },
  classes: {
    ...classes,
    'one step': ({ parameters }) => parameters.steps === 1,
    'several steps': ({ parameters }) => parameters.steps > 1,
    'a dyadic rate': ({ parameters }) => parameters.rate === 0.25,
  },
})

const conventions = [
  {
    choice:
      'The loss carries the factor 1/2, so its gradient is the matrix times the distance, and the threshold is 2 over the largest eigenvalue.',
    others: 'Without the factor the gradient is twice as steep and the threshold half as large.',
  },
] as const

export const divergenceThreshold = clause({
  id: 'training.lr.divergence-threshold',
  title: 'Descent converges below twice the inverse of the largest curvature, and diverges above',
  kind: 'theorem',
  operations: [descend, quadratic, quadraticGradient],
  statement:
    'On a quadratic loss with positive eigenvalues, each step multiplies the component along an eigenvector by $1 - \\eta\\lambda$. For $0 < \\eta < 2/\\lambda_{\\max}$ all factors are below 1 in modulus and the loss tends to its minimum from every start. For $\\eta > 2/\\lambda_{\\max}$ the loss grows beyond any number, and in floating point ends as infinity or NaN, unless the start has no component along the steepest direction.',
  formula: String.raw`f(x) = \tfrac12 (x-c)^\top A (x-c),\qquad x_{t+1} = x_t - \eta\, \tfrac{A + A^\top}{2} (x_t - c),\qquad x_t - c = (I - \eta A)^t (x_0 - c)`,
  domain:
    'The steps for any matrix; the threshold for symmetric matrices with positive eigenvalues.',
  conventions,
  evaluations: [
    {
      way: 'the gradient as $\\tfrac12 A(x-c) + \\tfrac12 A^\\top (x-c)$, as automatic differentiation has it',
    },
    { way: 'the gradients from $g (x-c)$ on, where $g$ is what comes from above' },
  ],
  source: {
    notes: [[92, 92]],
    publications: [
      { ...convexOptimization, where: 'section 1.2.3' },
      { ...deepLearning, where: 'section 4.3' },
    ],
  },
  errata: [],
})

export const transientDecrease = clause({
  id: 'training.lr.transient-decrease',
  title: 'A loss that diverges may fall at first',
  kind: 'theorem',
  operations: [descend],
  statement:
    'Directions of small curvature make the loss fall while one of too large a curvature, barely present at the start, grows unseen; the loss falls, passes a minimum and then exceeds every number. On a quadratic loss without negative curvature the curve over the steps is convex, so once it has risen it never falls again.',
  formula: String.raw`f(x_t) = \tfrac12 \sum_i \lambda_i (1 - \eta\lambda_i)^{2t} z_i^2,\qquad f(x_{t+1}) - 2 f(x_t) + f(x_{t-1}) \ge 0`,
  domain:
    'Symmetric matrices without negative eigenvalues; $z$ is the start in their eigenvectors.',
  conventions,
  source: {
    notes: [[92, 92]],
    publications: [{ ...deepLearning, where: 'section 8.2.1' }],
  },
  errata: [],
})
