import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { clientUpdate } from '../../../spec/federated/client-update.ts'
import { dataLocality, fedAvg } from '../../../spec/federated/fedavg.ts'
import { derived } from '../../../spec/language/operation.ts'
import { changed, part, plain, scalar } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { forgetsBias } from './client-update-faults.ts'
import { centres, countsDropouts, passesOn, serverTrains } from './fedavg-faults.ts'

/** Without its usual sizes, of which steps and batches are not 1. */
const { usual: _, ...onPoints } = clientUpdate

/** What the last participant of the first round sends. */
const last = <T>(sent: NumberArray<T>) =>
  part(sent, [1, 1, ...sent.shape.slice(2)], [0, sent.shape[1]! - 1])

export const localityProperties = properties(
  dataLocality,
  equivariance('points-of-others', {
    of: fedAvg,
    title: 'what the last participant of a round sends does not depend on the points of others',
    kills: [centres, passesOn],
    share: 0.15,
    inputs: ({ x, y, counts, participants }, { sizes: { M, N, I, O } }) => {
      const own = participants.at(0, M! - 1)
      const moved = (points: NumberArray<number>, size: number) =>
        changed(points, (v, at) => (Math.floor(at / (N! * size)) === own ? v : v + 5))
      return {
        x: moved(x, I!),
        y: moved(y, O!),
        counts: changed(counts, (n, k) => (k === own ? n : N! - n)),
      }
    },
    compared: ({ clientW, clientB }) => ({ clientW: last(clientW), clientB: last(clientB) }),
  }),
  law('models-alone', {
    of: fedAvg,
    title: 'the models that were sent and numbers of points make the next model of the server',
    kills: [serverTrains, countsDropouts],
    share: 0.15,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { M } }) {
      const { divide, exact, multiply, total } = arithmetic
      const { w, b, clientW, clientB } = await measure(fedAvg, inputs, parameters)
      const participants = plain(inputs.participants)
      const counts = (t: number) =>
        Array.from({ length: M! }, (_, m) => inputs.counts.data[participants.at(t, m)]!)
      const next = (sent: typeof w, after: typeof w, start: typeof w) =>
        build(after.shape, (t, ...at) => {
          const n = counts(t)
          if (n.every((count) => count === 0))
            return t === 0 ? start.at(...at) : after.at(t - 1, ...at)
          const weighted = n.map((count, m) => multiply(exact(count), sent.at(t, m, ...at)))
          return divide(total(weighted), total(n.map(exact)))
        })
      return [
        { label: 'w', expected: next(clientW, w, array('w')), actual: w },
        { label: 'b', expected: next(clientB, b, array('b')), actual: b },
      ]
    },
  }),
  law('gives-away', {
    of: {
      ...onPoints,
      dimensions: {
        ...clientUpdate.dimensions,
        L: derived(() => 1, 'steps'),
        B: derived(() => 1, 'points of a batch'),
      },
    },
    asks: [clientUpdate],
    title: 'a step on a single point moves weights by the point times what it moves biases by',
    kills: [forgetsBias],
    share: 0.2,
    async holds({ array, arithmetic, inputs, measure, parameters }) {
      const { multiply, subtract } = arithmetic
      const count = scalar(Math.max(1, plain(inputs.count).at()))
      const { w, b } = await measure(clientUpdate, { ...inputs, count }, parameters)
      const [before, bias, x] = [array('w'), array('b'), array('x')]
      const place = inputs.batches.data[0]! % count.at()
      const moved = (o: number) => subtract(b.at(0, o), bias.at(o))
      return [
        {
          label: 'change of the weights',
          expected: build(before.shape, (i, o) => multiply(x.at(place, i), moved(o))),
          actual: build(before.shape, (i, o) => subtract(w.at(0, i, o), before.at(i, o))),
        },
      ]
    },
  }),
)
