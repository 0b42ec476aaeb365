import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  nonnegative,
  operation,
  type Parameters,
  positive,
  ranged,
  type Sizes,
  some,
} from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { diracSteps } from './hyperparameter-sensitivity.ts'
import { goodfellow, luFreundNesterov } from './publications.ts'

/** Steps of the generated distribution itself, each against the best discriminator. */
export const distributionDescent = operation({
  id: 'gan.distributionDescent',
  title: 'Descent of a distribution against its best discriminator',
  level: 'core',
  dimensions: {
    N: free(1, 5, 'points of a support'),
    T: derived((_, { steps }: Parameters) => steps, 'steps'),
  },
  inputs: {
    data: some(nonnegative('the mass of the data at each point', 'N')),
    start: positive('the mass that is generated at each point, before the first step', 'N'),
  },
  parameters: {
    rate: real({ min: 0, max: 1, from: 0, to: 1, values: [1, 0.5, 0.1] }),
    steps: integer({ min: 1, upTo: 4, max: 10_000 }),
  },
  usual: [
    { sizes: { N: 4 }, parameters: { rate: 1 } },
    { sizes: { N: 10 }, parameters: { rate: 0.1 } },
    { parameters: { rate: 0.5, steps: 3 } },
  ],
  work: ({ N, T }: Sizes) => 6 * N! * T!,
  effort: () => 32,
  sums: 'Sums are of logarithms and powers, and divide.',
  states: ['generated'],
  outputs: {
    generated: ranged([0, 1], array('the probabilities after each step', 'T', 'N')),
    criterion: array('the value of the game against the best discriminator, after each step', 'T'),
  },
  classes: {
    'one point': ({ sizes }: CaseView) => sizes.N === 1,
    'a point without data': ({ inputs: { data } }: CaseView) =>
      data!.data.some((v: number) => v === 0),
    'the rate 1': ({ parameters: p }: CaseView) => p.rate === 1,
    'no rate': ({ parameters: p }: CaseView) => p.rate === 0,
    'several steps': ({ parameters: p }: CaseView) => p.steps > 1,
  },
})

export const convergence = clause({
  id: 'gan.convergence-of-pg',
  title:
    'A distribution that moves itself against its best discriminator comes to that of the data',
  kind: 'theorem',
  operations: [distributionDescent, diracSteps],
  statement:
    'Against the best discriminator $D^* = p / (p + p_g)$ the value of the game is $C(p_g) = 2\\,\\mathrm{JSD}(p, p_g) - \\ln 4$, a convex function of $p_g$ whose slope at a point is $\\ln(1 - D^*)$. A step of mirror descent multiplies each probability by $(1 - D^*)^{-\\eta}$ and divides by the sum. For rates up to 1 no step makes $C$ larger, and after $t$ of them $C + \\ln 4$ is at most $\\mathrm{KL}(p \\,\\|\\, p_g^{(0)}) / (\\eta t)$, so that $p_g$ comes to the data wherever it begins, if it has all their points; with the rate 1 it is half way there after each step. That is said of the distribution. Steps of weights are others: $C$ is not convex in them, and the discriminator is not at its best.',
  formula: String.raw`p_g^{(t+1)} \propto p_g^{(t)} \left( \frac{p + p_g^{(t)}}{p_g^{(t)}} \right)^{\eta},\qquad C(p_g) = \sum_x p \ln \frac{p}{p + p_g} + p_g \ln \frac{p_g}{p + p_g},\qquad C(p_g^{(t)}) + \ln 4 \le \frac{\mathrm{KL}(p \,\|\, p_g^{(0)})}{\eta t}`,
  domain:
    'A finite support, on all points of which something is generated at first; rates from 0 to 1.',
  conventions: [
    {
      choice: 'Masses are divided by their sum before anything else.',
      others: 'The publication has probabilities.',
    },
    {
      choice:
        'Steps are those of mirror descent with the entropy, which keep probabilities positive.',
      others: 'The publication says only that they are small enough.',
    },
  ],
  source: {
    notes: [
      [649, 649],
      [652, 652],
    ],
    publications: [
      { ...goodfellow, where: 'proposition 2' },
      { ...luFreundNesterov, where: 'theorem 3.1, for the rate' },
    ],
  },
  errata: [
    {
      id: 'E-70',
      lines: [652, 652],
      says: 'The generator is updated and the generated distribution comes to that of the data.',
      counterexample:
        'All data are 0, the generator gives its weight 1, and the discriminator has one weight, 0. Two gradient steps of both with the rate 1: the weights are farther from the equilibrium than before, and go on so.',
      correction:
        'It does where the distribution itself moves by small steps, with the discriminator at its best in each. Of weights nothing follows.',
      settledBy: { ...goodfellow, where: 'proposition 2 and the remark behind it' },
    },
  ],
})
