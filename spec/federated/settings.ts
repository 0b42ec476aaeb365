import { clause } from '../language/clause.ts'
import {
  array,
  bits,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { boolean, integer, list } from '../language/parameter.ts'
import { kairouz } from './publications.ts'

/** What kind of federated learning some clients make possible. */
export const setting = operation({
  id: 'federated.setting',
  title: 'Cross-silo or cross-device',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    clients: integer({ min: 2, upTo: 128, max: 1e10 }),
    reliable: boolean,
    available: boolean,
  },
  usual: [2, 10, 100, 101, 1000, 1e6, 1e10].flatMap((clients) =>
    [true, false].map((reliable) => ({ parameters: { clients, reliable, available: true } })),
  ),
  outputs: { crossSilo: bits('1 for cross-silo, 0 for cross-device') },
  classes: {
    'a hundred clients, the most there are in silos': ({ parameters: p }: CaseView) =>
      p.clients === 100,
    'one client more': ({ parameters: p }: CaseView) => p.clients === 101,
    'two clients': ({ parameters: p }: CaseView) => p.clients === 2,
    'few clients that are not reliable': ({ parameters: p }: CaseView) =>
      p.clients <= 100 && !p.reliable,
    'few reliable clients that are seldom there': ({ parameters: p }: CaseView) =>
      p.clients <= 100 && p.reliable && !p.available,
    'many clients': ({ parameters: p }: CaseView) => p.clients > 100,
  },
})

/** Points shared out at random among workers, in proportion to their speeds. */
export const iidPartition = operation({
  id: 'federated.iidPartition',
  title: 'Random partition of points, in proportion to speeds',
  level: 'core',
  dimensions: {
    N: free(1, 8, 'points'),
    K: derived((_, { speeds }) => speeds.length, 'workers'),
  },
  inputs: {
    draws: array('a number for each point, all drawn alike: points go in ascending order', 'N'),
  },
  parameters: { speeds: list(integer({ min: 1, upTo: 4, max: 1000 }), { min: 1, max: 5 }) },
  usual: [
    { sizes: { N: 100 }, parameters: { speeds: [1, 1, 1, 1] } },
    { sizes: { N: 10 }, parameters: { speeds: [1, 1, 1] } },
    { sizes: { N: 12 }, parameters: { speeds: [1, 2, 3] } },
  ],
  work: ({ N }: Sizes, { speeds }: Parameters) => N! * (speeds.length + Math.log2(N! + 1)),
  outputs: {
    owners: array('the worker of each point', 'N'),
    counts: array('how many points each worker has', 'K'),
  },
  classes: {
    'one worker': ({ sizes }: CaseView) => sizes.K === 1,
    'fewer points than workers': ({ sizes }: CaseView) => sizes.N! < sizes.K!,
    'workers of the same speed': ({ sizes, parameters: p }: CaseView) =>
      sizes.K! > 1 && new Set(p.speeds).size === 1,
    'workers of different speeds': ({ parameters: p }: CaseView) => new Set(p.speeds).size > 1,
    'points whose draws are equal': ({ inputs, sizes }: CaseView) =>
      new Set(inputs.draws!.data).size < sizes.N!,
  },
})

export const taxonomy = clause({
  id: 'federated.settings.taxonomy',
  title: 'Up to a hundred reliable clients that are there make silos, all others are devices',
  kind: 'decision',
  operations: [setting],
  statement:
    'Cross-silo are from 2 to 100 clients that are reliable and almost always available: organizations with much data each. All others are cross-device, of which there may be $10^{10}$, with as little as one point each: a hundred and one of the best clients, and two that come and go or of which one may be malicious. More clients never make silos of devices.',
  formula: String.raw`\text{cross-silo} \iff 2 \le K \le 100 \;\wedge\; \text{reliable} \;\wedge\; \text{available}`,
  domain: 'From 2 to 10^10 clients; anything else is rejected.',
  conventions: [
    {
      choice: 'The boundary is at 100, which belongs to silos.',
      others:
        'The publication calls these typical numbers; there is no sharp boundary in practice.',
    },
  ],
  source: {
    notes: [
      [496, 496],
      [498, 498],
      [499, 499],
    ],
    publications: [{ ...kairouz, where: 'section 1, table 1' }],
  },
  errata: [],
})

export const partition = clause({
  id: 'federated.distributed.iid-partition',
  title: 'Distributed learning shuffles its points and shares them out in proportion to speeds',
  kind: 'statistical',
  operations: [iidPartition],
  statement:
    'Points are put in the order of what was drawn for each, and cut into consecutive parts, one for each worker. Every point has one worker. How many a worker gets is its share of the speeds, less than one point away, so that all are done at about the same time, and does not depend on the draws; workers of the same speed differ by one point at most. Where all orders are as likely, as for independent draws, every point comes to a worker with that share as its probability, whatever its class, and classes are spread alike but for chance.',
  formula: String.raw`n_k = \Bigl\lfloor \frac{N C_k}{C_K} \Bigr\rfloor - \Bigl\lfloor \frac{N C_{k-1}}{C_K} \Bigr\rfloor,\quad C_k = \sum_{j \le k} c_j,\qquad \Bigl| n_k - \frac{N c_k}{C_K} \Bigr| < 1,\qquad P(\text{point } i \text{ to worker } k) = \frac{n_k}N`,
  domain: 'Any draws, and speeds that are whole numbers from 1 to 1000.',
  conventions: [
    {
      choice: 'Of equal draws the point with the lower index goes first.',
      others: 'A sort that is not stable leaves it open.',
    },
    {
      choice: 'Parts are consecutive in the shuffled order.',
      others:
        'Dealing in turn gives parts of the same sizes where speeds are alike, of other points.',
    },
  ],
  source: {
    notes: [[492, 492]],
    publications: [{ ...kairouz, where: 'section 1, table 1, datacenter distributed learning' }],
  },
  errata: [],
})
