import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { connectivity, protocol, round, star } from '../../../spec/federated/protocol.ts'
import { roundCosts } from '../../../spec/federated/special.ts'
import { free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { filled, permuted, row, scalar } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  countsDropouts,
  countsEmpty,
  countsFailed,
  countsOnce,
  forgets,
  goesOnAlone,
  halfLoad,
  keepsOwn,
  loadOfFailed,
  neighboursAlone,
  nobodyFails,
  oneDirection,
  oneWay,
  sendsToAll,
  shortWays,
  tellsLate,
  throughFailed,
} from './protocol-faults.ts'

const roundProperties = properties(
  round,
  agreement(protocol, 'integers', {
    kills: [
      countsDropouts,
      goesOnAlone,
      countsEmpty,
      keepsOwn,
      sendsToAll,
      oneWay,
      countsOnce,
      forgets,
      tellsLate,
    ],
  }),
  law('all-reply', {
    of: protocol,
    asks: [protocol, roundCosts],
    title: 'where all reply 2m models are sent a round, and each has its own model',
    kills: [oneWay, sendsToAll],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { T, M, Parties } }) {
      const { exact, total } = arithmetic
      const all = { replies: filled([T!, M!], 1), server: filled([T!], 1) }
      const { sent, version } = await measure(protocol, { ...inputs, ...all }, parameters)
      const given = { participants: M!, steps: T!, localSteps: 1, batch: 1 }
      const { messages } = await measure(roundCosts, {}, given)
      const inRound = (t: number) => sent.data.slice(t * Parties!, (t + 1) * Parties!)
      return [
        { label: 'messages', expected: messages, actual: scalar(total(sent.data)) },
        {
          label: 'messages of each round',
          expected: build([T!], () => exact(2 * M!)),
          actual: build([T!], (t) => total(inRound(t))),
        },
        { label: 'models', expected: build([T!], (t) => exact(t + 1)), actual: version },
      ]
    },
  }),
  law('begin-with-the-last', {
    of: protocol,
    title: 'participants begin with the model that the server made in the round before',
    kills: [keepsOwn],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { exact } = arithmetic
      const server = filled(inputs.server.shape, 1)
      const { begins, version } = await measure(protocol, { ...inputs, server }, parameters)
      return [
        {
          label: 'models that participants begin with',
          expected: build(begins.shape, (t) => (t === 0 ? exact(0) : version.at(t - 1))),
          actual: begins,
        },
      ]
    },
  }),
  worked('by-hand', {
    of: protocol,
    title: 'two clients that are both asked twice, of whom one drops out of the first round',
    kills: [countsDropouts, oneWay, tellsLate],
    inputs: {
      participants: tensor([2, 2], [0, 1, 0, 1]),
      replies: tensor([2, 2], [1, 0, 1, 1]),
      server: tensor([2], [1, 1]),
    },
    parameters: { clients: 2 },
    gives: {
      sent: [1, 0, 2, 1, 1, 2],
      received: [1, 1, 1, 1, 1, 2],
      begins: [0, 0, 1, 1],
      held: [0, 0, 1, 1],
      version: [1, 2],
    },
  }),
)

/** Some parties, of which one fails. */
const several = {
  dimensions: {},
  inputs: {},
  parameters: {
    parties: integer({ min: 4, upTo: 20, max: 20 }),
    lost: integer({ min: 0, upTo: 19, max: 19 }),
  },
} as const

const edges = (K: number, isEdge: (k: number, l: number) => boolean) =>
  build([K, K], (k, l) => (isEdge(k, l) ? 1 : 0))
/** The first party is connected with all others, and nobody else. */
const starOf = (K: number) => edges(K, (k, l) => k === 0 && l > 0)
/** Each is connected with the one before and the one behind, and the last with the first. */
const ringOf = (K: number) => edges(K, (k, l) => (k + 1) % K === l)
/** The same without the last edge. */
const pathOf = (K: number) => edges(K, (k, l) => k + 1 === l)
const only = (K: number, lost: number) => build([K], (k) => (k === lost ? 1 : 0))

const starProperties = properties(
  star,
  agreement(connectivity, 'integers', {
    kills: [
      neighboursAlone,
      throughFailed,
      nobodyFails,
      countsFailed,
      oneDirection,
      loadOfFailed,
      halfLoad,
    ],
  }),
  law('one-fails', {
    of: several,
    asks: [connectivity],
    title: 'a star falls apart without its middle alone, a ring never, and a path within',
    kills: [throughFailed, nobodyFails, countsFailed, shortWays],
    share: 0.3,
    async holds({ exact, measure, parameters: { parties: K, lost: drawn } }) {
      const lost = drawn % K
      const failed = only(K, lost)
      const left = async (graph: NumberArray<number>) =>
        measure(connectivity, { graph, failed }, {})
      const [ofStar, ofRing, ofPath] = [
        await left(starOf(K)),
        await left(ringOf(K)),
        await left(pathOf(K)),
      ]
      const isEnd = lost === 0 || lost === K - 1
      const isThere = (k: number, l: number) => k !== lost && l !== lost
      return [
        {
          label: 'groups of a star, a ring and a path',
          expected: exact(row(lost === 0 ? K - 1 : 1, 1, isEnd ? 1 : 2)),
          actual: row(ofStar.groups.at(), ofRing.groups.at(), ofPath.groups.at()),
        },
        {
          label: 'who is connected on a ring',
          expected: exact(edges(K, isThere)),
          actual: ofRing.connected,
        },
        {
          label: 'who is connected on a path',
          expected: exact(edges(K, (k, l) => isThere(k, l) && k < lost === l < lost)),
          actual: ofPath.connected,
        },
      ]
    },
  }),
  law('loads', {
    of: several,
    asks: [connectivity, roundCosts],
    title: 'the middle of a star has the load of a server, all others that of a client',
    kills: [halfLoad],
    share: 0.2,
    async holds({ measure, parameters: { parties: K } }) {
      const nobody = filled([K], 0)
      const { load } = await measure(connectivity, { graph: starOf(K), failed: nobody }, {})
      const given = { participants: K - 1, steps: 1, localSteps: 1, batch: 1 }
      const { load: sides } = await measure(roundCosts, {}, given)
      return [
        {
          label: 'loads',
          expected: build([K], (k) => sides.at(k === 0 ? 0 : 1)),
          actual: load,
        },
      ]
    },
  }),
  law('star-of-messages', {
    of: protocol,
    title: 'every message has the server at one end, and without it there is none',
    kills: [goesOnAlone, countsOnce],
    share: 0.3,
    async holds({ arithmetic, exact, inputs, measure, parameters, sizes: { T, K } }) {
      const { total } = arithmetic
      const { sent, received, version } = await measure(protocol, inputs, parameters)
      const ofClients = (messages: typeof sent) =>
        build([T!], (t) => total(Array.from({ length: K! }, (_, k) => messages.at(t, k))))
      const ofServer = (messages: typeof sent) => build([T!], (t) => messages.at(t, K!))
      const server = filled([T!], 0)
      const without = await measure(protocol, { ...inputs, server }, parameters)
      const nothing = exact(filled(sent.shape, 0))
      return [
        { label: 'to clients', expected: ofServer(sent), actual: ofClients(received) },
        { label: 'from clients', expected: ofClients(sent), actual: ofServer(received) },
        { label: 'sent without it', expected: nothing, actual: without.sent },
        { label: 'models without it', expected: exact(filled([T!], 0)), actual: without.version },
        {
          label: 'models where it is gone',
          expected: build([T!], (t) =>
            inputs.server.data[t] === 1 || t === 0 ? version.at(t) : version.at(t - 1),
          ),
          actual: version,
        },
      ]
    },
  }),
  equivariance('any-numbers', {
    of: connectivity,
    within: { ...connectivity, dimensions: { K: free(1, 8, 'parties') } },
    title: 'parties in another order make the same groups',
    kills: [oneDirection],
    share: 0.3,
    inputs: ({ graph, failed }) => {
      const last = failed.shape[0]! - 1
      return {
        graph: permuted(graph, (k, l) => [last - k, last - l]),
        failed: permuted(failed, (k) => [last - k]),
      }
    },
    outputs: ({ connected, load }) => {
      const last = load.shape[0]! - 1
      return {
        connected: permuted(connected, (k, l) => [last - k, last - l]),
        load: permuted(load, (k) => [last - k]),
      }
    },
  }),
  worked('without-its-middle', {
    of: connectivity,
    title: 'two clients of a server that is gone make two groups, and none has a message',
    kills: [throughFailed, nobodyFails, countsFailed],
    inputs: { graph: tensor([3, 3], [0, 1, 1, 0, 0, 0, 0, 0, 0]), failed: tensor([3], [1, 0, 0]) },
    gives: { connected: [0, 0, 0, 0, 1, 0, 0, 0, 1], groups: [2], load: [0, 0, 0] },
  }),
)

export const protocolProperties = [...roundProperties, ...starProperties]
