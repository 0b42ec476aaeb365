import { clause } from '../language/clause.ts'
import { array, free, operation, ranged } from '../language/operation.ts'
import { goodfellow } from './publications.ts'
import { classesOfDistributions, distributions, expectedValue } from './value-function.ts'

/** Sizes and usual numbers of two distributions on the same points. */
export const pairOfDistributions = {
  dimensions: { N: free(1, 6, 'points') },
  inputs: distributions,
  parameters: {},
  usual: [{ sizes: { N: 2 } }, { sizes: { N: 8 } }, { sizes: { N: 25 } }],
  classes: classesOfDistributions,
} as const

/** Why errors of what is made of shares are not judged by the statistics of sums of products. */
export const ofShares = 'The terms are shares and their logarithms.'

/** The best discriminator against a generator, and what it comes to. */
export const optimalDiscriminator = operation({
  id: 'gan.optimalDiscriminator',
  title: 'Best discriminator between two distributions, and its value',
  level: 'core',
  ...pairOfDistributions,
  effort: () => 24,
  sums: ofShares,
  outputs: {
    probability: ranged([0, 1], array('that a sample at this point is real', 'N')),
    value: array('the largest value that a discriminator reaches, or comes near'),
  },
})

export const conventionsOfDistributions = [
  {
    choice: 'Logarithms are natural, and 0 ln 0 is 0.',
    others: 'In bits everything is larger by 1 / ln 2; SciPy has a base as an argument.',
  },
  {
    choice: 'Weights need not add up to 1: each counts as its share of their sum.',
    others:
      'Some libraries, such as PyTorch, take them as they are; SciPy divides by the sum as well.',
  },
] as const

export const optimalDiscriminatorClause = clause({
  id: 'gan.optimal-discriminator',
  title: 'The best discriminator gives the share of the data at each point',
  kind: 'theorem',
  operations: [optimalDiscriminator, expectedValue],
  statement:
    'Against a fixed generator the value is largest for the discriminator that gives at each point the share of the data in what comes to that point: $p_{\\text{data}} / (p_{\\text{data}} + p_g)$. There the derivative is 0, $p_{\\text{data}} (1 - D) = p_g D$, and since the value is concave no other discriminator has a larger one. Where both distributions are the same it is ½; where only one of them comes it is 1 or 0, which no finite logit reaches, so that the largest value is then a supremum. With equal odds for both kinds it is the probability that a sample is real, by Bayes’ rule.',
  formula: String.raw`D^*_G(x) = \frac{p_{\text{data}}(x)}{p_{\text{data}}(x) + p_g(x)},\qquad \max_D V(G, D) = \sum_x p_{\text{data}} \ln D^*_G + p_g \ln(1 - D^*_G)`,
  domain: 'Two distributions on finitely many points; weights that are not negative and not all 0.',
  conventions: [
    ...conventionsOfDistributions,
    {
      choice: 'Where neither distribution has a sample, the discriminator gives ½.',
      others: 'Nothing depends on it, and any number is right.',
    },
  ],
  source: {
    notes: [[638, 638]],
    publications: [{ ...goodfellow, where: 'proposition 1, equations 2 and 3' }],
  },
  errata: [],
})
