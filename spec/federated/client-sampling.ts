import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  nonnegative,
  operation,
  type Parameters,
} from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { fedAvg as mcMahan, nonIid } from './publications.ts'

/** The least number of clients whose share is not below the rate: what shares round to is compared. */
function least({ rate, clients }: Parameters): number {
  let m = Math.max(1, Math.floor(rate * clients) - 1)
  while (m / clients < rate) m++
  return m
}

/** Who takes part in a round. */
export const clientSampling = operation({
  id: 'federated.clientSampling',
  title: 'Sampling of clients without replacement',
  level: 'core',
  dimensions: {
    K: derived((_, { clients }: Parameters) => clients, 'clients'),
    M: derived((_, parameters: Parameters) => least(parameters), 'participants'),
  },
  inputs: { draws: nonnegative('a random number for each client', 'K') },
  parameters: {
    clients: integer({ min: 1, upTo: 12 }),
    rate: real({ min: 1e-6, max: 1, from: 0.05, to: 1, values: [0.07, 0.1, 0.3, 0.5, 0.7, 1] }),
  },
  usual: [
    { parameters: { clients: 100, rate: 0.1 } },
    { parameters: { clients: 100, rate: 0.07 } },
    { parameters: { clients: 10, rate: 0.5 } },
    { parameters: { rate: 1 } },
  ],
  outputs: { participants: array('the clients that take part, in their order', 'M') },
  classes: {
    'one client': ({ sizes }: CaseView) => sizes.K === 1,
    'one of several': ({ sizes }: CaseView) => sizes.K! > 1 && sizes.M === 1,
    'all of several': ({ sizes }: CaseView) => sizes.K! > 1 && sizes.M === sizes.K,
    'some of several': ({ sizes }: CaseView) => sizes.M! > 1 && sizes.M! < sizes.K!,
    'a share that is rounded up': ({ sizes, parameters: p }: CaseView) =>
      sizes.M! / sizes.K! > p.rate,
    'a share that is met': ({ sizes, parameters: p }: CaseView) => sizes.M! / sizes.K! === p.rate,
    'two clients that drew the same': ({ inputs, sizes }: CaseView) =>
      new Set(inputs.draws!.data).size < sizes.K!,
  },
})

export const withoutReplacement = clause({
  id: 'federated.client-sampling',
  title: 'A round has ⌈ρK⌉ different clients, each as likely as any other',
  kind: 'statistical',
  operations: [clientSampling],
  statement:
    'The number of participants is the share $\\rho$ of all clients, rounded up, so that there is at least one, and all take part for $\\rho = 1$. They are different clients, and every choice of as many is as likely as any other: a client takes part with the probability $m/K$. Each client draws a number; those with the smallest numbers take part, of equal ones the earlier client.',
  formula: String.raw`m = \lceil \rho K \rceil,\qquad S_t \subseteq \{1, \dots, K\},\; |S_t| = m,\qquad P(k \in S_t) = \frac mK`,
  domain: 'Rates above 0 and up to 1.',
  conventions: [
    {
      choice:
        'A rate is taken for every number that rounds to it: the number of participants is the least of which the share, rounded, is not below the rate. A rate of 0.07 of 100 clients is 7.',
      others:
        'The product of both in floating point is 7.000000000000001, which rounds up to 8; some round down, and take at least one.',
    },
    {
      choice: 'Participants are given in the order of the clients.',
      others: 'Code gives them in the order in which they were drawn.',
    },
  ],
  source: {
    notes: [
      [531, 531],
      [539, 539],
    ],
    publications: [
      { ...mcMahan, where: 'algorithm 1, which takes max(C K, 1) clients' },
      { ...nonIid, where: 'assumption 6' },
    ],
  },
  errata: [],
})
