import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, free, nonnegative, operation, some } from '../language/operation.ts'
import { goodfellow } from './publications.ts'

/** Why errors of logarithms are not judged by the statistics of sums of products. */
export const ofLogarithms = 'The terms are logarithms of sigmoids.'

const isCertain = (a: number) => Math.abs(a) > 100

/** The value of a game from what a discriminator gives for a batch of each kind. */
export const value = operation({
  id: 'gan.value',
  title: 'Value of a generator and a discriminator on batches',
  level: 'core',
  dimensions: { M: free(1, 6, 'real samples'), S: free(1, 6, 'generated samples') },
  inputs: {
    real: array('the logit of each real sample', 'M'),
    generated: array('the logit of each generated sample', 'S'),
  },
  parameters: {},
  usual: [
    { sizes: { M: 1, S: 1 } },
    { sizes: { M: 32, S: 32 } },
    { sizes: { M: 64, S: 64 } },
    { sizes: { M: 4, S: ({ M }) => M! } },
  ],
  effort: () => 12,
  sums: ofLogarithms,
  outputs: {
    value: array('the sum of both means'),
    onReal: array('the mean of ln D over the real samples'),
    onGenerated: array('the mean of ln(1 − D) over the generated samples'),
  },
  classes: {
    'one sample each': ({ sizes }: CaseView) => sizes.M === 1 && sizes.S === 1,
    'as many of each, and several': ({ sizes }: CaseView) => sizes.M === sizes.S && sizes.M! > 1,
    'more of one kind': ({ sizes }: CaseView) => sizes.M !== sizes.S,
    'a logit of 0': ({ inputs: { real, generated } }: CaseView) =>
      real!.data.includes(0) || generated!.data.includes(0),
    'certain and right': ({ inputs: { real, generated } }: CaseView) =>
      real!.data.some((a: number) => a > 100) || generated!.data.some((a: number) => a < -100),
    'certain and wrong': ({ inputs: { real, generated } }: CaseView) =>
      real!.data.some((a: number) => a < -100) || generated!.data.some((a: number) => a > 100),
  },
})

/** Its gradient by the logits. */
export const valueGradient = gradientOf(value, {
  title: 'Gradient of the value by the logits of batches',
  from: ['value'],
  sums: 'Nothing is added up.',
})

const total = (weights: Iterable<number>) => [...weights].reduce((sum, w) => sum + w, 0)

/** Two distributions on the same points; weights need not add up to 1. */
export const distributions = {
  data: some(nonnegative('how much the data weigh at each point', 'N')),
  generated: some(nonnegative('how much generated samples weigh there', 'N')),
} as const

/** Kinds of pairs of distributions. */
export const classesOfDistributions = {
  'one point': ({ sizes }: CaseView) => sizes.N === 1,
  'several points': ({ sizes }: CaseView) => sizes.N! > 1,
  'a point that is never real': ({ inputs: { data, generated } }: CaseView) =>
    data!.data.some((p: number, n: number) => p === 0 && generated!.data[n]! > 0),
  'a point that is never generated': ({ inputs: { data, generated } }: CaseView) =>
    generated!.data.some((q: number, n: number) => q === 0 && data!.data[n]! > 0),
  'a point that is neither': ({ inputs: { data, generated } }: CaseView) =>
    data!.data.some((p: number, n: number) => p === 0 && generated!.data[n] === 0),
  'nothing in common': ({ inputs: { data, generated } }: CaseView) =>
    data!.data.every((p: number, n: number) => p * generated!.data[n]! === 0),
  'the same distribution, of several points': ({ inputs: { data, generated }, sizes }: CaseView) =>
    sizes.N! > 1 &&
    data!.data.every(
      (p: number, n: number) =>
        p * total(generated!.data) === generated!.data[n]! * total(data!.data),
    ),
} as const

/** The value of a game on finitely many points. */
export const expectedValue = operation({
  id: 'gan.expectedValue',
  title: 'Value of a generator and a discriminator on finitely many points',
  level: 'core',
  dimensions: { N: free(1, 6, 'points') },
  inputs: { logits: array('the logit at each point', 'N'), ...distributions },
  parameters: {},
  usual: [{ sizes: { N: 2 } }, { sizes: { N: 8 } }, { sizes: { N: 25 } }],
  effort: () => 20,
  sums: ofLogarithms,
  outputs: { value: array('the sum of both expectations') },
  classes: {
    ...classesOfDistributions,
    'certain somewhere': ({ inputs }: CaseView) => inputs.logits!.data.some(isCertain),
  },
})

/** Its gradient by the logits. */
export const expectedValueGradient = gradientOf(expectedValue, {
  title: 'Gradient of the value by the logits at finitely many points',
  by: ['logits'],
  sums: 'Nothing is added up but weights.',
})

export const valueFunction = clause({
  id: 'gan.value-function',
  title:
    'The value is the expected log-likelihood of a discriminator that tells real from generated',
  kind: 'formula',
  operations: [value, valueGradient, expectedValue, expectedValueGradient],
  statement:
    'The value of a game of a generator and a discriminator is the expectation of $\\ln D$ over the data plus that of $\\ln(1 - D)$ over generated samples. Of batches each expectation is the mean over its own batch; of distributions on finitely many points it is the mean by their weights. It is never above 0, $-\\ln 4$ where the discriminator has no opinion, and concave in the logits. From a logit $a$ both logarithms are finite however certain the discriminator is: $\\ln D = -\\operatorname{softplus}(-a)$ and $\\ln(1 - D) = -\\operatorname{softplus}(a)$, of which neither takes a logarithm of what has become 0 nor an exponential of what is large; a discriminator that is wrong by a logit of 10,000 loses 10,000. The derivative by the logit of a real sample is its share times $1 - D$, by that of a generated one its share times $-D$, so that samples that are told with certainty have no say. To exchange data and generated samples, and to turn the logits around, changes nothing.',
  formula: String.raw`V(G, D) = \mathbb{E}_{x \sim p_{\text{data}}} \ln D(x) + \mathbb{E}_{z \sim p} \ln\bigl(1 - D(G(z))\bigr),\qquad \ln \sigma(a) = -\ln(1 + e^{-|a|}) - \max(-a, 0),\qquad \frac{\partial V}{\partial a_i} = \frac{1 - D(x_i)}{m},\quad \frac{\partial V}{\partial a_j} = -\frac{D(G(z_j))}{m'}`,
  domain:
    'Finite logits of any size; batches of any sizes, at least one sample each; weights that are not negative and not all 0.',
  conventions: [
    {
      choice: 'Each expectation is a mean of its own, and both are added up.',
      others:
        'The mean binary cross-entropy over both batches together is minus half of it where they are of one size, and weighs the larger batch more where they are not.',
    },
    {
      choice:
        'Logarithms are natural, and what is computed is the value, which the discriminator maximizes.',
      others: 'Libraries compute losses, which are minimized: its negative.',
    },
    {
      choice: 'Logarithms are of the sigmoid of the logit, however small.',
      others:
        'PyTorch’s loss of probabilities cuts logarithms off at −100, Keras probabilities 1e-7 away from 0 and 1; some code adds a small number to them. Their losses from logits do not.',
    },
  ],
  evaluations: [
    { way: 'means as sums of shares' },
    { way: 'slopes as the target less the sigmoid' },
  ],
  source: {
    notes: [
      [632, 636],
      [640, 640],
    ],
    publications: [{ ...goodfellow, where: 'equation 1' }],
  },
  errata: [],
})
