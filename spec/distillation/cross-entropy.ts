import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, bits, type CaseView, nonnegative, operation } from '../language/operation.ts'
import { choice, real } from '../language/parameter.ts'
import { deepLearning, hinton } from './publications.ts'
import { classesOfScores, dimensions, ofExponentials } from './softmax.ts'

const others = {
  targets: array('how much of each class a sample is', 'N', 'C'),
  weights: array('what a class counts', 'C'),
  counted: bits('1 for a sample that counts, 0 for one that is ignored', 'N'),
} as const

const reduction = choice('mean', 'sum')

const sumOf = (numbers: Iterable<number>) => [...numbers].reduce((sum, x) => sum + x, 0)
const counted = ({ inputs }: CaseView) => sumOf(inputs.counted!.data)

const classes = {
  ...classesOfScores,
  mean: ({ parameters }: CaseView) => parameters.reduction === 'mean',
  sum: ({ parameters }: CaseView) => parameters.reduction === 'sum',
  'some samples ignored': (the: CaseView) => counted(the) > 0 && counted(the) < the.sizes.N!,
  'all samples ignored': (the: CaseView) => counted(the) === 0,
} as const

/** What a model loses that gives scores. */
export const crossEntropy = operation({
  id: 'distillation.crossEntropy',
  title: 'Cross-entropy of targets with the softmax of scores',
  level: 'core',
  dimensions,
  inputs: { z: array('the scores of each sample, one a class', 'N', 'C'), ...others },
  parameters: { reduction },
  usual: [
    { parameters: { reduction: 'mean' } },
    { sizes: { C: 10 }, parameters: { reduction: 'mean' } },
    { sizes: { N: 1 }, parameters: { reduction: 'sum' } },
  ],
  effort: () => 20,
  sums: ofExponentials,
  outputs: { loss: array('the mean or the sum over the samples that count') },
  classes,
})

export const crossEntropyGradient = gradientOf(crossEntropy, {
  title: 'Gradients of the cross-entropy of targets with the softmax of scores',
  by: ['z', 'targets', 'weights'],
  sums: ofExponentials,
})

/** What a model loses that gives probabilities. */
export const probabilityCrossEntropy = operation({
  id: 'distillation.probabilityCrossEntropy',
  title: 'Cross-entropy of targets with probabilities',
  level: 'core',
  dimensions,
  inputs: { q: nonnegative('the probability of each class', 'N', 'C'), ...others },
  parameters: {
    reduction,
    epsilon: real({ min: 0, open: true, from: 1e-3, to: 0.5, values: [1e-7, 1e-3, 0.5] }),
  },
  usual: [
    { parameters: { reduction: 'mean', epsilon: 1e-7 } },
    { sizes: { C: 10 }, parameters: { reduction: 'mean', epsilon: 1e-7 } },
  ],
  effort: () => 20,
  sums: 'The terms have logarithms in them.',
  outputs: { loss: array('the mean or the sum over the samples that count') },
  classes,
})

export const probabilityCrossEntropyGradient = gradientOf(probabilityCrossEntropy, {
  title: 'Gradients of the cross-entropy of targets with probabilities',
  by: ['q', 'targets', 'weights'],
  sums: 'The terms have logarithms and quotients in them.',
})

export const crossEntropyClause = clause({
  id: 'distillation.cross-entropy',
  title: 'Cross-entropy weighs the surprise at each class by how much of it there should be',
  kind: 'formula',
  operations: [
    crossEntropy,
    crossEntropyGradient,
    probabilityCrossEntropy,
    probabilityCrossEntropyGradient,
  ],
  statement:
    'The loss is the sum over the samples that count, $k_n = 1$, of the surprise at each class, times what there should be of it and what the class counts; or that sum over the number of samples that count, and 0 where none does. The surprise is the negative logarithm of the softmax of the scores, taken without the softmax; or of probabilities, to which $\\varepsilon$ is added first. Targets may be anything: they need be neither hard nor probabilities. The gradients by the targets and by the weights of classes follow, as well as those by the scores; on samples that are ignored nothing depends.',
  formula: String.raw`E = \frac1B \sum_n k_n \sum_c w_c\, t_{nc}\, s_{nc},\quad s_{nc} = -\ln y_c(z_n) \text{ or } -\ln(q_{nc} + \varepsilon);\quad B = \max(1, \textstyle\sum_n k_n) \text{ or } 1;\qquad \frac{\partial E}{\partial z_{nc}} = \frac{k_n}{B}\Bigl(y_c \sum_j w_j t_{nj} - w_c t_{nc}\Bigr),\quad \frac{\partial E}{\partial q_{nc}} = -\frac{k_n w_c t_{nc}}{B (q_{nc} + \varepsilon)},\quad \frac{\partial E}{\partial t_{nc}} = \frac{k_n w_c s_{nc}}{B},\quad \frac{\partial E}{\partial w_c} = \frac1B \sum_n k_n t_{nc} s_{nc}`,
  domain:
    'Finite scores, probabilities that are not negative, any targets and weights; samples may all be ignored.',
  conventions: [
    {
      choice: 'The mean divides by the number of samples that count.',
      others:
        'PyTorch divides hard targets by the sum of the weights of their classes, which is the sum of this clause over that of the weights; and gives NaN where nothing counts.',
    },
    {
      choice: 'ε is added to probabilities.',
      others: 'Keras cuts probabilities off at ε and 1 − ε; others add nothing, and give ∞ at 0.',
    },
    {
      choice: 'Ignored samples are told by zeros of a mask.',
      others: 'Libraries that take the number of a class let one number, such as −100, mean that.',
    },
  ],
  evaluations: [
    {
      way: 'the gradient by the scores as a product with the matrix of derivatives, $[c = k] - y_c$',
    },
  ],
  source: {
    notes: [[248, 248]],
    publications: [
      { ...deepLearning, where: 'equations 3.51 and 6.30' },
      { ...hinton, where: 'section 2' },
    ],
  },
  errata: [],
})
