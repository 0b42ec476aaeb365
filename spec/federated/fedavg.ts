import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  type Range,
  type Sizes,
  whole,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import {
  classesOfTraining,
  clientUpdate,
  effortOf,
  places,
  sizesOfTraining,
  training,
  upToPoints,
} from './client-update.ts'
import { fedAvg as mcMahan, nonIid, zhu } from './publications.ts'

/** Which clients there are. */
const clients = ({ clients }: Parameters): Range => [0, clients - 1]

/** Parameters of what trains with several clients. */
export const trainingOfSeveral = { ...training, clients: integer({ min: 1, upTo: 4 }) } as const
/** How many clients there are. */
export const clientsOfTraining = derived((_, { clients }: Parameters) => clients, 'clients')
/** Their points. */
export const dataOfClients = {
  x: array(
    'the points of each client; those from its number of points on are padding',
    'K',
    'N',
    'I',
  ),
  y: array('what should come out for each', 'K', 'N', 'O'),
  counts: whole(upToPoints, 'how many points each client has', 'K'),
} as const

/** How many points the participants of each round have. */
const ofRounds = ({ inputs: { counts, participants }, sizes }: CaseView) =>
  Array.from({ length: sizes.T! }, (_, t) =>
    Array.from(
      { length: sizes.M! },
      (_, k) => counts!.data[participants!.data[t * sizes.M! + k]!]!,
    ),
  )

/** The whole algorithm, server and clients. */
export const fedAvg = operation({
  id: 'federated.fedAvg',
  title: 'FedAvg',
  level: 'core',
  dimensions: {
    K: clientsOfTraining,
    ...sizesOfTraining,
    T: free(1, 3, 'rounds'),
    M: free(1, 3, 'participants of a round'),
  },
  inputs: {
    w: array('the weights that the server begins with', 'I', 'O'),
    b: array('the biases that it begins with', 'O'),
    ...dataOfClients,
    participants: whole(clients, 'the clients that take part in each round', 'T', 'M'),
    batches: whole(
      places,
      'the place of each point of each batch of each participant',
      'T',
      'M',
      'L',
      'B',
    ),
  },
  parameters: trainingOfSeveral,
  usual: [
    { sizes: { T: 2, M: 2, L: 1 }, parameters: { clients: 2, rate: 0.1 } },
    { sizes: { T: 3, M: 2, L: 3, B: 2 }, parameters: { clients: 4, rate: 0.05, points: 3 } },
    { sizes: { T: 2, M: 3, L: 2, B: 1 }, parameters: { clients: 3, loss: 'logistic', rate: 0.25 } },
  ],
  work: ({ T, M, L, B, I, O }: Sizes) => T! * M! * (2 * L! * (B! + 1) + 1) * I! * O!,
  effort: effortOf,
  sums: 'The sums are of errors, which are sums themselves.',
  states: ['w', 'b', 'clientW', 'clientB'],
  outputs: {
    w: array('the weights of the server after each round', 'T', 'I', 'O'),
    b: array('its biases', 'T', 'O'),
    clientW: array('the weights that each participant sends back', 'T', 'M', 'I', 'O'),
    clientB: array('the biases that it sends back', 'T', 'M', 'O'),
  },
  classes: {
    ...classesOfTraining,
    'one client': ({ sizes }: CaseView) => sizes.K === 1,
    'one round': ({ sizes }: CaseView) => sizes.T === 1,
    'several rounds': ({ sizes }: CaseView) => sizes.T! > 1,
    'fewer participants than clients': ({ sizes }: CaseView) => sizes.M! < sizes.K!,
    'every client once a round': ({ inputs, sizes: { T, M, K } }: CaseView) =>
      M === K &&
      Array.from({ length: T! }, (_, t) =>
        inputs.participants!.data.slice(t * M!, (t + 1) * M!),
      ).every((round) => new Set(round).size === K),
    'participants with and without points in a round': (the: CaseView) =>
      ofRounds(the).some((counts) => counts.includes(0) && counts.some((n) => n > 0)),
    'a round of participants without points': (the: CaseView) =>
      ofRounds(the).some((counts) => counts.every((n) => n === 0)),
  },
})

export const server = clause({
  id: 'federated.fedavg.server',
  title: 'Each round, participants train from the server’s model, and their mean is the next one',
  kind: 'algorithm',
  operations: [fedAvg],
  statement:
    'In every round each participant begins with the model that the server has, takes its local steps on its own points alone, and sends the model back; the mean of these, weighted by the points of those who took part, is the model of the next round. Nothing else passes from client to client or from round to round: a client that is not named has no influence, and the order in which participants finish has none. Participants and batches are given, so that every run can be repeated anywhere.',
  formula: String.raw`\theta_k^{(t)} = \mathrm{ClientUpdate}(k, \theta^{(t)}),\quad k \in S_t,\qquad \theta^{(t+1)} = \sum_{k \in S_t} \frac{n_k}{\sum_{j \in S_t} n_j}\, \theta_k^{(t)}`,
  domain: 'Any numbers of clients, participants, rounds, local steps and points from 1 on.',
  conventions: [
    {
      choice: 'A round of which no participant has a point leaves the model as it is.',
      others: 'Some servers skip it, others fail.',
    },
    {
      choice: 'A client that is named twice in a round takes part twice, with its own batches.',
      others: 'Sampling without replacement names none twice.',
    },
  ],
  source: {
    notes: [[531, 544]],
    publications: [
      { ...mcMahan, where: 'algorithm 1, its sum taken over participants' },
      { ...nonIid, where: 'section 2' },
    ],
  },
  errata: [],
})

export const dataLocality = clause({
  id: 'federated.data-locality',
  title: 'Nothing of a client’s points reaches another client or the server but by its model',
  kind: 'law',
  operations: [fedAvg, clientUpdate],
  statement:
    'What a participant sends back depends on the model that it was sent and on its own points and batches alone: other points of others leave it as it is, in that round, to the bit. The next model of the server depends on the models that were sent to it and on numbers of points alone. Points are not sent. That they cannot be told from what is sent does not follow: of a single step on a single point, the change of the weights is the point times the change of the biases, so that a quotient of both gives it away.',
  formula: String.raw`\theta_k^{(t)} = f(\theta^{(t)}, D_k, \mathcal B_k),\qquad \theta^{(t+1)} = g\bigl( (\theta_k^{(t)}, n_k)_{k \in S_t} \bigr);\qquad L = B = 1:\; \Delta w_{io} = x_i\, \Delta b_o`,
  domain: 'Any clients; the last statement for steps on one point.',
  conventions: [],
  source: {
    notes: [[480, 480]],
    publications: [
      { ...mcMahan, where: 'section 1, privacy' },
      { ...zhu, where: 'section 3: points from gradients' },
    ],
  },
  errata: [],
})
