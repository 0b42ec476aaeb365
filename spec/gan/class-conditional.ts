import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  free,
  nonnegative,
  operation,
  ranged,
  some,
  someInEachRow,
} from '../language/operation.ts'
import { jensenShannon } from './jsd-equivalence.ts'
import { conventionsOfDistributions, ofShares } from './optimal-discriminator.ts'
import { mirza } from './publications.ts'
import { expectedValue, ofLogarithms } from './value-function.ts'

const dimensions = { C: free(1, 4, 'classes'), N: free(1, 5, 'points') } as const
const inputs = {
  classes: some(nonnegative('how much each class weighs', 'C')),
  data: someInEachRow(nonnegative('how much the data of a class weigh at each point', 'C', 'N')),
  generated: someInEachRow(
    nonnegative('how much the generated samples of a class weigh there', 'C', 'N'),
  ),
} as const
const usual = [{ sizes: { C: 2, N: 2 } }, { sizes: { C: 10, N: 8 } }, { sizes: { C: 1 } }] as const
const classes = {
  'one class': ({ sizes }: CaseView) => sizes.C === 1,
  'several classes': ({ sizes }: CaseView) => sizes.C! > 1,
  'a class that never comes': ({ inputs }: CaseView) => inputs.classes!.data.includes(0),
  'classes of unequal weight': ({ inputs }: CaseView) => new Set(inputs.classes!.data).size > 1,
} as const

/** The value of a game in which both players are told the class. */
export const conditionalValue = operation({
  id: 'gan.conditionalValue',
  title: 'Value of a discriminator and a generator that are told the class',
  level: 'core',
  dimensions,
  inputs: { logits: array('the logit of each class at each point', 'C', 'N'), ...inputs },
  parameters: {},
  usual,
  effort: () => 20,
  sums: ofLogarithms,
  outputs: {
    value: array('the mean of the values, by the weights of the classes'),
    ofClass: array('the value of each class', 'C'),
  },
  classes,
})

/** How far data and generated samples are apart, with the class told and without. */
export const conditionalDivergence = operation({
  id: 'gan.conditionalDivergence',
  title: 'Jensen–Shannon divergence of samples with their classes, and of samples alone',
  level: 'core',
  dimensions,
  inputs,
  parameters: {},
  usual,
  effort: () => 400,
  sums: ofShares,
  outputs: {
    joint: ranged([0, Math.LN2], array('of pairs of a class and a point')),
    marginal: ranged([0, Math.LN2], array('of points, whatever their class')),
  },
  classes,
})

export const classConditional = clause({
  id: 'gan.class-conditional',
  title: 'Where both players are told the class, the value is the mean of those of the classes',
  kind: 'law',
  operations: [conditionalValue, conditionalDivergence, expectedValue, jensenShannon],
  statement:
    'A discriminator and a generator that are told the class play one game for each class, and the value is the mean of the values by the weights of the classes; with one class it is the value of the game without. The best discriminator gives the share of the data within each class, so that the largest value is $-\\ln 4$ and twice the mean of the divergences of the classes, which is that of pairs of a class and a sample. It is never less than the divergence of the samples alone: to forget the class takes away what tells data from generated samples, such as samples that belong to another class.',
  formula: String.raw`V = \sum_y p(y) \bigl( \mathbb{E}_{x \sim p_{\text{data}}(\cdot \mid y)} \ln D(x \mid y) + \mathbb{E}_{z} \ln(1 - D(G(z \mid y) \mid y)) \bigr),\qquad \mathrm{JSD}(p_{x, y} \Vert q_{x, y}) = \sum_y p(y)\, \mathrm{JSD}(p_{x \mid y} \Vert q_{x \mid y}) \ge \mathrm{JSD}(p_x \Vert q_x)`,
  domain:
    'Finitely many classes and points; the same classes for data and generated samples; weights that are not negative, and not all 0 in any class.',
  conventions: conventionsOfDistributions,
  source: {
    notes: [[709, 709]],
    publications: [{ ...mirza, where: 'equation 2' }],
  },
  errata: [],
})
