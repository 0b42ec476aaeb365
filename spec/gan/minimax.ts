import { clause } from '../language/clause.ts'
import { array, operation } from '../language/operation.ts'
import { jensenShannon } from './jsd-equivalence.ts'
import {
  conventionsOfDistributions,
  ofShares,
  optimalDiscriminator,
} from './optimal-discriminator.ts'
import { goodfellow } from './publications.ts'
import { expectedValue } from './value-function.ts'

/** What each player can make of the value while the other one stays as it is. */
export const bestReplies = operation({
  id: 'gan.bestReplies',
  title: 'Value after the best reply of the generator, and after that of the discriminator',
  level: 'core',
  dimensions: expectedValue.dimensions,
  inputs: expectedValue.inputs,
  parameters: {},
  usual: expectedValue.usual,
  effort: () => 30,
  sums: ofShares,
  outputs: {
    least: array('the value of the best generator against this discriminator'),
    largest: array('the value of the best discriminator against this generator'),
  },
  classes: expectedValue.classes,
})

export const minimax = clause({
  id: 'gan.minimax',
  title: 'The game has a saddle point, and its value is −ln 4 whoever moves first',
  kind: 'theorem',
  operations: [bestReplies, expectedValue],
  statement:
    'Against a fixed discriminator the best generator gives nothing but a point at which the discriminator is most certain that samples are real, and the value is the expectation over the data plus the least $\\ln(1 - D)$ there is. Against a fixed generator the best discriminator gives shares. So for every pair the value lies between both, and so does $-\\ln 4$: the least is never above it and the largest never below it, whatever discriminator and whatever generator there are. Both bounds are met, by the discriminator without opinion and by the generator that has the distribution of the data. So $\\max_D \\min_G V = \\min_G \\max_D V = -\\ln 4$: since the value is concave in the discriminator and linear in the distribution of the generator, nobody gains by moving last. A generator that is best against one discriminator is not the solution of the game.',
  formula: String.raw`\min_{p_g} V = \mathbb{E}_{p_{\text{data}}} \ln D + \min_x \ln(1 - D(x)) \;\le\; -\ln 4 \;\le\; \max_D V,\qquad G^* = \arg\min_G \max_D V(G, D)`,
  domain:
    'Finitely many points, a generator that may have any distribution on them, and a discriminator of any logits.',
  conventions: [
    conventionsOfDistributions[0],
    {
      choice: 'The generator chooses among all distributions on the points.',
      others:
        'Networks reach some of them only, and the game of their weights need have no saddle point.',
    },
  ],
  source: {
    notes: [
      [643, 643],
      [645, 645],
    ],
    publications: [{ ...goodfellow, where: 'equation 1 and section 4.1' }],
  },
  errata: [
    {
      id: 'E-53',
      lines: [643, 643],
      says: 'The generator that is sought makes the value least, for the discriminator that there is.',
      counterexample:
        'Data on two points alike and a discriminator that gives ¾ at the first and ½ at the second: the generator that makes the value least gives the first point alone, against which a discriminator reaches −0.9548, more than the −1.3863 of the game.',
      correction:
        'It makes the largest value least that any discriminator reaches against it. For one discriminator the least value is that of a single point.',
      settledBy: { ...goodfellow, where: 'equation 1' },
    },
  ],
})

export const globalOptimum = clause({
  id: 'gan.global-optimum',
  title:
    'The game is solved where generated samples have the distribution of the data, and nowhere else',
  kind: 'theorem',
  operations: [optimalDiscriminator, expectedValue, jensenShannon],
  statement:
    'The largest value of a discriminator is never below $-\\ln 4$, and it is that much exactly where the generator has the distribution of the data: it exceeds it by at least the square of their distance in total variation. There the best discriminator is ½ everywhere, and neither player gains by moving alone: any other discriminator has a smaller value against the data, and any other generator the same value against a discriminator without opinion. It is a Nash equilibrium.',
  formula: String.raw`C(G) = \max_D V(G, D) \ge -\ln 4 + \Bigl(\tfrac12 \sum_x |p_{\text{data}} - p_g|\Bigr)^2,\qquad C(G) = -\ln 4 \iff p_g = p_{\text{data}},\quad D^* \equiv \tfrac12`,
  domain: 'Two distributions on finitely many points.',
  conventions: conventionsOfDistributions,
  source: {
    notes: [[651, 651]],
    publications: [{ ...goodfellow, where: 'theorem 1' }],
  },
  errata: [],
})
