import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  positive,
  type Sizes,
} from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { localSgd, fedAvg as mcMahan, nonIid } from './publications.ts'

const dimensions = {
  K: free(1, 4, 'clients'),
  P: free(1, 4, 'parameters'),
} as const

/** The loss of a client is Σ h (θ − c)² / 2. */
const losses = {
  h: positive('the curvature of each client along each parameter', 'K', 'P'),
  c: array('where the loss of each client is least', 'K', 'P'),
  weights: positive('how much each client weighs, its points or a share of them', 'K'),
} as const

const rate = real({ min: 0, from: 0, to: 0.5, values: [0.125, 0.25, 0.05] })
const localSteps = integer({ min: 1, upTo: 4, max: 1000 })

const classes = {
  'one client': ({ sizes }: CaseView) => sizes.K === 1,
  'several clients': ({ sizes }: CaseView) => sizes.K! > 1,
  'clients that weigh alike': ({ inputs, sizes }: CaseView) =>
    sizes.K! > 1 && new Set(inputs.weights!.data).size === 1,
} as const
const stepClasses = {
  ...classes,
  'one local step': ({ parameters: p }: CaseView) => p.localSteps === 1,
  'several local steps': ({ parameters: p }: CaseView) => p.localSteps > 1,
} as const

/** The best model of all clients, and the mean of their own best ones. */
export const quadraticOptima = operation({
  id: 'federated.quadraticOptima',
  title: 'Minimum of the mean of quadratic losses, and mean of their minima',
  level: 'core',
  dimensions,
  inputs: losses,
  parameters: {},
  usual: [{ sizes: { K: 2, P: 1 } }, { sizes: { K: 4, P: 2 } }],
  effort: () => 6,
  sums: 'Every sum is divided by another.',
  outputs: {
    optimum: array('where the weighted mean of the losses is least', 'P'),
    average: array('the weighted mean of the clients’ minima', 'P'),
  },
  classes,
})

/** Rounds of FedAvg on quadratic losses. */
export const quadraticRounds = operation({
  id: 'federated.quadraticRounds',
  title: 'FedAvg of all clients on quadratic losses',
  level: 'core',
  dimensions: {
    ...dimensions,
    T: derived((_, { rounds }: Parameters) => rounds, 'rounds'),
  },
  inputs: { ...losses, start: array('the parameters before the first round', 'P') },
  parameters: { rate, localSteps, rounds: integer({ min: 1, upTo: 4, max: 1000 }) },
  usual: [
    { sizes: { K: 2, P: 1 }, parameters: { rate: 0.05, localSteps: 5, rounds: 3 } },
    { parameters: { rate: 0.1, localSteps: 1, rounds: 4 } },
  ],
  work: ({ K, P }: Sizes, { localSteps, rounds }) => 3 * K! * P! * localSteps * rounds,
  effort: () => 8,
  sums: 'Every sum is divided by another.',
  states: ['trajectory'],
  outputs: { trajectory: array('the parameters after each round', 'T', 'P') },
  classes: {
    ...stepClasses,
    'several rounds': ({ parameters: p }: CaseView) => p.rounds > 1,
    'no rate': ({ parameters: p }: CaseView) => p.rate === 0,
  },
})

/** Where rounds of local steps come to rest. */
export const localFixedPoint = operation({
  id: 'federated.localFixedPoint',
  title: 'Fixed point of rounds of local steps on quadratic losses',
  level: 'core',
  dimensions,
  inputs: losses,
  parameters: {
    rate: real({ min: 2 ** -10, from: 2 ** -5, to: 0.5, values: [0.125, 0.25, 0.05] }),
    localSteps,
  },
  usual: [
    { sizes: { K: 2, P: 1 }, parameters: { rate: 0.05, localSteps: 5 } },
    { parameters: { rate: 0.1, localSteps: 2 } },
  ],
  work: ({ K, P }: Sizes, { localSteps }) => 2 * K! * P! * localSteps,
  effort: () => 8,
  sums: 'Every sum is divided by another.',
  outputs: { point: array('the parameters that a round leaves as they are', 'P') },
  classes: stepClasses,
})

const conventions = [
  {
    choice: 'Curvatures are diagonal, one number a parameter.',
    others: 'Of matrices the same holds with inverses in place of quotients.',
  },
] as const

export const notAverage = clause({
  id: 'federated.solution-is-not-average-of-optima',
  title: 'The best model of all clients is not the mean of their best models',
  kind: 'theorem',
  operations: [quadraticOptima],
  statement:
    'Where the loss of each client is a quadratic, their weighted mean is least at a mean of the clients’ minima in which each weighs in proportion to its curvature as well: a client that loses much by a small step has more to say. It is the mean by weights alone only where all curvatures are the same. Averaging models once, each trained to its own end, therefore does not solve the problem that is posed, and nothing makes it the only way: gradients can be averaged, and FedAvg averages models that are only part of the way.',
  formula: String.raw`\arg\min_\theta \sum_k p_k F_k(\theta) = \frac{\sum_k p_k h_k c_k}{\sum_k p_k h_k} \ne \sum_k p_k c_k,\qquad F_k(\theta) = \tfrac12 h_k (\theta - c_k)^2,\quad p_k = \frac{n_k}{\sum_j n_j}`,
  domain: 'Positive curvatures and weights.',
  conventions,
  evaluations: [{ way: 'the shares of the points first, as they are printed' }],
  source: {
    notes: [[523, 523]],
    publications: [
      {
        ...nonIid,
        where: 'section 3.4, choice of E, and the degree of heterogeneity in section 3.1',
      },
    ],
  },
  errata: [
    {
      id: 'E-45',
      lines: [523, 523],
      says: 'The solution is the mean of the models that are best for each client, weighted by points, and there is no other way.',
      counterexample:
        'Two clients of equal weight with the curvatures 9 and 1, and minima 0 and 1: the mean of the minima is 1/2; the mean of the losses is least at 1/10.',
      correction:
        'The problem is to minimize the mean of the losses. The mean of the minima solves it where all losses are quadratics of the same curvature.',
      settledBy: { ...mcMahan, where: 'section 1' },
    },
  ],
})

export const iid = clause({
  id: 'federated.convergence.iid',
  title: 'Of like clients, every local step brings the model nearer to the minimum',
  kind: 'theorem',
  operations: [quadraticRounds],
  statement:
    'Clients with the same loss stay together, and a round with $L$ local steps multiplies the distance from the minimum by the factor of one step to the power $L$, along each parameter. Below $2/h$ the factor is below 1 in modulus, for every number of local steps, of clients and whatever they weigh: FedAvg converges linearly, and faster the more local steps there are. Above it diverges.',
  formula: String.raw`h_k = h,\; c_k = c:\qquad \theta^{(t)} - c = (1 - \eta h)^{tL} (\theta^{(0)} - c)`,
  domain: 'Equal losses of all clients; full gradients.',
  conventions,
  source: {
    notes: [[565, 565]],
    publications: [{ ...localSgd, where: 'section 2, theorem 2.2, without noise' }],
  },
  errata: [],
})

export const bias = clause({
  id: 'federated.convergence.noniid-bias',
  title: 'Of unlike clients, local steps with a fixed rate end beside the minimum',
  kind: 'theorem',
  operations: [localFixedPoint, quadraticRounds],
  statement:
    'A client whose curvature is $h_k$ leaves $a_k = (1 - \\eta h_k)^L$ of its distance from its own minimum after $L$ local steps. Rounds come to rest where these moves cancel: at the mean of the clients’ minima with the weights $p_k (1 - a_k)$. With one local step these are in proportion to $p_k h_k$, and the point is the minimum of the mean loss; with ever more they tend to $p_k$, and the point to the mean of the minima. In between the bias stays, however many rounds there are, unless all curvatures are the same or the rate falls.',
  formula: String.raw`\theta_L = \frac{\sum_k p_k (1 - a_k)\, c_k}{\sum_k p_k (1 - a_k)},\qquad a_k = (1 - \eta h_k)^L`,
  domain: 'Where the sum of the weights is not 0; rounds come to it for rates below $2 / h_k$.',
  conventions,
  source: {
    notes: [[565, 565]],
    publications: [{ ...nonIid, where: 'section 4, theorem 4' }],
  },
  errata: [],
})
