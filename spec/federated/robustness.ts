import { clause } from '../language/clause.ts'
import {
  array,
  atLeast,
  type CaseView,
  free,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { aggregate } from './aggregate.ts'
import { blanchard, donoho, yin } from './publications.ts'

const layer = {
  I: free(1, 3, 'features of a point'),
  O: free(1, 3, 'outputs of a model'),
} as const

const models = {
  w: array('the weights of each model', 'M', 'I', 'O'),
  b: array('the biases of each model', 'M', 'O'),
} as const

const model = {
  w: array('the weights of the common model', 'I', 'O'),
  b: array('the biases of the common model', 'O'),
} as const

const work = ({ M, I, O }: Sizes) => M! * (I! + 1) * O!

const oddAndEven = {
  'an odd number of models': ({ sizes }: CaseView) => sizes.M! % 2 === 1,
  'an even number of models': ({ sizes }: CaseView) => sizes.M! % 2 === 0,
} as const

/** The median of the models of clients, number by number. */
export const medianAggregate = operation({
  id: 'federated.medianAggregate',
  title: 'Coordinate-wise median of models',
  level: 'core',
  dimensions: { M: free(1, 7, 'participants of the round'), ...layer },
  inputs: models,
  parameters: {},
  usual: [{ sizes: { M: 10 } }, { sizes: { M: 5 } }],
  work,
  effort: () => 4,
  outputs: model,
  classes: {
    ...oddAndEven,
    'one model': ({ sizes }: CaseView) => sizes.M === 1,
    'two models': ({ sizes }: CaseView) => sizes.M === 2,
  },
})

/** The mean of the models of clients without the largest and the smallest ones, number by number. */
export const trimmedMean = operation({
  id: 'federated.trimmedMean',
  title: 'Coordinate-wise trimmed mean of models',
  level: 'core',
  dimensions: {
    M: atLeast(
      (_, { trim }) => 2 * trim + 1,
      4,
      'participants of the round',
      'more than twice the trim',
    ),
    ...layer,
  },
  inputs: models,
  parameters: { trim: integer({ min: 0, upTo: 3 }) },
  usual: [
    { sizes: { M: 10 }, parameters: { trim: 2 } },
    { sizes: { M: 10 }, parameters: { trim: 1 } },
    { sizes: { M: 5 }, parameters: { trim: 1 } },
  ],
  work,
  effort: () => 4,
  sums: 'The sums are of models, not of products, and each number leaves out others.',
  outputs: model,
  classes: {
    'nothing left out': ({ parameters }: CaseView) => parameters.trim === 0,
    'some left out': ({ parameters }: CaseView) => parameters.trim > 0,
    'one left of several': ({ sizes, parameters }: CaseView) =>
      parameters.trim > 0 && sizes.M === 2 * parameters.trim + 1,
    'two left of several': ({ sizes, parameters }: CaseView) =>
      parameters.trim > 0 && sizes.M === 2 * parameters.trim + 2,
  },
})

/** The models that are nearest to their neighbours, and the mean of these. */
export const krum = operation({
  id: 'federated.krum',
  title: 'Krum and Multi-Krum: the models that are nearest to their neighbours',
  level: 'core',
  dimensions: {
    M: atLeast(
      (_, { attackers, kept }) => Math.max(2 * attackers + 3, kept),
      4,
      'participants of the round',
      'twice the attackers and three, and those that are kept',
    ),
    ...layer,
  },
  inputs: models,
  parameters: {
    attackers: integer({ min: 0, upTo: 3 }),
    kept: integer({ min: 1, upTo: 5 }),
  },
  usual: [
    { sizes: { M: 10 }, parameters: { attackers: 2, kept: 1 } },
    { sizes: { M: 10 }, parameters: { attackers: 3, kept: 7 } },
    { sizes: { M: 5 }, parameters: { attackers: 1, kept: 1 } },
  ],
  work: ({ M, I, O }: Sizes) => M! ** 2 * ((I! + 1) * O! + M! / 4),
  effort: ({ kept }: Parameters) => (Number.isInteger(Math.log2(kept)) ? null : 2),
  sums: 'Its sums of squares decide which models are kept.',
  outputs: {
    ...model,
    scores: array('the sum of the squared distances to the nearest neighbours', 'M'),
    chosen: array('1 for each model that is kept, else 0', 'M'),
  },
  states: ['scores', 'chosen'],
  classes: {
    'no attacker expected': ({ parameters }: CaseView) => parameters.attackers === 0,
    'as few models as there may be': ({ sizes, parameters }: CaseView) =>
      sizes.M === 2 * parameters.attackers + 3,
    'one model kept': ({ parameters }: CaseView) => parameters.kept === 1,
    'several models kept': ({ parameters }: CaseView) => parameters.kept > 1,
  },
})

const notes = [
  [494, 494],
  [498, 498],
] as const

export const meanBreakdown = clause({
  id: 'federated.robustness.mean-breakdown',
  title: 'One attacker moves a mean anywhere, however little it weighs',
  kind: 'theorem',
  operations: [aggregate, trimmedMean],
  statement:
    'A mean is linear in what each client sends. A single client with a weight $p_j > 0$ that knows what the others send, and wants the model $\\tau$, sends $(\\tau - \\sum_{k \\ne j} p_k \\theta_k) / p_j$, and the mean is $\\tau$. So no share of attackers is small enough: the breakdown point is 0. A small weight only makes larger numbers necessary.',
  formula: String.raw`\theta_j = \frac1{p_j} \Bigl( \tau - \sum_{k \ne j} p_k \theta_k \Bigr) \Rightarrow \sum_k p_k \theta_k = \tau,\qquad p_j > 0`,
  domain: 'Any models and any aim, weighted by points or alike.',
  conventions: [],
  source: {
    notes,
    publications: [
      { ...blanchard, where: 'section 3, on linear combinations' },
      { ...donoho, where: 'the breakdown point of the mean' },
    ],
  },
  errata: [],
})

export const median = clause({
  id: 'federated.robustness.median',
  title: 'The coordinate-wise median stays among honest models while they are the majority',
  kind: 'theorem',
  operations: [medianAggregate],
  statement:
    'Each number of the common model is the median of that number over the clients. With $a$ attackers among $M$ models and $2a < M$, whatever they send, each number lies between the least and the largest that honest clients sent. With half of them attackers that is over: if $M = 2a$ and all attackers send one large number, the median is halfway between it and the largest honest one, and follows it anywhere. The median does not look at how many points a client has. Neither order nor scale matters: models times a factor, even a negative one, have the median times the factor.',
  formula: String.raw`w_i = \operatorname{med}_m w_{m,i} = \tfrac12 \bigl( w_{(\lceil M/2 \rceil), i} + w_{(\lfloor M/2 \rfloor + 1), i} \bigr),\qquad 2a < M \Rightarrow \min_{m \text{ honest}} w_{m,i} \le w_i \le \max_{m \text{ honest}} w_{m,i}`,
  domain:
    'Any models of finite numbers, at least one; of an even number, both in the middle add up to a number of the format.',
  conventions: [
    {
      choice:
        'Of an even number of models, the mean of both in the middle; of an odd one, the one in the middle as it is.',
      others:
        'The median of PyTorch (torch.median) is the lower one, so that models times −1 do not have the median times −1.',
    },
    {
      choice:
        'All numbers are finite. NaN has no place in an order: a model with one is refused before, and counts as none.',
      others:
        'The medians of NumPy, with which FedMedian of Flower aggregates, and of PyTorch are NaN then, so that a single attacker decides; numpy.nanmedian leaves it out, and a sort that puts it behind infinity counts it as the largest.',
    },
  ],
  evaluations: [
    {
      way: 'half of the sum of both in the middle, which is infinite where that leaves the format',
    },
    { way: 'half of each of both in the middle, added' },
    { way: 'the lower one of both, and half of the difference' },
  ],
  source: {
    notes,
    publications: [
      { ...yin, where: 'definition 1' },
      { ...donoho, where: 'the breakdown point of the median' },
    ],
  },
  errata: [],
})

export const trimmed = clause({
  id: 'federated.robustness.trimmed-mean',
  title: 'A trimmed mean stays among honest models while no more attack than are trimmed a side',
  kind: 'theorem',
  operations: [trimmedMean, medianAggregate],
  statement:
    'Of each number the $r$ largest and the $r$ smallest are left out, and the mean of the $M - 2r$ others is taken. With at most $r$ attackers each number lies between the least and the largest that honest clients sent. With $r + 1$ attackers that send the same large number, one of these is in the mean, which then follows it by its share of $1 / (M - 2r)$ anywhere. Without trimming it is the mean, and with as much as there can be it is the median.',
  formula: String.raw`w_i = \frac1{M - 2r} \sum_{m = r + 1}^{M - r} w_{(m), i},\qquad a \le r \Rightarrow \min_{m \text{ honest}} w_{m,i} \le w_i \le \max_{m \text{ honest}} w_{m,i}`,
  domain: 'Any models, more than twice as many as are left out on either side.',
  conventions: [
    {
      choice: 'How many are left out on either side is given as a number.',
      others:
        'Yin et al. and Flower give a share, of which a number is made by rounding down; SciPy does so, too.',
    },
    {
      choice: 'Each number is trimmed for itself.',
      others: 'Leaving out whole models by their norm is another rule.',
    },
  ],
  evaluations: [{ way: 'the mean as a sum of shares' }],
  source: { notes, publications: [{ ...yin, where: 'definition 2' }] },
  errata: [],
})

export const krumChoice = clause({
  id: 'federated.robustness.krum',
  title:
    'Krum takes a model that lies near most others, and none that lies far from all honest ones',
  kind: 'theorem',
  operations: [krum],
  statement:
    'The score of a model is the sum of its squared distances to the $M - f - 2$ models nearest to it, over the numbers of all arrays together and without itself. Krum takes the model with the lowest score as it is; Multi-Krum the mean of the $k$ lowest. With at most $f$ attackers among $M \\ge 2f + 3$ models, some neighbour of every model is honest, and all neighbours of honest models may be, so that the one that is taken is no farther from an honest model than $\\sqrt{M - f - 2}$ times the largest distance between honest ones. For $M = 2f + 3$ that is so with $f + 1$ attackers still; $f + 2$ that send the same have each other for neighbours, the score 0, and are taken wherever they are.',
  formula: String.raw`s_m = \sum_{l \in N_m} \lVert \theta_m - \theta_l \rVert^2,\quad |N_m| = M - f - 2,\qquad \theta = \theta_{m^*},\quad m^* = \arg\min_m s_m,\qquad \min_{h \text{ honest}} \lVert \theta_{m^*} - \theta_h \rVert^2 \le s_{m^*} \le (M - f - 2) \max_{h, h' \text{ honest}} \lVert \theta_h - \theta_{h'} \rVert^2`,
  domain: 'Any models, at least 2f + 3 of them, and no more kept than there are.',
  conventions: [
    {
      choice: 'Of equal scores the lower index is taken.',
      others: 'The order that a sort of scores leaves, where it is not stable.',
    },
    {
      choice: 'Multi-Krum takes the mean of the models with the lowest scores, without weights.',
      others: 'Flower weights these by their numbers of points.',
    },
    {
      choice: 'Fewer than 2f + 3 models are rejected.',
      others: 'Flower takes one neighbour where M − f − 2 is below 1, and says nothing.',
    },
  ],
  source: {
    notes,
    publications: [{ ...blanchard, where: 'section 4, the Krum function' }],
  },
  errata: [],
})
