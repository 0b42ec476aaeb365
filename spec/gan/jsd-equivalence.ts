import { clause } from '../language/clause.ts'
import { array, operation, ranged } from '../language/operation.ts'
import {
  conventionsOfDistributions,
  ofShares,
  optimalDiscriminator,
  pairOfDistributions,
} from './optimal-discriminator.ts'
import { goodfellow, lin } from './publications.ts'

/** How far two distributions are apart. */
export const jensenShannon = operation({
  id: 'gan.jensenShannon',
  title: 'Jensen–Shannon divergence of two distributions',
  level: 'core',
  ...pairOfDistributions,
  effort: () => 150,
  sums: ofShares,
  outputs: { divergence: ranged([0, Math.LN2], array('the divergence, in nats')) },
})

export const jsdEquivalence = clause({
  id: 'gan.jsd-equivalence',
  title:
    'Against the best discriminator the value is −ln 4 and twice the Jensen–Shannon divergence',
  kind: 'law',
  operations: [jensenShannon, optimalDiscriminator],
  statement:
    'The Jensen–Shannon divergence is the mean of both Kullback–Leibler divergences from the mean of both distributions. It is the same from either side, 0 where they are the same, $\\ln 2$ where they have no point in common, and in between at least half the square and at most $\\ln 2$ times of their distance in total variation. The largest value that a discriminator reaches is twice of it above $-\\ln 4$, so that it lies between $-\\ln 4$ and 0. Where both distributions are nearly the same, the divergences that are added up cancel to a small part of themselves; with $\\delta = (p - q) / (p + q)$ the sum is of $\\delta^2 / 2 + \\delta^4 / 12 + \\dots$, whose terms are positive and keep their digits. It is never below 0, so that its root is a number. Whoever adds up the two divergences all the same declares it, and is then off by some roundings of a share, to either side.',
  formula: String.raw`\max_D V(G, D) = -\ln 4 + 2\,\mathrm{JSD}(p_{\text{data}} \Vert p_g),\qquad \mathrm{JSD}(p \Vert q) = \tfrac12 \sum_x p \ln \frac{p}{m} + q \ln \frac{q}{m} = \sum_x m \sum_{k \ge 1} \frac{\delta^{2k}}{2k(2k - 1)},\quad m = \frac{p + q}{2},\ \delta = \frac{p - q}{p + q}`,
  domain: 'Two distributions on finitely many points; weights that are not negative and not all 0.',
  conventions: [
    ...conventionsOfDistributions,
    {
      choice: 'It is the divergence itself.',
      others: 'SciPy’s jensenshannon gives its square root, the Jensen–Shannon distance.',
    },
  ],
  evaluations: [
    { way: 'near 0 as $(1 + \\delta) \\ln(1 + \\delta) + (1 - \\delta) \\ln(1 - \\delta)$' },
    {
      way: 'everywhere as $\\tfrac12 \\sum p \\ln \\tfrac{p}{m} + \\tfrac12 \\sum q \\ln \\tfrac{q}{m}$',
      profile: 'added-divergences',
    },
    {
      way: 'everywhere by differences of logarithms, $p \\ln p - p \\ln m$',
      profile: 'added-divergences',
    },
  ],
  source: {
    notes: [
      [649, 649],
      [651, 651],
    ],
    publications: [
      { ...goodfellow, where: 'theorem 1, equations 4 to 6' },
      { ...lin, where: 'section 3' },
    ],
  },
  errata: [
    {
      id: 'E-55',
      lines: [651, 651],
      says: 'The objective of the game is equivalent to the Jensen–Shannon divergence.',
      counterexample:
        'Data on two points alike and a generator that gives the first alone: the divergence is 0.2158, the value −0.9548.',
      correction:
        'It is minus ln 4 and twice the divergence, in natural logarithms, and only with the best discriminator against each generator; with another it is less.',
      settledBy: { ...goodfellow, where: 'theorem 1' },
    },
  ],
})
