import { clause } from '../language/clause.ts'
import {
  array,
  bits,
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
import { kairouz, fedAvg as mcMahan } from './publications.ts'
import { roundCosts } from './special.ts'

/** What is sent in rounds, and which model of the server everybody has. */
export const protocol = operation({
  id: 'federated.protocol',
  title: 'Messages of rounds, and the models that clients begin with',
  level: 'core',
  dimensions: {
    K: derived((_, { clients }: Parameters) => clients, 'clients'),
    Parties: derived((_, { clients }: Parameters) => clients + 1, 'clients, and the server'),
    T: free(1, 4, 'rounds'),
    M: free(1, 3, 'participants of a round'),
  },
  inputs: {
    participants: whole(
      ({ clients }: Parameters): Range => [0, clients - 1],
      'the clients that take part in each round',
      'T',
      'M',
    ),
    replies: bits('1 where a participant sends its model back', 'T', 'M'),
    server: bits('1 where the server is there in a round', 'T'),
  },
  parameters: { clients: integer({ min: 1, upTo: 4 }) },
  usual: [
    { sizes: { T: 3, M: 2 }, parameters: { clients: 4 } },
    { sizes: { T: 10, M: 10 }, parameters: { clients: 100 } },
  ],
  work: ({ T, M, K }: Sizes) => T! * M! * K!,
  outputs: {
    sent: array(
      'models that each client, and last the server, sends in each round',
      'T',
      'Parties',
    ),
    received: array('models that each of them receives', 'T', 'Parties'),
    begins: array(
      'the number of the server’s model that each participant begins with, −1 for none',
      'T',
      'M',
    ),
    held: array('the number of the newest model that each client was sent, −1 for none', 'T', 'K'),
    version: array('the number of the server’s model after each round', 'T'),
  },
  classes: {
    'one client': ({ sizes }: CaseView) => sizes.K === 1,
    'a server that is there throughout': ({ inputs }: CaseView) => !inputs.server!.data.includes(0),
    'a server that is gone and comes back': ({ inputs: { server } }: CaseView) => {
      const gone = server!.data.indexOf(0)
      return gone >= 0 && server!.data.indexOf(1, gone) > gone
    },
    'a round of which nothing comes back': ({ inputs: { replies, server }, sizes }: CaseView) =>
      Array.from({ length: sizes.T! }, (_, t) => t).some(
        (t) =>
          server!.data[t] === 1 &&
          !replies!.data.slice(t * sizes.M!, (t + 1) * sizes.M!).includes(1),
      ),
    'some participants that drop out': ({ inputs: { replies, server }, sizes }: CaseView) =>
      Array.from({ length: sizes.T! }, (_, t) => t).some(
        (t) =>
          server!.data[t] === 1 &&
          new Set(replies!.data.slice(t * sizes.M!, (t + 1) * sizes.M!)).size > 1,
      ),
    'a client that is never asked': ({ inputs, sizes }: CaseView) =>
      new Set(inputs.participants!.data).size < sizes.K!,
  },
})

export const round = clause({
  id: 'federated.round.protocol',
  title: 'A round sends the model out, trains it, sends it back, and makes the next one',
  kind: 'algorithm',
  operations: [protocol, roundCosts],
  statement:
    'The server sends its model to every participant, each trains its own copy and sends it back, and of what came back the server makes its next model, which is the one that the participants of the next round begin with. So each participant of a round has the model that the server has, whichever one it had before, and models are counted up by one a round. Who drops out has received a model and sends none; where nothing comes back at all the model stays. With $m$ participants that all reply, $2m$ models are sent a round. Whoever is not asked sends and receives nothing.',
  formula: String.raw`v_t = v_{t-1} + [\text{something came back}],\qquad \text{participants of round } t \text{ begin with } v_{t-1},\qquad v_0 = 0,\qquad \text{messages} = m + \#\text{replies} \le 2m`,
  domain: 'Any participants, of whom any drop out.',
  conventions: [
    {
      choice: 'The server sends its model to those who take part, when they take part.',
      others: 'To send it to all at the end of each round costs as much only where all take part.',
    },
    {
      choice: 'A client that is named twice gets two models and may send two back.',
      others: 'Sampling without replacement names none twice.',
    },
  ],
  source: {
    notes: [[486, 486]],
    publications: [{ ...mcMahan, where: 'algorithm 1' }],
  },
  errata: [],
})

/** Who is connected with whom, when some are gone. */
export const connectivity = operation({
  id: 'federated.connectivity',
  title: 'Groups of parties that are left when some fail',
  level: 'core',
  dimensions: { K: free(1, 6, 'parties') },
  inputs: {
    graph: bits('1 for each pair that exchanges models; one of both places is enough', 'K', 'K'),
    failed: bits('1 for each party that is gone', 'K'),
  },
  parameters: {},
  usual: [{ sizes: { K: 10 } }, { sizes: { K: 5 } }],
  work: ({ K }: Sizes) => K! ** 3,
  outputs: {
    connected: bits('1 for each pair that is there and has a way of parties that are', 'K', 'K'),
    groups: array('how many groups are left that cannot reach each other'),
    load: array('models that each party sends and receives when all neighbours exchange', 'K'),
  },
  classes: {
    'one party': ({ sizes }: CaseView) => sizes.K === 1,
    'nobody failed': ({ inputs, sizes }: CaseView) =>
      sizes.K! > 1 && !inputs.failed!.data.includes(1),
    'some failed': ({ inputs }: CaseView) => new Set(inputs.failed!.data).size > 1,
    'all failed': ({ inputs }: CaseView) => !inputs.failed!.data.includes(0),
    'a party without neighbours': ({ inputs: { graph }, sizes: { K } }: CaseView) =>
      K! > 1 &&
      Array.from({ length: K! }, (_, k) => k).some((k) =>
        graph!.data.every((bit: number, at: number) => {
          const [from, to] = [Math.floor(at / K!), at % K!]
          return bit === 0 || from === to || (from !== k && to !== k)
        }),
      ),
  },
})

export const star = clause({
  id: 'federated.topology.server',
  title: 'A server is a single point of failure, and has as many messages as all others together',
  kind: 'algorithm',
  operations: [connectivity, protocol, roundCosts],
  statement:
    'With a server every message has it at one end: parties form a star. A client that fails leaves the others connected; without the server nobody reaches anybody, no round is held, and models stay as they are until it is back. In a round with $m$ clients it sends and receives $2m$ models, as many as all of them together, while each of them has 2. On a ring any one may fail, and on a complete graph all but two, with those that are left still connected; there a round costs each 4 models, and twice the number of others.',
  formula: String.raw`\text{star: } \text{load}_0 = 2m,\; \text{load}_k = 2;\qquad \text{groups without the server} = m,\quad \text{without a client} = 1;\qquad \text{load}_k = 2 d_k`,
  domain: 'Any graph and any failures. Nobody left makes no groups.',
  conventions: [
    {
      choice:
        'An edge is there where it is given in either direction; the diagonal is not looked at.',
      others: 'Links may have a direction.',
    },
    {
      choice:
        'Neighbours send each other their models once a round; those that are gone send none.',
      others: 'In randomized gossip one pair at a time does.',
    },
  ],
  source: {
    notes: [[500, 500]],
    publications: [{ ...kairouz, where: 'section 2.1, table 3' }],
  },
  errata: [],
})
