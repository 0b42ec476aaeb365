import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  nonnegative,
  operation,
  type Parameters,
  type Range,
  ranged,
  type Sizes,
  whole,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { yurochkin } from './publications.ts'

/** What was drawn for each class, a row each. */
const rowsOf = ({ inputs, parameters: p }: CaseView): readonly (readonly number[])[] =>
  Array.from({ length: p.classes }, (_, c) =>
    Array.from(inputs.gammas!.data.slice(c * p.clients, (c + 1) * p.clients)),
  )

/** Points of each class shared out in proportion to what was drawn for that class and each client. */
export const dirichletPartition = operation({
  id: 'federated.dirichletPartition',
  title: 'Partition of points by label skew',
  level: 'core',
  dimensions: {
    N: free(1, 8, 'points'),
    C: derived((_, { classes }) => classes, 'classes'),
    K: derived((_, { clients }) => clients, 'clients'),
  },
  inputs: {
    labels: whole(
      ({ classes }: Parameters): Range => [0, classes - 1],
      'the class of each point',
      'N',
    ),
    gammas: nonnegative(
      'draws of the gamma distribution of the shape α, one for each class and client',
      'C',
      'K',
    ),
  },
  parameters: {
    classes: integer({ min: 1, upTo: 4 }),
    clients: integer({ min: 1, upTo: 4 }),
  },
  usual: [
    { sizes: { N: 100 }, parameters: { classes: 10, clients: 10 } },
    { parameters: { classes: 2, clients: 3 } },
  ],
  work: ({ N }: Sizes, { classes, clients }: Parameters) => N! * (classes + clients) * clients,
  outputs: {
    owners: ranged(({ clients }) => [0, clients - 1], array('the client of each point', 'N')),
    counts: array('how many points of each class each client has', 'C', 'K'),
  },
  classes: {
    'one client': ({ parameters: p }: CaseView) => p.clients === 1,
    'one class': ({ parameters: p }: CaseView) => p.classes === 1,
    'a class of which nothing was drawn': (the: CaseView) =>
      rowsOf(the).some((row) => row.every((g) => g === 0)),
    'a class that one client has alone': (the: CaseView) =>
      the.parameters.clients > 1 &&
      rowsOf(the).some((row) => row.filter((g) => g > 0).length === 1),
    'a class without points': ({ inputs, parameters: p }: CaseView) =>
      new Set(inputs.labels!.data).size < p.classes,
  },
})

export const noniid = clause({
  id: 'federated.noniid-partition',
  title: 'Label skew shares out the points of each class by a draw of its own',
  kind: 'algorithm',
  operations: [dirichletPartition],
  statement:
    'For each class a distribution over clients is drawn from the Dirichlet distribution of the parameter $\\alpha$: draws of gamma distributions of that shape, divided by their sum. The points of the class, in the order in which they are given, are cut into consecutive parts of these shares, rounded down at each cut, so that every point has one client, and a client gets less than one point more or less than its share of a class. Only proportions matter. Where draws are alike, as $\\alpha \\to \\infty$, every client has as many points of each class, give or take one; where one outweighs all others, as $\\alpha \\to 0$, it has the class alone. Clients then have different classes and different numbers of points.',
  formula: String.raw`q_{ck} = \frac{G_{ck}}{\sum_j G_{cj}},\quad G_{ck} \sim \Gamma(\alpha),\qquad e_{ck} = \Bigl\lfloor n_c \sum_{j \le k} q_{cj} \Bigr\rfloor,\qquad n_{ck} = e_{ck} - e_{c,k-1},\qquad | n_{ck} - n_c q_{ck} | < 1`,
  domain:
    'Any classes of points, and draws that are not negative. Whether a cut is at a whole number of points is decided by the draws as they are given.',
  conventions: [
    {
      choice: 'Clients are drawn for each class.',
      others: 'Hsu et al. draw classes for each client, of which all have as many points.',
    },
    {
      choice: 'A class of which nothing was drawn is shared out alike.',
      others: 'Division by the sum gives NaN, and where that is cut off the first client has all.',
    },
    {
      choice: 'Points of a class go in the order that they have.',
      others: 'Usually they are shuffled before, which is a partition of its own.',
    },
  ],
  source: {
    notes: [[494, 494]],
    publications: [{ ...yurochkin, where: 'section 4, heterogeneous partition' }],
  },
  errata: [],
})
