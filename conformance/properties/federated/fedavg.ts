import { build, memberOf } from '../../../reference/arithmetic/array.ts'
import { fedAvg, server } from '../../../spec/federated/fedavg.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, part, permuted, plain } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { properties } from '../../kit/properties.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  averagesVelocities,
  countsDropouts,
  forgetsRounds,
  keepsVelocity,
  localMomentum,
  passesOn,
  repeatsBatches,
  sameData,
  sendsMean,
  serverMomentum,
  shrinks,
  startsLate,
  weighsAlike,
  weighsBatches,
} from './fedavg-faults.ts'

const kills = [
  shrinks,
  weighsAlike,
  countsDropouts,
  startsLate,
  passesOn,
  forgetsRounds,
  sameData,
  repeatsBatches,
  sendsMean,
  localMomentum,
  keepsVelocity,
  averagesVelocities,
  serverMomentum,
]

/** Every element is the same number. */
const tensorOf = (shape: readonly number[], value: number) =>
  tensor(shape, filled(shape, value).data)

/** Four clients with a point each, of whom two take part in each of three rounds. */
const halfSampled = {
  w: tensor([1, 1], [1]),
  b: tensor([1], [1]),
  x: tensorOf([4, 1, 1], 0),
  y: tensorOf([4, 1, 1], 0),
  counts: tensorOf([4], 1),
  participants: tensor([3, 2], [0, 1, 2, 3, 0, 2]),
  batches: tensorOf([3, 2, 1, 1], 0),
}

/** Two clients with a point each, of which only that of the first tells anything of the weight. */
const twoUnlike = {
  w: tensor([1, 1], [1]),
  b: tensor([1], [0]),
  x: tensor([2, 1, 1], [1, 0]),
  y: tensorOf([2, 1, 1], 0),
  counts: tensorOf([2], 1),
}

export const fedAvgProperties = properties(
  server,
  ...agreementTwice(
    fedAvg,
    { kills, share: 0.5 },
    { kills: [shrinks, weighsAlike, startsLate, sameData, sendsMean] },
  ),
  stepwise(fedAvg, {
    states: ['w', 'b', 'clientW', 'clientB'],
    step: fedAvg,
    carry: { w: 'w', b: 'b' },
    ask: ({ t, before: { w, b }, inputs: { x, y, counts, participants, batches }, parameters }) => {
      const round = (array: typeof x) => part(plain(array!), array!.shape.with(0, 1), [t])
      return {
        inputs: {
          w: w!,
          b: b!,
          x: x!,
          y: y!,
          counts: counts!,
          participants: round(participants),
          batches: round(batches),
        },
        parameters,
      }
    },
    gives: ({ w, b, clientW, clientB }) => ({
      w: memberOf(w!, 0),
      b: memberOf(b!, 0),
      clientW: memberOf(clientW!, 0),
      clientB: memberOf(clientB!, 0),
    }),
    kills: [startsLate, forgetsRounds, shrinks, serverMomentum],
    share: 0.2,
  }),
  equivariance('order', {
    of: fedAvg,
    title: 'the order in which participants finish does not matter',
    kills: [countsDropouts, passesOn, startsLate],
    share: 0.15,
    inputs: ({ participants, batches }) => {
      const last = participants.shape[1]! - 1
      return {
        participants: permuted(participants, (t, m) => [t, last - m]),
        batches: permuted(batches, (t, m, l, n) => [t, last - m, l, n]),
      }
    },
    outputs: ({ clientW, clientB }) => {
      const last = clientB.shape[1]! - 1
      return {
        clientW: build(clientW.shape, (t, m, i, o) => clientW.at(t, last - m, i, o)),
        clientB: build(clientB.shape, (t, m, o) => clientB.at(t, last - m, o)),
      }
    },
  }),
  equivariance('absent', {
    of: fedAvg,
    title: 'the points of a client that is not named have no influence',
    kills: [shrinks],
    share: 0.15,
    inputs: ({ x, counts, participants }, { sizes: { N, I } }) => {
      const named = new Set(participants.data)
      return {
        x: changed(x, (v, at) => (named.has(Math.floor(at / (N! * I!))) ? v : v + 5)),
        counts: changed(counts, (n, k) => (named.has(k) ? n : N! - n)),
      }
    },
  }),
  worked('by-hand', {
    of: fedAvg,
    title: 'clients of 3 points and 1 with the targets 4 and 8 move a bias from 0 to 2.5 and 3.75',
    kills: [weighsAlike, forgetsRounds, sameData],
    inputs: {
      w: tensor([1, 1], [0]),
      b: tensor([1], [0]),
      x: tensorOf([2, 3, 1], 0),
      y: tensor([2, 3, 1], [4, 4, 4, 8, 0, 0]),
      counts: tensor([2], [3, 1]),
      participants: tensor([2, 2], [0, 1, 1, 0]),
      batches: tensorOf([2, 2, 1, 1], 0),
    },
    parameters: { clients: 2, points: 3, rate: 0.5, loss: 'squares' },
    gives: { w: [0, 0], b: [2.5, 3.75], clientB: [2, 4, 5.25, 3.25] },
  }),
  worked('points-not-batches', {
    of: fedAvg,
    title: 'clients of 3 points and 1 weigh 3 to 1, though each has one batch',
    kills: [weighsBatches],
    inputs: {
      w: tensor([1, 1], [0]),
      b: tensor([1], [0]),
      x: tensorOf([2, 3, 1], 0),
      y: tensor([2, 3, 1], [4, 4, 4, 8, 0, 0]),
      counts: tensor([2], [3, 1]),
      participants: tensor([1, 2], [0, 1]),
      batches: tensor([1, 2, 1, 3], [0, 1, 2, 0, 1, 2]),
    },
    parameters: { clients: 2, points: 3, rate: 1, loss: 'squares' },
    gives: { b: [5], clientB: [4, 8] },
  }),
  worked('two-local-steps', {
    of: fedAvg,
    title: 'two local steps of unlike clients are not two steps of all together',
    kills: [passesOn],
    inputs: {
      ...twoUnlike,
      participants: tensor([1, 2], [0, 1]),
      batches: tensorOf([1, 2, 2, 1], 0),
    },
    parameters: { clients: 2, points: 1, rate: 0.5, loss: 'squares' },
    gives: { w: [0.75], b: [-0.25], clientW: [0.5, 1], clientB: [-0.5, 0] },
  }),
  worked('some-clients', {
    of: fedAvg,
    title: 'one step of one of two clients is not the step of both',
    kills: [shrinks],
    inputs: {
      ...twoUnlike,
      participants: tensor([1, 1], [0]),
      batches: tensorOf([1, 1, 1, 1], 0),
    },
    parameters: { clients: 2, points: 1, rate: 0.5, loss: 'squares' },
    gives: { w: [0.5], b: [-0.5] },
  }),
  worked('keeps-its-size', {
    of: fedAvg,
    title: 'without a rate the model stays, where half of the clients are sampled in every round',
    kills: [shrinks],
    inputs: halfSampled,
    parameters: { clients: 4, points: 1, rate: 0, loss: 'squares' },
    notes: { w: [0.5, 0.25, 0.125], b: [0.5, 0.25, 0.125] },
    gives: { w: [1, 1, 1], b: [1, 1, 1] },
  }),
)
