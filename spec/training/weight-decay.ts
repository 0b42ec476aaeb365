import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, free, operation, type Usual } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { deepLearning } from './publications.ts'

const dimensions = {
  N: free(1, 4, 'samples'),
  D: free(1, 3, 'features'),
} as const

const sample = {
  x: array('the samples, one a row', 'N', 'D'),
  targets: array('what the model is to give', 'N'),
} as const

const decay = real({ min: 0, from: 0, to: 4, values: [0, 0.5, 1, 4] })

const usualDecay: readonly Usual[] = [1e-4, 5e-4, 0.01, 1].map((decay) => ({
  parameters: { decay },
}))

const classes = {
  'no decay': ({ parameters }: CaseView) => parameters.decay === 0,
  'some decay': ({ parameters }: CaseView) => parameters.decay > 0,
  'one feature': ({ sizes }: CaseView) => sizes.D === 1,
  'more samples than features': ({ sizes }: CaseView) => sizes.N! > sizes.D!,
  'fewer samples than features': ({ sizes }: CaseView) => sizes.N! < sizes.D!,
} as const

/** The loss of a linear model with weight decay. */
export const decayedLoss = operation({
  id: 'training.decayedLoss',
  title: 'Loss of a linear model with weight decay',
  level: 'core',
  dimensions,
  inputs: { ...sample, weights: array('the weights of the model', 'D') },
  parameters: { decay },
  usual: usualDecay,
  sums: 'The results are two numbers, sums of squares of what is computed.',
  outputs: {
    loss: array('the training error plus the penalty'),
    trainingError: array('half the squared distance from the targets'),
  },
  classes,
})

/** Its gradients. */
export const decayedLossGradient = gradientOf(decayedLoss, {
  title: 'Gradients of the loss of a linear model with weight decay',
  from: ['loss'],
  // A model without weights gives 0, so that its errors are the targets.
  sums: [
    {
      sizes: { N: 81, D: 1024 },
      parameters: { decay: 0 },
      arrays: { weights: 'zeros', dLoss: 'ones' },
    },
  ],
})

/** The weights at which that loss is smallest. */
export const ridge = operation({
  id: 'training.ridge',
  title: 'Ridge regression: a linear model trained to the end with weight decay',
  level: 'core',
  dimensions,
  inputs: sample,
  parameters: { decay },
  usual: usualDecay,
  work: ({ N, D }) => (N! + D!) * D! * D!,
  sums: 'The weights solve equations whose coefficients are sums: each depends on the errors of all of them.',
  outputs: {
    weights: array('the weights of the trained model', 'D'),
    trainingError: array('half its squared distance from the targets'),
    norm: array('the sum of its squared weights'),
  },
  classes,
})

export const remedy = clause({
  id: 'training.overfit.weight-decay-remedy',
  title: 'With more weight decay a model fits its training set less',
  kind: 'theorem',
  operations: [ridge, decayedLoss, decayedLossGradient],
  statement:
    'A linear model trained to the end with squared error and weight decay $\\lambda$ has the weights $(X^\\top X + \\lambda I)^{-1} X^\\top y$: where the loss is smallest and its gradient vanishes. As $\\lambda$ grows, its training error never falls and the length of its weights never rises; without decay it is least squares, and the length is at most $\\lVert X^\\top y \\rVert / \\lambda$, so it tends to 0.',
  formula: String.raw`E_\lambda(w) = \tfrac12 \lVert Xw - y \rVert^2 + \tfrac\lambda2 \lVert w \rVert^2,\qquad w_\lambda = (X^\top X + \lambda I)^{-1} X^\top y,\qquad \lambda < \mu \Rightarrow \lVert Xw_\lambda - y \rVert \le \lVert Xw_\mu - y \rVert,\; \lVert w_\lambda \rVert \ge \lVert w_\mu \rVert`,
  domain: 'Any samples with decay; without decay, samples whose features are independent.',
  conventions: [
    {
      choice: 'Error and penalty carry 1/2 each, summed over samples.',
      others:
        'With the mean over N samples, λN takes the place of λ; without the halves nothing changes, with one of them λ is halved or doubled.',
    },
  ],
  evaluations: [
    { way: 'elimination, with or without exchanges of equations' },
    { way: 'the factors $L L^\\top$ of Cholesky' },
    { way: 'the inverse matrix, times $X^\\top y$' },
    {
      way: 'the gradient from $g r$ and $g \\lambda$ on, as automatic differentiation has it',
    },
  ],
  source: {
    notes: [[96, 96]],
    publications: [{ ...deepLearning, where: 'section 7.1.1' }],
  },
  errata: [
    {
      id: 'E-96',
      lines: [96, 96],
      says: 'Stronger regularization permits the model to memorize its training data.',
      counterexample:
        'One sample, x = 1, y = 1: a model that memorized it has the weight 1. With decay 1 the trained weight is 1/2, and the model misses the sample by 1/2.',
      correction:
        'Regularization keeps the model from memorizing the training set, so that it predicts well on other data.',
      settledBy: { ...deepLearning, where: 'sections 5.2.2 and 7.1.1' },
    },
  ],
})
