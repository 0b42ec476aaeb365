import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  free,
  nonnegative,
  operation,
  type Usual,
} from '../language/operation.ts'
import { kroghVedelsby } from './publications.ts'
import { dimensions, ofExponentials } from './softmax.ts'

const members = { T: free(1, 5, 'members of the ensemble'), ...dimensions } as const

const classes = {
  'one member': ({ sizes }: CaseView) => sizes.T === 1,
  'several members': ({ sizes }: CaseView) => sizes.T! > 1,
  'one sample': ({ sizes }: CaseView) => sizes.N === 1,
  'several samples': ({ sizes }: CaseView) => sizes.N! > 1,
  'one class': ({ sizes }: CaseView) => sizes.C === 1,
  'several classes': ({ sizes }: CaseView) => sizes.C! > 1,
} as const

const usual: readonly Usual[] = [
  { sizes: { T: 3 } },
  { sizes: { T: 10, N: 1 } },
  { sizes: { T: 5, C: 10 } },
]

/** What several models predict together, and how far they are off. */
export const ensemble = operation({
  id: 'distillation.ensemble',
  title: 'Average of several predictions, and its squared error',
  level: 'core',
  dimensions: members,
  inputs: {
    predictions: array('what each member predicts', 'T', 'N', 'C'),
    targets: array('what should come out', 'N', 'C'),
  },
  parameters: {},
  usual,
  effort: () => 4,
  sums: 'What is squared is rounded before.',
  outputs: {
    average: array('the mean of the predictions', 'N', 'C'),
    error: array('the squared distance of the mean from the target', 'N'),
    errors: array('that of each member', 'T', 'N'),
    ambiguity: array('the mean squared distance of the members from their mean', 'N'),
  },
  classes,
})

/** The same of models that give scores, and of the cross-entropy. */
export const ensembleCrossEntropy = operation({
  id: 'distillation.ensembleCrossEntropy',
  title: 'Cross-entropy of the average of several softmaxes',
  level: 'core',
  dimensions: members,
  inputs: {
    z: array('the scores of each member', 'T', 'N', 'C'),
    targets: nonnegative('how much of each class a sample is', 'N', 'C'),
  },
  parameters: {},
  usual,
  effort: () => 30,
  sums: ofExponentials,
  outputs: {
    loss: array('the cross-entropy of the mean of the probabilities', 'N'),
    losses: array('that of each member', 'T', 'N'),
  },
  classes,
})

export const ensembleGradient = gradientOf(ensemble, {
  title: 'Gradients of the average of several predictions, and of its squared error',
  sums: 'What is added is rounded before.',
})

export const ensembleCrossEntropyGradient = gradientOf(ensembleCrossEntropy, {
  title: 'Gradients of the cross-entropy of the average of several softmaxes',
  sums: ofExponentials,
})

const decomposition = { ...kroghVedelsby, where: 'equations 3 to 7' } as const

export const ensembleAverageClause = clause({
  id: 'distillation.ensemble-average',
  title: 'An ensemble is no worse than its members are on average',
  kind: 'theorem',
  operations: [ensemble, ensembleGradient, ensembleCrossEntropy, ensembleCrossEntropyGradient],
  statement:
    'The prediction of an ensemble is the mean of those of its members. Its squared error is the mean of theirs less the ambiguity, the mean squared distance of the members from the ensemble, so that it is never larger than that mean, and equal to it only where all members agree. The cross-entropy is no larger than the mean of theirs as well, since the logarithm is concave. Neither is always smaller than that of the best member. The order of the members changes nothing. A loss of the mean gives each member the T-th part of its gradient, and the cross-entropy gives each as much of a class as it has of the mean probability.',
  formula: String.raw`\bar f = \frac1T\sum_m f_m,\qquad \lVert \bar f - y \rVert^2 = \frac1T\sum_m \lVert f_m - y \rVert^2 - \frac1T\sum_m \lVert f_m - \bar f \rVert^2,\qquad -\sum_c y_c \ln \bar p_c \le -\frac1T\sum_m\sum_c y_c \ln p_{mc}`,
  domain:
    'Any predictions and targets; for the cross-entropy finite scores, and targets that are not negative.',
  conventions: [
    {
      choice: 'Probabilities are averaged, all members alike.',
      others:
        'Others average scores, which is a geometric mean of probabilities, or weigh the members.',
    },
    {
      choice: 'The squared error is summed over classes.',
      others: 'With its mean over classes all three terms are divided by C.',
    },
  ],
  evaluations: [
    {
      way: 'the gradient by the scores as a product with the matrix of derivatives, $[c = k] - y_c$',
    },
  ],
  source: {
    notes: [[250, 250]],
    publications: [decomposition],
  },
  errata: [
    {
      id: 'E-30',
      lines: [250, 250],
      says: 'The average of the predictions is better than each of the models.',
      counterexample:
        'The target is 1; one member says 1, the other 0. Their mean 1/2 has the squared error 1/4; the best member has none, and the mean of both is 1/2.',
      correction:
        'It is at least as good as the members are on average, by as much as they differ; the best member may be better.',
      settledBy: decomposition,
    },
  ],
})
