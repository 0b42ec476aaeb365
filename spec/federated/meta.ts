import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { effortOf } from './client-update.ts'
import { dataOfClients } from './fedavg.ts'
import { classesOfClients, lossOfClients, passOver, sizesOfClients } from './personalized-data.ts'
import { fallah, finn } from './publications.ts'

const inputs = {
  w: array('the weights of the common model', 'I', 'O'),
  b: array('its biases', 'O'),
  ...dataOfClients,
} as const

const parameters = {
  ...lossOfClients,
  alpha: real({ min: 0, from: 0, to: 0.5, values: [0, 0.25, 0.5, 0.01] }),
} as const

const usual = [
  { sizes: { K: 5 }, parameters: { points: 3, alpha: 0.01 } },
  { parameters: { points: 2, alpha: 0.1, loss: 'logistic' } },
] as const

const classes = {
  ...classesOfClients,
  'no adaptation': ({ parameters: p }: CaseView) => p.alpha === 0,
  'some adaptation': ({ parameters: p }: CaseView) => p.alpha > 0,
} as const

const ofErrors = 'The sums are of errors, which are sums themselves.'

/** The loss of clients after each took one step from a common model. */
export const metaObjective = operation({
  id: 'federated.metaObjective',
  title: 'Objective of a common model that each client adapts by one step',
  level: 'core',
  dimensions: sizesOfClients,
  inputs,
  parameters,
  usual,
  work: (sizes: Sizes, given: Parameters) => 4 * passOver(sizes, given),
  effort: effortOf,
  sums: ofErrors,
  outputs: {
    objective: array('the mean over clients of the loss of the adapted models'),
    adaptedW: array('the weights of the model of each client, after its step', 'K', 'I', 'O'),
    adaptedB: array('the biases of each', 'K', 'O'),
  },
  classes,
})

/** Its gradients by the common model. */
export const metaObjectiveGradient = gradientOf(metaObjective, {
  title: 'Gradients of the objective of a common model, through the step of each client',
  by: ['w', 'b'],
  from: ['objective'],
  work: (sizes: Sizes, given: Parameters) => 8 * passOver(sizes, given),
  sums: ofErrors,
})

/** The mean gradient at the adapted models, which leaves out how the step depends on the common model. */
export const metaFirstOrder = operation({
  id: 'federated.metaFirstOrder',
  title: 'First-order approximation of the gradient of the objective of a common model',
  level: 'core',
  dimensions: sizesOfClients,
  inputs,
  parameters,
  usual,
  work: (sizes: Sizes, given: Parameters) => 6 * passOver(sizes, given),
  effort: effortOf,
  sums: ofErrors,
  outputs: {
    dw: array('the approximate derivative by the weights', 'I', 'O'),
    db: array('the approximate derivative by the biases', 'O'),
  },
  classes,
})

export const objective = clause({
  id: 'federated.meta.objective',
  title: 'A common model is judged by what one step on its own points makes of it at each client',
  kind: 'formula',
  operations: [metaObjective],
  statement:
    'Each client takes one step of gradient descent of the rate $\\alpha$ on its own mean loss, from the common model, and the objective is the mean over clients of the mean losses of the models that come out, each on the points of its client. Both the step and the loss look at the points of that client only. With $\\alpha = 0$ it is the mean of the losses of the common model. The model of a client without points stays as it is, and has the loss 0. For a quadratic loss of the curvature $h$ a step multiplies the distance from its minimum by $1 - \\alpha h$, and the loss by the square of that, so that no loss rises where $\\alpha \\le 2 / h$.',
  formula: String.raw`F(\theta) = \frac1K \sum_k F_k \bigl( \theta - \alpha \nabla F_k(\theta; D_k); D_k \bigr),\qquad F_k = \tfrac{h_k}2 (\theta - c_k)^2 \Rightarrow F = \frac1K \sum_k \tfrac{h_k}2 (1 - \alpha h_k)^2 (\theta - c_k)^2`,
  domain: 'Linear models with weights and biases; any points and targets; α that is not negative.',
  conventions: [
    {
      choice: 'The step and the loss behind it see the same points, all of a client.',
      others: 'Practice takes batches of their own for both, and for the Hessian a third.',
    },
    {
      choice: 'Clients weigh alike.',
      others: 'Weights by points are another objective.',
    },
  ],
  source: {
    notes: [
      [577, 577],
      [579, 579],
    ],
    publications: [
      { ...fallah, where: 'section 2, the objective of Per-FedAvg' },
      { ...finn, where: 'section 2.2' },
    ],
  },
  errata: [
    {
      id: 'E-49',
      lines: [579, 579],
      says: 'The gradient of the inner step is without its data, so that it could be that of anybody’s.',
      counterexample:
        'A single bias that is 0, targets 0 of one client and 4 of the other, least squares, α = ½: the own steps lead to 0 and 2, and the objective is 1; steps on the points of both lead to 1 and 1, and it would be 2.5.',
      correction: 'The step of a client is on its own data, as the loss behind it.',
      settledBy: { ...fallah, where: 'section 2, the objective of Per-FedAvg' },
    },
  ],
})

export const gradient = clause({
  id: 'federated.meta.gradient',
  title: 'The gradient goes through the step, and its first-order approximation does not',
  kind: 'gradient',
  operations: [metaObjectiveGradient, metaFirstOrder, metaObjective],
  statement:
    'By the chain rule, the gradient at the adapted model of each client is multiplied by the derivative of the step, $I - \\alpha \\nabla^2 F_k(\\theta)$, with the Hessian at the common model and not at the adapted one. The first-order approximation leaves the Hessian out. Both are the same where $\\alpha = 0$, and where the loss has no curvature; on quadratics the exact gradient has the factor $(1 - \\alpha h)^2$ and the approximation $1 - \\alpha h$, so that beyond $\\alpha h = 1$ it points the other way. Their difference is $\\alpha / K$ times the sum of the Hessians with the gradients.',
  formula: String.raw`\nabla F = \frac1K \sum_k \bigl( I - \alpha \nabla^2 F_k(\theta) \bigr) \nabla F_k(\theta_k),\qquad \theta_k = \theta - \alpha \nabla F_k(\theta),\qquad \nabla F \approx \frac1K \sum_k \nabla F_k(\theta_k)`,
  domain: 'As of the objective.',
  conventions: [
    {
      choice: 'The Hessian enters as its product with the gradient, and is never built.',
      others: 'A difference of two gradients approximates the product.',
    },
  ],
  source: {
    notes: [[577, 577]],
    publications: [
      { ...fallah, where: 'sections 2 and 3, the gradient and its first-order approximation' },
      { ...finn, where: 'section 5.2, first-order approximation' },
    ],
  },
  errata: [],
})
