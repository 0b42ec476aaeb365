import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  type Parameters,
  positive,
  type Sizes,
} from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { effortOf } from './client-update.ts'
import { dataOfClients } from './fedavg.ts'
import { classesOfClients, lossOfClients, passOver, sizesOfClients } from './personalized-data.ts'
import { hanzely } from './publications.ts'

const weight = real({ min: 0, from: 0, to: 4, values: [0, 0.5, 1, 2] })

/** Losses of models of their own, and a penalty on how far they are from their mean. */
export const personalizedObjective = operation({
  id: 'federated.personalizedObjective',
  title: 'Objective of personalized models that are pulled to their mean',
  level: 'core',
  dimensions: sizesOfClients,
  inputs: {
    w: array('the weights of the model of each client', 'K', 'I', 'O'),
    b: array('the biases of each', 'K', 'O'),
    ...dataOfClients,
  },
  parameters: { ...lossOfClients, weight },
  usual: [
    { sizes: { K: 5 }, parameters: { points: 3, weight: 0.1 } },
    { parameters: { points: 2, weight: 1, loss: 'logistic' } },
  ],
  work: (sizes: Sizes, parameters: Parameters) => 2 * passOver(sizes, parameters),
  effort: effortOf,
  sums: 'The result is a single number, and thousands are asked for statistics.',
  outputs: { objective: array('the mean loss of all clients, and the penalty') },
  classes: {
    ...classesOfClients,
    'no pull to the mean': ({ parameters: p }: CaseView) => p.weight === 0,
    'some pull to the mean': ({ parameters: p }: CaseView) => p.weight > 0,
  },
})

/** Its gradients by the models. */
export const personalizedObjectiveGradient = gradientOf(personalizedObjective, {
  title: 'Gradients of the objective of personalized models',
  by: ['w', 'b'],
  work: (sizes: Sizes, parameters: Parameters) => 4 * passOver(sizes, parameters),
  sums: 'The sums are of errors, which are sums themselves.',
  saturating: ['w', 'b', 'x'],
})

/** The personalized models of clients whose losses are separable quadratics. */
export const personalizedOptimum = operation({
  id: 'federated.personalizedOptimum',
  title: 'Optimum of personalized models on separable quadratics',
  level: 'core',
  dimensions: { K: free(1, 4, 'clients'), P: free(1, 4, 'parameters of a model') },
  inputs: {
    curvatures: positive('the second derivative of each loss by each parameter', 'K', 'P'),
    centres: array('where each loss alone is smallest', 'K', 'P'),
  },
  parameters: {
    weight: real({ min: 0, from: 0, to: 64, values: [0, 0.5, 1, 2, 1e6] }),
  },
  usual: [{ parameters: { weight: 1 } }, { sizes: { K: 8 }, parameters: { weight: 0.1 } }],
  effort: () => 6,
  sums: 'Each term of its sums has a quotient in it that is rounded.',
  outputs: {
    models: array('the model of each client', 'K', 'P'),
    mean: array('their mean', 'P'),
  },
  classes: {
    'one client': ({ sizes }: CaseView) => sizes.K === 1,
    'several clients': ({ sizes }: CaseView) => sizes.K! > 1,
    'no pull to the mean': ({ parameters: p }: CaseView) => p.weight === 0,
    'a strong pull to the mean': ({ parameters: p }: CaseView) => p.weight === 1e6,
    'curvatures that differ': ({ inputs }: CaseView) => new Set(inputs.curvatures!.data).size > 1,
  },
})

export const objective = clause({
  id: 'federated.personalized.objective',
  title: 'Each client has a model of its own, and a penalty pulls all of them to their mean',
  kind: 'formula',
  operations: [personalizedObjective],
  statement:
    'The objective is the mean over clients of the mean loss of each on its own points, and $\\lambda / 2$ times the mean squared distance of the models from their mean. Clients weigh alike, however many points they have. The penalty is 0 exactly where all models are the same; a shift of all models leaves it as it is, a factor of all models multiplies it by its square, and it is half of $\\lambda$ times half of the mean squared distance of all pairs. The order of clients and of points makes no difference, and what stands in places without points none at all.',
  formula: String.raw`F(\theta_1, \dots, \theta_K) = \frac1K \sum_k F_k(\theta_k) + \frac\lambda{2K} \sum_k \lVert \theta_k - \bar\theta \rVert^2,\qquad \frac1{2K} \sum_k \lVert \theta_k - \bar\theta \rVert^2 = \frac1{4K^2} \sum_{k,l} \lVert \theta_k - \theta_l \rVert^2`,
  domain: 'Linear models with weights and biases; any points and targets; λ that is not negative.',
  conventions: [
    {
      choice: 'The loss of a client is the mean over its points, and 0 where it has none.',
      others: 'With sums in place of means, clients with many points outweigh the penalty.',
    },
    {
      choice: 'Clients weigh alike.',
      others: 'Weights by points, as in the mean of models, are another objective.',
    },
  ],
  source: {
    notes: [
      [573, 573],
      [575, 575],
    ],
    publications: [{ ...hanzely, where: 'equation 2' }],
  },
  errata: [],
})

export const gradient = clause({
  id: 'federated.personalized.gradient',
  title: 'The gradient by a model is that of its own loss, and a pull to the mean',
  kind: 'gradient',
  operations: [personalizedObjectiveGradient],
  statement:
    'The derivative by the model of a client is $1/K$ times the gradient of its own loss, and $\\lambda / K$ times how far the model is from the mean. That the mean moves with the model adds nothing, for distances from a mean add up to 0. So the pulls of all clients cancel, and the gradients by all models add up to the mean of the gradients of the losses; where the objective is stationary, so are the losses in sum.',
  formula: String.raw`\nabla_{\theta_k} F = \frac1K \nabla F_k(\theta_k) + \frac\lambda K (\theta_k - \bar\theta),\qquad \sum_k \nabla_{\theta_k} F = \frac1K \sum_k \nabla F_k(\theta_k)`,
  domain: 'As of the objective.',
  conventions: [],
  evaluations: [{ way: 'with the mean differentiated as well, as automatic differentiation does' }],
  source: {
    notes: [[573, 573]],
    publications: [{ ...hanzely, where: 'section 3' }],
  },
  errata: [],
})

export const limits = clause({
  id: 'federated.personalized.limits',
  title: 'Without a penalty clients train alone, and with an endless one they share a model',
  kind: 'theorem',
  operations: [personalizedOptimum],
  statement:
    'For losses that are quadratics whose parameters do not interact, with curvatures $h_k$ and minima $c_k$, each optimal model lies between the minimum of its own loss and the mean of all models, nearer to the mean the flatter the loss. With $\\lambda = 0$ each model is where its own loss is smallest. As $\\lambda$ grows, models come together, their distances from the mean never grow in sum, and in the end there is one model, where the plain mean of the losses is smallest: $\\sum_k h_k c_k / \\sum_k h_k$, in which clients weigh alike and not by points.',
  formula: String.raw`\theta_k = \frac{h_k c_k + \lambda \bar\theta}{h_k + \lambda},\qquad \bar\theta = \frac{\sum_k a_k c_k}{\sum_k a_k},\quad a_k = \frac{h_k}{h_k + \lambda},\qquad \lVert \theta_k - \bar\theta \rVert \le \frac{h_k}\lambda \lVert c_k - \bar\theta \rVert`,
  domain: 'Curvatures above 0, any minima, λ that is not negative.',
  conventions: [
    {
      choice: 'Curvatures are diagonal.',
      others: 'In general a matrix takes the place of each quotient.',
    },
  ],
  evaluations: [{ way: 'as the mean and a share of the distance from it' }],
  source: {
    notes: [
      [569, 569],
      [571, 571],
    ],
    publications: [{ ...hanzely, where: 'section 3, the optimum as a function of λ' }],
  },
  errata: [],
})
