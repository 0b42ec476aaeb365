import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, free, operation, ranged } from '../language/operation.ts'
import { ofExponentials } from './network.ts'
import { deepLearning } from './publications.ts'

/** Probabilities from scores. */
export const softmax = operation({
  id: 'rnn.softmax',
  title: 'Softmax of scores',
  level: 'core',
  dimensions: { N: free(1, 4, 'steps of all sequences'), O: free(1, 6, 'classes') },
  inputs: { o: array('the scores', 'N', 'O') },
  parameters: {},
  usual: [{ sizes: { N: 1, O: 2 } }, { sizes: { O: 10 } }, { sizes: { N: 1, O: 50 } }],
  effort: () => 16,
  sums: ofExponentials,
  outputs: { y: ranged([0, 1], array('the probability of each class', 'N', 'O')) },
  classes: {
    'one class': ({ sizes }: CaseView) => sizes.O === 1,
    'two classes': ({ sizes }: CaseView) => sizes.O === 2,
    'more classes': ({ sizes }: CaseView) => sizes.O! > 2,
    'several rows': ({ sizes }: CaseView) => sizes.N! > 1,
  },
})

export const softmaxGradient = gradientOf(softmax, {
  title: 'Gradient of the softmax of scores',
  sums: ofExponentials,
})

export const stable = clause({
  id: 'rnn.softmax.stable',
  title: 'A softmax does not overflow, whatever its scores are',
  kind: 'formula',
  operations: [softmax, softmaxGradient],
  statement:
    'The softmax of scores of any size is finite: with the largest score taken off all of them, no exponential is above 1, and those that underflow are probabilities of 0. A number that is added to all scores changes nothing. A score of $-\\infty$ stands for a class that there is not, whose probability and gradient are 0. The derivatives of the probabilities are $\\operatorname{diag}(\\hat y) - \\hat y \\hat y^\\top$, so that a gradient adds up to 0 over the scores.',
  formula: String.raw`\hat y_k = \frac{e^{o_k - m}}{\sum_j e^{o_j - m}},\quad m = \max_j o_j,\qquad \nabla_o E = (\operatorname{diag}(\hat y) - \hat y \hat y^\top)\, \nabla_{\hat y} E`,
  domain: 'Finite scores of any size; scores of −∞ as long as a row has a finite one.',
  conventions: [
    {
      choice: 'Shares are over the last axis.',
      others: 'Libraries take an axis as an argument; some take the first one unless told.',
    },
  ],
  evaluations: [{ way: 'the exponential of the logarithm of the softmax' }],
  source: {
    notes: [[365, 365]],
    publications: [{ ...deepLearning, where: 'section 4.1 and equation 6.29' }],
  },
  errata: [],
})
