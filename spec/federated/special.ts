import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Sizes,
  some,
  whole,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import {
  classesOfTraining,
  clientUpdate,
  effortOf,
  places,
  sizesOfTraining,
} from './client-update.ts'
import { clientsOfTraining, dataOfClients, fedAvg, trainingOfSeveral } from './fedavg.ts'
import { localSgd, fedAvg as mcMahan } from './publications.ts'

const { L: _, ...sizes } = sizesOfTraining
const { 'one local step': __, 'several local steps': ___, ...classes } = classesOfTraining

/** One model for all, whose gradients are averaged before every step. */
export const parallelSgd = operation({
  id: 'federated.parallelSgd',
  title: 'Parallel SGD',
  level: 'core',
  dimensions: { K: clientsOfTraining, ...sizes, T: free(1, 3, 'steps') },
  inputs: {
    w: array('the weights before the first step', 'I', 'O'),
    b: array('the biases before it', 'O'),
    ...dataOfClients,
    counts: some(dataOfClients.counts),
    batches: whole(places, 'the place of each point of each batch of each client', 'T', 'K', 'B'),
  },
  parameters: trainingOfSeveral,
  usual: [
    { sizes: { T: 2, B: 1 }, parameters: { clients: 2, rate: 0.1 } },
    { sizes: { T: 3, B: 2 }, parameters: { clients: 4, rate: 0.05, points: 3 } },
    { sizes: { T: 2, B: 4 }, parameters: { clients: 3, loss: 'logistic', rate: 0.25 } },
  ],
  work: ({ T, K, B, I, O }: Sizes) => T! * K! * (2 * B! + 3) * I! * O!,
  effort: effortOf,
  sums: 'The sums are of errors, which are sums themselves.',
  states: ['w', 'b'],
  outputs: {
    w: array('the weights after each step', 'T', 'I', 'O'),
    b: array('the biases after each step', 'T', 'O'),
  },
  classes: {
    ...classes,
    'one client': ({ sizes }: CaseView) => sizes.K === 1,
    'several steps': ({ sizes }: CaseView) => sizes.T! > 1,
    'a client without points': ({ inputs }: CaseView) => inputs.counts!.data.includes(0),
  },
})

export const equalsParallelSgd = clause({
  id: 'federated.special.parallel-sgd',
  title: 'With one local step of all clients, averaging models is averaging gradients',
  kind: 'law',
  operations: [parallelSgd, fedAvg],
  statement:
    'Where every client takes part and takes a single step, the mean of the models is the model less the rate times the mean of the gradients, with the same weights: FedAvg is then SGD that is computed in parallel and synchronized after each step. With batches that have every point equally often it is gradient descent on all points together; with batches of one size and clients of equal size, a step of a batch of $KB$ points. Clients of unequal size give each point of a batch the weight $n_k / (nB)$. With two local steps, or without some clients, it is another algorithm.',
  formula: String.raw`L = 1,\; S_t = \{1, \dots, K\}:\qquad \sum_k \frac{n_k}{n} (\theta - \eta g_k(\theta)) = \theta - \eta \sum_k \frac{n_k}{n}\, g_k(\theta)`,
  domain: 'Any clients, of whom one at least has a point.',
  conventions: [
    {
      choice: 'Gradients are weighted by points, as models are.',
      others:
        'Data-parallel training weighs workers alike, which is the same for equal batches of equal data.',
    },
  ],
  source: {
    notes: [
      [560, 560],
      [562, 562],
    ],
    publications: [{ ...mcMahan, where: 'section 2, FedSGD' }],
  },
  errata: [],
})

/** What rounds cost: messages, gradients, and rounds that as many steps take. */
export const roundCosts = operation({
  id: 'federated.roundCosts',
  title: 'Messages, gradients and rounds of FedAvg',
  level: 'core',
  dimensions: { Sides: derived(() => 2, 'the server, and each client that takes part') },
  inputs: {},
  parameters: {
    participants: integer({ min: 1, upTo: 20 }),
    steps: integer({ min: 0, upTo: 40 }),
    localSteps: integer({ min: 1, upTo: 12 }),
    batch: integer({ min: 1, upTo: 12 }),
  },
  usual: [
    { parameters: { participants: 10, steps: 100, localSteps: 5, batch: 10 } },
    { parameters: { participants: 100, localSteps: 20 } },
    { parameters: { localSteps: 1 } },
  ],
  outputs: {
    rounds: array('rounds until every participant has taken so many steps'),
    messages: array('models that are sent, in both directions, in all rounds'),
    gradients: array('gradients of single points, of all participants in all rounds'),
    load: array('models that each side sends and receives in a round', 'Sides'),
  },
  classes: {
    'no steps': ({ parameters: p }: CaseView) => p.steps === 0,
    'one local step': ({ parameters: p }: CaseView) => p.localSteps === 1,
    'rounds that fit': ({ parameters: p }: CaseView) =>
      p.localSteps > 1 && p.steps > 0 && p.steps % p.localSteps === 0,
    'a last round with more steps than are left': ({ parameters: p }: CaseView) =>
      p.steps % p.localSteps > 0,
    'fewer steps than a round has': ({ parameters: p }: CaseView) =>
      p.steps > 0 && p.steps < p.localSteps,
    'one participant': ({ parameters: p }: CaseView) => p.participants === 1,
  },
})

export const localSteps = clause({
  id: 'federated.special.local-steps',
  title: 'With several local steps a client does more between two messages',
  kind: 'law',
  operations: [fedAvg, clientUpdate],
  statement:
    'A participant takes all of its $L$ steps from the model that it was sent, and only the last one is sent back. With a single client, which takes part in every round, nothing is averaged: FedAvg of $T$ rounds with $L$ local steps is SGD of $TL$ steps, with the model sent back after every $L$ of them.',
  formula: String.raw`K = 1:\qquad \theta^{(t)} = \mathrm{SGD}_{tL}(\theta^{(0)})`,
  domain: 'One client with at least one point.',
  conventions: [],
  source: {
    notes: [[563, 563]],
    publications: [{ ...localSgd, where: 'section 1, algorithm 1' }],
  },
  errata: [],
})

export const communication = clause({
  id: 'federated.communication-reduction',
  title: 'Of like clients, L local steps save all but one of L rounds',
  kind: 'theorem',
  operations: [fedAvg, clientUpdate, roundCosts],
  statement:
    'Clients with the same points that take the same batches stay equal, so that a round with $L$ local steps is $L$ steps of any of them: what takes $N$ steps of gradient descent takes $\\lceil N / L \\rceil$ rounds. In every round the server sends $m$ models and receives $m$, and each participant one and one, whatever $L$ is; the gradients of $mLB$ points are computed meanwhile. Where clients differ the saving is bought with a bias, so that rounds to an accuracy are not saved in proportion.',
  formula: String.raw`F_k = F:\quad \theta^{(t)} = \mathrm{SGD}_{tL}(\theta^{(0)}),\qquad T = \Bigl\lceil \frac NL \Bigr\rceil,\qquad \text{messages} = 2mT,\qquad \text{gradients} = mLBT`,
  domain: 'Clients with the same points and batches; counts for any.',
  conventions: [
    {
      choice: 'The last round has all of its steps, also where fewer are left.',
      others: 'It could stop early.',
    },
  ],
  source: {
    notes: [[565, 565]],
    publications: [{ ...mcMahan, where: 'section 3' }],
  },
  errata: [],
})
