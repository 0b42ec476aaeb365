import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  connectivity as connectivityReference,
  protocol as reference,
} from '../../../reference/federated/protocol.ts'
import { connectivity, protocol } from '../../../spec/federated/protocol.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(protocol, reference)
const wrongGroups = faultsOf(connectivity, connectivityReference)

export const countsDropouts = wrong.inputs(
  'counts the models of those who drop out as sent',
  ({ replies }) => ({ replies: filled(replies.shape, 1) }),
)

export const goesOnAlone = wrong.inputs('holds rounds without a server', ({ server }) => ({
  server: filled(server.shape, 1),
}))

export const countsEmpty = wrong.outputs(
  'makes a new model of nothing, where nobody replies',
  ({ version, begins }, { inputs: { server } }) => {
    const upTo = (t: number) => server.data.slice(0, t).reduce((sum, bit) => sum + bit, 0)
    return {
      version: changed(version, (_, t) => upTo(t + 1)),
      begins: build(begins.shape, (t, m) => (begins.at(t, m) < 0 ? -1 : upTo(t))),
    }
  },
)

export const keepsOwn = wrong.outputs(
  'lets clients begin with the model that they had',
  ({ begins, held }, { inputs: { participants } }) => ({
    begins: build(begins.shape, (t, m) => {
      const own = t === 0 ? -1 : held.at(t - 1, participants.at(t, m))
      return begins.at(t, m) < 0 || own < 0 ? begins.at(t, m) : own
    }),
  }),
)

export const sendsToAll = wrong.outputs(
  'sends the model to clients that are not asked as well',
  ({ sent, received }, { inputs: { server }, parameters: { clients } }) => ({
    sent: build(sent.shape, (t, k) => (k === clients ? clients * server.at(t) : sent.at(t, k))),
    received: build(received.shape, (t, k) => (k < clients ? server.at(t) : received.at(t, k))),
  }),
)

export const oneWay = wrong.outputs(
  'counts what comes back alone',
  ({ sent, received }, { parameters: { clients } }) => ({
    sent: build(sent.shape, (t, k) => (k === clients ? 0 : sent.at(t, k))),
    received: build(received.shape, (t, k) => (k === clients ? received.at(t, k) : 0)),
  }),
)

export const countsOnce = wrong.outputs(
  'counts a client that is named twice once',
  ({ sent, received }) => ({
    sent: changed(sent, (n, at) => (isServer(at, sent) ? n : Math.min(n, 1))),
    received: changed(received, (n, at) => (isServer(at, received) ? n : Math.min(n, 1))),
  }),
)

const isServer = (at: number, { shape }: Numbers) => at % shape[1]! === shape[1]! - 1

export const forgets = wrong.outputs(
  'forgets which model a client had when it is not asked',
  ({ held, received }) => ({
    held: build(held.shape, (t, k) => (received.at(t, k) === 0 ? -1 : held.at(t, k))),
  }),
)

export const tellsLate = wrong.outputs(
  'counts a client that replies as one that has the next model already',
  ({ held, sent, version }) => ({
    held: build(held.shape, (t, k) => (sent.at(t, k) > 0 ? version.at(t) : held.at(t, k))),
  }),
)

const areNeighbours = (graph: Numbers, k: number, l: number) =>
  k !== l && (graph.at(k, l) === 1 || graph.at(l, k) === 1)

/** What follows from who is connected with whom. */
const groupsOf = (connected: Numbers) => {
  const K = connected.shape[0]!
  const firsts = Array.from({ length: K }, (_, k) => k).filter(
    (k) => connected.data.slice(k * K, (k + 1) * K).indexOf(1) === k,
  )
  return { connected, groups: scalar(firsts.length) }
}

export const neighboursAlone = wrongGroups.outputs(
  'connects neighbours alone',
  ({ connected }, { inputs: { graph } }) =>
    groupsOf(
      build(connected.shape, (k, l) =>
        k === l || areNeighbours(graph, k, l) ? connected.at(k, l) : 0,
      ),
    ),
)

export const throughFailed = wrongGroups.outputs(
  'goes through parties that are gone',
  (_, { inputs: { graph, failed }, right, sizes }) => {
    const whole = right({ graph, failed: filled([sizes.K!], 0) }, {})
    return groupsOf(
      build(whole.connected.shape, (k, l) =>
        failed.at(k) === 0 && failed.at(l) === 0 ? whole.connected.at(k, l) : 0,
      ),
    )
  },
)

export const nobodyFails = wrongGroups.inputs('takes all for there', ({ failed }) => ({
  failed: filled(failed.shape, 0),
}))

export const countsFailed = wrongGroups.outputs(
  'counts each party that is gone as a group',
  ({ groups }, { inputs: { failed } }) => ({
    groups: changed(groups, (n) => n + failed.data.reduce((sum, bit) => sum + bit, 0)),
  }),
)

export const oneDirection = wrongGroups.inputs(
  'looks at one direction of an edge alone',
  ({ graph }) => ({ graph: build(graph.shape, (k, l) => (k < l ? graph.at(k, l) : 0)) }),
)

export const loadOfFailed = wrongGroups.outputs(
  'counts messages of and to parties that are gone',
  (_, { inputs: { graph, failed }, right }) => ({
    load: right({ graph, failed: filled(failed.shape, 0) }, {}).load,
  }),
)

export const halfLoad = wrongGroups.outputs('counts messages that are sent alone', ({ load }) => ({
  load: changed(load, (n) => n / 2),
}))

export const shortWays = wrongGroups.outputs(
  'follows ways of up to three edges alone',
  ({ connected }, { inputs: { graph } }) => {
    const K = connected.shape[0]!
    const step = (reach: Numbers) =>
      build([K, K], (k, l) =>
        Array.from({ length: K }, (_, j) => j).some(
          (j) =>
            reach.at(k, j) === 1 &&
            connected.at(j, l) === 1 &&
            (j === l || areNeighbours(graph, j, l)),
        )
          ? 1
          : 0,
      )
    const itself = build([K, K], (k, l) => (k === l ? connected.at(k, l) : 0))
    return groupsOf(step(step(step(itself))))
  },
)
