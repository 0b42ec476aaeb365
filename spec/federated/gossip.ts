import { clause } from '../language/clause.ts'
import {
  array,
  bits,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  ranged,
  type Sizes,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { boydXiao, boydXiaoLall } from './publications.ts'

/** How many others each client is connected with; an edge is there where either side names it. */
function degrees({ inputs: { graph }, sizes }: CaseView): readonly number[] {
  const K = sizes.K!
  const { data } = graph!
  return Array.from(
    { length: K },
    (_, k) =>
      Array.from({ length: K }, (_, l) => l).filter(
        (l) => l !== k && (data[k * K + l] === 1 || data[l * K + k] === 1),
      ).length,
  )
}

/** The weights of Metropolis and Hastings of a graph. */
export const metropolisWeights = operation({
  id: 'federated.metropolisWeights',
  title: 'Metropolis weights of a graph of clients',
  level: 'core',
  dimensions: { K: free(1, 5, 'clients') },
  inputs: {
    graph: bits(
      '1 for each pair of clients that are connected; one of both places is enough',
      'K',
      'K',
    ),
  },
  parameters: {},
  usual: [{ sizes: { K: 10 } }, { sizes: { K: 4 } }],
  effort: () => 4,
  outputs: {
    weights: ranged([0, 1], array('how much of each client each one takes in a round', 'K', 'K')),
  },
  classes: {
    'one client': ({ sizes }: CaseView) => sizes.K === 1,
    'a client without neighbours': (the: CaseView) => the.sizes.K! > 1 && degrees(the).includes(0),
    'everybody connected with everybody': (the: CaseView) =>
      the.sizes.K! > 1 && degrees(the).every((d) => d === the.sizes.K! - 1),
    'clients with more and with fewer neighbours': (the: CaseView) =>
      new Set(degrees(the)).size > 1,
  },
})

/** Rounds in which each client takes a mean of its own model and those of its neighbours. */
export const gossip = operation({
  id: 'federated.gossip',
  title: 'Rounds of gossip averaging',
  level: 'core',
  dimensions: {
    K: free(1, 4, 'clients'),
    I: free(1, 3, 'features of a point'),
    O: free(1, 3, 'outputs of a model'),
    T: derived((_, { rounds }) => rounds, 'rounds'),
  },
  inputs: {
    weights: array('how much of each client each one takes, a row for who takes', 'K', 'K'),
    w: array('the weights of each model at the start', 'K', 'I', 'O'),
    b: array('the biases of each model at the start', 'K', 'O'),
  },
  parameters: { rounds: integer({ min: 1, upTo: 4 }) },
  usual: [{ parameters: { rounds: 1 } }, { sizes: { K: 8 }, parameters: { rounds: 3 } }],
  work: ({ K, I, O }: Sizes, { rounds }: Parameters) => rounds * K! ** 2 * (I! + 1) * O!,
  sums: [{ sizes: { K: 64, I: 4, O: 4 }, parameters: { rounds: 1 } }],
  outputs: {
    w: array('the weights of each model after each round', 'T', 'K', 'I', 'O'),
    b: array('the biases of each model after each round', 'T', 'K', 'O'),
  },
  states: ['w', 'b'],
  classes: {
    'one client': ({ sizes }: CaseView) => sizes.K === 1,
    'several clients': ({ sizes }: CaseView) => sizes.K! > 1,
    'one round': ({ parameters: p }: CaseView) => p.rounds === 1,
    'several rounds': ({ parameters: p }: CaseView) => p.rounds > 1,
  },
})

export const metropolis = clause({
  id: 'federated.topology.metropolis-weights',
  title: 'Metropolis weights need nothing but the degrees of neighbours, and are doubly stochastic',
  kind: 'formula',
  operations: [metropolisWeights],
  statement:
    'Two clients that are connected give each other the weight of one over one more than the larger of their numbers of neighbours, those that are not give each other none, and what is left of 1 each keeps for itself. The weights are symmetric, none is negative, and rows and columns add up to 1. Whoever has a neighbour keeps some for itself, at least one over one more than the number of its neighbours: this positive diagonal is what makes gossip converge on every connected graph.',
  formula: String.raw`P_{kl} = \frac1{1 + \max(d_k, d_l)} \text{ for neighbours},\qquad P_{kk} = 1 - \sum_{l \ne k} P_{kl} \ge \frac1{1 + d_k},\qquad P = P^{\mathsf T},\quad P \mathbf 1 = \mathbf 1`,
  domain:
    'Any graph. An edge is there where it is given in either direction; what stands on the diagonal is not looked at.',
  conventions: [
    {
      choice: 'One over one more than the larger degree.',
      others:
        'Local-degree weights leave the 1 out. Of two clients each then takes the model of the other, and they never agree.',
    },
  ],
  source: {
    notes: [[501, 501]],
    publications: [
      { ...boydXiaoLall, where: 'Metropolis weights' },
      { ...boydXiao, where: 'section 4, local-degree weights' },
    ],
  },
  errata: [],
})

export const decentralized = clause({
  id: 'federated.topology.decentralized',
  title: 'Gossip keeps the mean, and clients approach it at the rate of the second eigenvalue',
  kind: 'theorem',
  operations: [gossip, metropolisWeights],
  statement:
    'Without a server each client replaces its model by a mean of its own and those of its neighbours, $\\theta^{t+1} = P \\theta^t$. If columns of $P$ add up to 1, the mean over clients stays the same in every round. If $P$ is symmetric and rows add up to 1 as well, the distance of all models from the mean shrinks in each round at least by $\\rho = \\max(|\\lambda_2|, |\\lambda_K|)$, the largest magnitude of an eigenvalue but that of the mean, and along its eigenvector by no more. So models agree in the end exactly if $\\rho < 1$. That takes a graph that is connected, as parts that are not connected keep their own means; and more, for where both of two clients take the model of the other they exchange them for ever, with $\\lambda_2 = -1$. Where everybody hears of everybody alike, one round is enough.',
  formula: String.raw`\theta^{t+1}_k = \sum_l P_{kl}\, \theta^t_l,\qquad \bar\theta^{t+1} = \bar\theta^t,\qquad \lVert \theta^t - \bar\theta \rVert \le \rho^t \lVert \theta^0 - \bar\theta \rVert,\quad \rho = \max(|\lambda_2|, |\lambda_K|)`,
  domain: 'Any weights and models. Each round is judged from the models that were returned.',
  conventions: [
    {
      choice: 'A row of the weights is for the client that takes.',
      others: 'Where weights are not symmetric, others read columns.',
    },
    {
      choice: 'All clients exchange at once.',
      others: 'In randomized gossip one pair at a time does.',
    },
  ],
  source: {
    notes: [[501, 501]],
    publications: [{ ...boydXiao, where: 'section 2, convergence conditions' }],
  },
  errata: [],
})
