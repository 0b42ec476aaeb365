import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  type Parameters,
  type Range,
  ranged,
  whole,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import {
  conventionsOfDistributions,
  ofShares,
  pairOfDistributions,
} from './optimal-discriminator.ts'
import { clopperPearson, devroye } from './publications-evaluation.ts'

/** How often the best judge is right. */
export const bayesAccuracy = operation({
  id: 'gan.bayesAccuracy',
  title: 'Accuracy of the best judge of real and generated samples',
  level: 'core',
  ...pairOfDistributions,
  effort: () => 12,
  sums: ofShares,
  outputs: {
    accuracy: ranged([0, 1], array('the share of samples that the best judge tells right')),
    variation: ranged([0, 1], array('the distance of both distributions in total variation')),
  },
})

/** How surprising so many right answers are from somebody who guesses. */
export const binomialTest = operation({
  id: 'gan.binomialTest',
  title: 'Exact binomial test of judges who may be guessing',
  level: 'core',
  dimensions: { T: free(1, 6, 'tests') },
  inputs: {
    right: whole(
      ({ trials }: Parameters): Range => [0, trials],
      'how many answers of each test are right',
      'T',
    ),
  },
  parameters: { trials: integer({ min: 1, upTo: 40, max: 1000 }) },
  usual: [
    { sizes: { T: 1 }, parameters: { trials: 100 } },
    { parameters: { trials: 50 } },
    { sizes: { T: 3 }, parameters: { trials: 1000 } },
    { parameters: { trials: 250 } },
    { parameters: { trials: 1 } },
  ],
  work: ({ T }, { trials }) => (T! + 4) * trials,
  effort: () => 6,
  sums: 'The terms are products of quotients.',
  outputs: {
    oneSided: ranged([0, 1], array('the probability of as many right answers or more', 'T')),
    twoSided: ranged([0, 1], array('that of a count as far from half or farther', 'T')),
  },
  classes: {
    'half of the answers right': ({ inputs, parameters: p }: CaseView) =>
      inputs.right!.data.some((r) => 2 * r === p.trials),
    'none right': ({ inputs }: CaseView) => inputs.right!.data.includes(0),
    'all right': ({ inputs, parameters: p }: CaseView) => inputs.right!.data.includes(p.trials),
    'fewer than half right': ({ inputs, parameters: p }: CaseView) =>
      inputs.right!.data.some((r) => 2 * r < p.trials),
    'an odd number of trials': ({ parameters: p }: CaseView) => p.trials % 2 === 1,
    'a single trial': ({ parameters: p }: CaseView) => p.trials === 1,
  },
})

export const turingTest = clause({
  id: 'gan.eval.turing-test',
  title:
    'The best judge is right in ½ + TV / 2 of all cases, and people are tested against guessing',
  kind: 'law',
  operations: [bayesAccuracy, binomialTest],
  statement:
    'Where real and generated samples come equally often, the best judge calls a sample real where the data have more of it, which is what the best discriminator does with the threshold ½. The accuracy is half of 1 and the distance in total variation: ½ exactly where both distributions are the same, and 1 where they have no point in common. No judge does better, nor does what anybody computes from the samples. The square of the distance is at most twice the Jensen–Shannon divergence, in nats, by Pinsker’s inequality. Of people who judge $n$ samples, $r$ of them right, an exact test says how probable so many, or a count as far from half, would be from guessing. Nothing is drawn here: the odds of a false alarm are the number itself. At $10^{-9}$ it takes 81 right answers of 100, which guessing gives with the odds $2.8 \\cdot 10^{-10}$, and somebody who is right nine times of ten is noticed with the odds 0.998.',
  formula: String.raw`\mathrm{acc} = \tfrac12 \sum_x \max(p(x), q(x)) = \tfrac12 \bigl(1 + \mathrm{TV}(p, q)\bigr),\quad \mathrm{TV} = \tfrac12 \sum_x |p(x) - q(x)| \le \sqrt{2\, \mathrm{JSD}};\qquad P_1(r) = 2^{-n} \sum_{k \ge r} \binom{n}{k},\quad P_2(r) = \min\bigl(1, 2 P_1(\max(r, n - r))\bigr)`,
  domain:
    'Two distributions on finitely many points; any number of right answers from 0 to that of the trials.',
  conventions: [
    ...conventionsOfDistributions,
    {
      choice: 'Both kinds of samples come equally often.',
      others: 'Where one comes more often, always naming it is right more often than half.',
    },
    {
      choice: 'The test is two-sided: a judge who is nearly always wrong tells them apart as well.',
      others: 'SciPy’s `binomtest` has either side as an argument.',
    },
  ],
  evaluations: [{ way: 'as half of the sum of the larger probabilities' }],
  source: {
    notes: [[725, 725]],
    publications: [
      { ...devroye, where: 'sections 2.1 and 3.9' },
      { ...clopperPearson, where: 'the tails of the binomial distribution' },
    ],
  },
  errata: [],
})
