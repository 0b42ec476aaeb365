import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  nonnegative,
  operation,
  type Parameters,
  some,
  whole,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { deepLearning, goodfellow } from './publications.ts'

/** What a generator makes of noise that has finitely many values. */
export const pushforward = operation({
  id: 'gan.pushforward',
  title: 'Distribution of generated samples, and an expectation over it and over the noise',
  level: 'core',
  dimensions: {
    Z: free(1, 8, 'values of the noise'),
    N: derived((_, { points }: Parameters) => points, 'points'),
  },
  inputs: {
    noise: some(nonnegative('how much each value of the noise weighs', 'Z')),
    images: whole(
      ({ points }: Parameters) => [0, points - 1],
      'at which point the generator puts it',
      'Z',
    ),
    logits: array('the logit of the discriminator at each point', 'N'),
  },
  parameters: { points: integer({ min: 1, upTo: 6, max: 1000 }) },
  usual: [
    { sizes: { Z: 8 }, parameters: { points: 2 } },
    { sizes: { Z: 4 }, parameters: { points: 4 } },
    { sizes: { Z: 32 }, parameters: { points: 10 } },
  ],
  effort: () => 16,
  sums: 'The sums are of weights, or of logarithms.',
  outputs: {
    generated: array('how much the noise that is put there weighs', 'N'),
    overPoints: array('the expectation of ln(1 − D) over that distribution'),
    overNoise: array('the same over the noise'),
  },
  classes: {
    'several values at one point': ({ inputs }: CaseView) =>
      new Set(inputs.images!.data).size < inputs.images!.data.length,
    'a point that nothing is put at': ({ inputs, sizes }: CaseView) =>
      new Set(inputs.images!.data).size < sizes.N!,
    'each value at a point of its own': ({ inputs, sizes }: CaseView) =>
      sizes.Z! > 1 && new Set(inputs.images!.data).size === sizes.Z,
    'noise that never comes': ({ inputs }: CaseView) => inputs.noise!.data.includes(0),
  },
})

export const pushforwardClause = clause({
  id: 'gan.value.pushforward',
  title: 'An expectation over generated samples is one over the noise that they are made of',
  kind: 'law',
  operations: [pushforward],
  statement:
    'A generator carries the distribution of the noise to its samples: a point has the weight of all noise that is put there, added up, and 0 where none is. So the expectation of any function over generated samples, such as $\\ln(1 - D)$, is that of the function of the generated sample over the noise, and no density of samples is needed to take it. It is the expectation over the noise that is computed, not over the samples with the weights of the noise forgotten.',
  formula: String.raw`p_g(x) = \sum_{z : G(z) = x} p(z),\qquad \mathbb{E}_{x \sim p_g} \varphi(x) = \mathbb{E}_{z \sim p}\, \varphi(G(z)),\quad \varphi = \ln(1 - D)`,
  domain: 'Noise with finitely many values, whose weights are not negative and not all 0.',
  conventions: [
    {
      choice:
        'The distribution is given by weights, as the noise has them; expectations divide by their sum.',
      others:
        'Noise of a density is drawn instead, and the mean over draws tends to the expectation.',
    },
  ],
  evaluations: [{ way: 'expectations as sums of shares' }],
  source: {
    notes: [
      [634, 634],
      [636, 636],
    ],
    publications: [
      { ...goodfellow, where: 'section 4 and equation 3' },
      { ...deepLearning, where: 'equations 3.9 and 3.10' },
    ],
  },
  errata: [],
})
