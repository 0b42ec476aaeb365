import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, free, operation, ranged, type Usual } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { deepLearning, hinton } from './publications.ts'

/** Samples and classes. */
export const dimensions = {
  N: free(1, 4, 'samples'),
  C: free(1, 6, 'classes'),
} as const

/** What the scores are divided by. */
export const temperature = real({
  min: 0,
  open: true,
  from: 0.5,
  to: 8,
  values: [0.5, 1, 2, 4, 20],
})

const z = array('the scores of each sample, one a class', 'N', 'C')
const parameters = { temperature }
const usual: readonly Usual[] = [
  { parameters: { temperature: 1 } },
  { sizes: { N: 1 }, parameters: { temperature: 1 } },
  { sizes: { C: 10 }, parameters: { temperature: 1 } },
  { sizes: { C: 10 }, parameters: { temperature: 4 } },
  { sizes: { C: 2 }, parameters: { temperature: 20 } },
]

/** What exponentials, their sum and their shares cost, in products. */
const effort = () => 16

/** Why errors of exponentials are not judged by the statistics of sums of products. */
export const ofExponentials = 'The sums are of exponentials, and of products of them.'

/** Kinds of sample, by its classes. */
export const classesOfScores = {
  'one sample': ({ sizes }: CaseView) => sizes.N === 1,
  'several samples': ({ sizes }: CaseView) => sizes.N! > 1,
  'one class': ({ sizes }: CaseView) => sizes.C === 1,
  'two classes': ({ sizes }: CaseView) => sizes.C === 2,
  'more classes': ({ sizes }: CaseView) => sizes.C! > 2,
} as const

/** Kinds of temperature. */
export const classesOfTemperature = {
  'no temperature': ({ parameters }: CaseView) => parameters.temperature === 1,
  'sharper than usual': ({ parameters }: CaseView) => parameters.temperature < 1,
  'softer than usual': ({ parameters }: CaseView) => parameters.temperature > 1,
} as const

const classes = { ...classesOfScores, ...classesOfTemperature }

/** How probable each class is. */
export const softmax = operation({
  id: 'distillation.softmax',
  title: 'Softmax with a temperature',
  level: 'core',
  dimensions,
  inputs: { z },
  parameters,
  usual,
  effort,
  sums: ofExponentials,
  outputs: { y: ranged([0, 1], array('the probability of each class', 'N', 'C')) },
  classes,
})

export const softmaxGradient = gradientOf(softmax, {
  title: 'Gradient of the softmax with a temperature',
  sums: ofExponentials,
})

/** The logarithm of how probable each class is. */
export const logSoftmax = operation({
  id: 'distillation.logSoftmax',
  title: 'Logarithm of the softmax with a temperature',
  level: 'core',
  dimensions,
  inputs: { z },
  parameters,
  usual,
  effort,
  sums: ofExponentials,
  outputs: { y: array('the logarithm of the probability of each class', 'N', 'C') },
  classes,
})

export const logSoftmaxGradient = gradientOf(logSoftmax, {
  title: 'Gradient of the logarithm of the softmax with a temperature',
  sums: ofExponentials,
})

/** The smooth maximum of which the softmax is the gradient. */
export const logSumExp = operation({
  id: 'distillation.logSumExp',
  title: 'Logarithm of a sum of exponentials, with a temperature',
  level: 'core',
  dimensions,
  inputs: { z },
  parameters,
  usual,
  effort,
  sums: ofExponentials,
  outputs: { y: array('the smooth maximum of the scores of each sample', 'N') },
  classes,
})

export const logSumExpGradient = gradientOf(logSumExp, {
  title: 'Gradient of the logarithm of a sum of exponentials, with a temperature',
  sums: ofExponentials,
})

export const softmaxClause = clause({
  id: 'distillation.softmax',
  title: 'Scores become probabilities by exponentials of their quotients with a temperature',
  kind: 'formula',
  operations: [
    softmax,
    softmaxGradient,
    logSoftmax,
    logSoftmaxGradient,
    logSumExp,
    logSumExpGradient,
  ],
  statement:
    'The softmax of a sample at temperature $\\tau$ has the exponentials of its scores, each divided by $\\tau$, as shares of their sum. Its logarithm, and $\\tau$ times the logarithm of that sum, are functions of their own, which stay accurate where the softmax is too small to be a number. Probabilities are not negative and add up to 1. A number that is added to all scores of a sample changes neither of the first two, and the third by itself; so scores of any size overflow nowhere. A score of $-\\infty$ stands for a class that there is not: its probability is 0, and the other classes are as they were without it.',
  formula: String.raw`y_c = \frac{e^{z_c/\tau}}{\sum_k e^{z_k/\tau}},\qquad \ln y_c = \frac{z_c}{\tau} - \ln\sum_k e^{z_k/\tau},\qquad \ell = \tau\ln\sum_k e^{z_k/\tau},\qquad \frac{\partial y_c}{\partial z_k} = \frac{y_c ([c = k] - y_k)}{\tau},\quad \frac{\partial \ln y_c}{\partial z_k} = \frac{[c = k] - y_k}{\tau},\quad \frac{\partial \ell}{\partial z_k} = y_k`,
  domain:
    'Finite scores of any size, at any temperature above 0; scores of −∞, as long as a sample has a finite one.',
  conventions: [
    {
      choice: 'Scores are divided by the temperature.',
      others: 'In physics, and in some libraries, they are multiplied by its inverse β = 1/τ.',
    },
    {
      choice: 'The logarithm of the sum is multiplied by the temperature.',
      others:
        'Libraries have no temperature here: theirs is that of z/τ, and τ times theirs is this.',
    },
  ],
  evaluations: [
    { way: 'the exponential of the logarithm of the softmax' },
    { way: 'the scores times the inverse of the temperature' },
    {
      way: 'the gradient of the logarithm as a product with the matrix of derivatives, $[c = k] - y_c$',
    },
  ],
  source: {
    notes: [[254, 254]],
    publications: [
      { ...hinton, where: 'equation 1' },
      { ...deepLearning, where: 'equation 6.29 and section 4.1' },
    ],
  },
  errata: [],
})
