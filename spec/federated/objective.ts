import { clause } from '../language/clause.ts'
import {
  array,
  bits,
  type CaseView,
  free,
  operation,
  ranged,
  type Sizes,
  some,
} from '../language/operation.ts'
import { effortOf, sizesOfTraining } from './client-update.ts'
import { clientsOfTraining, dataOfClients, trainingOfSeveral } from './fedavg.ts'
import { fedAvg as mcMahan } from './publications.ts'

const { N, I, O } = sizesOfTraining
const { points, loss, clients } = trainingOfSeveral

/** The loss of a model on the points of each client, and of all. */
export const objective = operation({
  id: 'federated.objective',
  title: 'Loss of each client, and of all',
  level: 'core',
  dimensions: { K: clientsOfTraining, N, I, O },
  inputs: {
    w: array('the weights', 'I', 'O'),
    b: array('the biases', 'O'),
    ...dataOfClients,
    counts: some(dataOfClients.counts),
  },
  parameters: { points, loss, clients },
  usual: [
    { parameters: { clients: 2, loss: 'squares' } },
    { sizes: { I: 2, O: 1 }, parameters: { clients: 2, points: 32, loss: 'squares' } },
    { sizes: { O: 3 }, parameters: { clients: 4, points: 8, loss: 'logistic' } },
  ],
  work: ({ K, N, I, O }: Sizes) => K! * N! * (I! + 3) * O!,
  effort: effortOf,
  sums: 'The sums are of losses, which are squares or logarithms of sums.',
  outputs: {
    clientLosses: array('the mean loss of the points of each client', 'K'),
    loss: array('the mean of these, weighted by points'),
  },
  classes: {
    'least squares': ({ parameters: p }: CaseView) => p.loss === 'squares',
    'logistic loss': ({ parameters: p }: CaseView) => p.loss === 'logistic',
    'one client': ({ sizes }: CaseView) => sizes.K === 1,
    'a client without points': ({ inputs }: CaseView) => inputs.counts!.data.includes(0),
    'clients of unequal size': ({ inputs }: CaseView) => new Set(inputs.counts!.data).size > 1,
  },
})

/** How many points there are, where several clients may hold the same one. */
export const sizes = operation({
  id: 'federated.sizes',
  title: 'Points of clients, and their shares',
  level: 'core',
  dimensions: { K: free(1, 5, 'clients'), Points: free(1, 6, 'points that somebody may hold') },
  inputs: { holds: bits('1 for each point that a client holds', 'K', 'Points') },
  parameters: {},
  usual: [{ sizes: { K: 4, Points: 10 } }, { sizes: { K: 2, Points: 3 } }],
  effort: () => 4,
  sums: 'The sums are of ones, and of no products.',
  outputs: {
    counts: array('the points of each client', 'K'),
    total: array('the points of all, each as often as it is held'),
    different: array('the points that somebody holds'),
    shares: ranged([0, 1], array('the points of each client as a share of all', 'K')),
  },
  classes: {
    'nobody has a point': ({ inputs }: CaseView) => !inputs.holds!.data.includes(1),
    'a client without points': ({ inputs, sizes: { K, Points } }: CaseView) =>
      Array.from({ length: K! }, (_, k) =>
        inputs.holds!.data.slice(k * Points!, (k + 1) * Points!),
      ).some((own) => !own.includes(1)),
    'a point that several clients hold': ({ inputs: { holds }, sizes: { K, Points } }: CaseView) =>
      Array.from({ length: Points! }, (_, p) => p).some(
        (p) =>
          Array.from({ length: K! }, (_, k) => holds!.data[k * Points! + p]!).filter(
            (bit) => bit === 1,
          ).length > 1,
      ),
    'every point is held once': ({ inputs: { holds }, sizes: { K, Points } }: CaseView) =>
      Array.from({ length: Points! }, (_, p) => p).every(
        (p) =>
          Array.from({ length: K! }, (_, k) => holds!.data[k * Points! + p]!).filter(
            (bit) => bit === 1,
          ).length === 1,
      ),
  },
})

export const disjoint = clause({
  id: 'federated.sizes',
  title: 'The points of all clients are counted as often as they are held',
  kind: 'count',
  operations: [sizes],
  statement:
    'The number of points $n$ is the sum of the numbers $n_k$ of the clients, and the weight of a client is $n_k / n$; the weights of all add up to 1. As a set of different points, what the clients hold has $n$ elements only if no point is held twice. Where clients share points, what counts is the collection in which each point occurs as often as it is held.',
  formula: String.raw`n_k = |D_k|,\qquad n = \sum_{k=1}^{K} n_k \ge \Bigl|\bigcup_{k=1}^{K} D_k\Bigr|,\qquad p_k = \frac{n_k}{n},\qquad \sum_k p_k = 1`,
  domain: 'Any numbers of clients and points.',
  conventions: [
    {
      choice: 'Where nobody has a point, all weights are 0.',
      others: 'They could be left undefined.',
    },
  ],
  source: {
    notes: [[521, 521]],
    publications: [{ ...mcMahan, where: 'section 1' }],
  },
  errata: [
    {
      id: 'E-43',
      lines: [521, 521],
      says: 'The data of all are the union of the sets up to the last client, which is called by the index of any, and their number is the sum of the sizes.',
      counterexample:
        'Two clients that hold the same point: the union has 1 element, the sizes add up to 2.',
      correction:
        'The union is disjoint, over the clients 1 to K. If points are held twice it is one with multiplicities.',
      settledBy: { ...mcMahan, where: 'section 1' },
    },
  ],
})

export const weighted = clause({
  id: 'federated.objective',
  title: 'The loss of all is the mean of the clients’ mean losses, weighted by points',
  kind: 'formula',
  operations: [objective],
  statement:
    'What is to be minimized is the weighted mean of the losses of the clients, each the mean loss of its own points, with its share of all points as its weight. A client without points has the loss 0 and the weight 0. The order of clients and of points does not matter, and what lies behind the points of a client has no influence.',
  formula: String.raw`F(\theta; D) = \sum_{k=1}^{K} \frac{n_k}{n} F_k(\theta; D_k),\qquad F_k(\theta; D_k) = \frac1{n_k} \sum_{d \in D_k} f(\theta; d)`,
  domain: 'Any clients, of whom one at least has a point.',
  conventions: [
    {
      choice: 'The loss of a client is a mean.',
      others: 'As sums they would have to be divided by all points, and not be weighted again.',
    },
  ],
  source: {
    notes: [
      [525, 525],
      [527, 527],
      [529, 529],
    ],
    publications: [{ ...mcMahan, where: 'section 1' }],
  },
  errata: [
    {
      id: 'E-44',
      lines: [525, 529],
      says: 'The loss of a client is the sum over its points, and is weighted by its share of all points as well.',
      counterexample:
        'One client with the point 0, another with 1, 1, 1, and half the squared distance: at 3/4, where the mean over all points is least, it is 3/32; the weighted sums give 9/64 there, and are least at 9/10.',
      correction:
        'A point counts once: the loss of a client is the mean of its points. Summed and weighted, a point counts as much more as its client has more points.',
      settledBy: { ...mcMahan, where: 'section 1' },
    },
  ],
})

export const pooled = clause({
  id: 'federated.objective.pooled-erm',
  title: 'The loss of all does not depend on who holds which point',
  kind: 'law',
  operations: [objective],
  statement:
    'However the points are divided between clients, the loss of all is the mean loss of the points, as if they lay in one place: empirical risk minimization. Points that move from one client to another leave it as it is, and so does a client that is split into two.',
  formula: String.raw`F(\theta; D) = \frac1n \sum_{d \in D} f(\theta; d)`,
  domain: 'Any division of at least one point.',
  conventions: [],
  source: {
    notes: [[523, 523]],
    publications: [{ ...mcMahan, where: 'section 1, equation 1' }],
  },
  errata: [],
})
