import { build, memberOf, stacked } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { localModels } from '../../../reference/federated/client-update.ts'
import { fedAvg as reference } from '../../../reference/federated/fedavg.ts'
import { fedAvg } from '../../../spec/federated/fedavg.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'
import { ClientsWithMomentum, type Models, type Momentum, weighted } from './fedavg-momentum.ts'

const wrong = faultsOf(fedAvg, reference)

/** What a server does otherwise than it should. */
interface Otherwise {
  /** The weight of each participant, of its points and those of all clients. */
  readonly weights?: (counts: readonly number[], all: number, batch: number) => readonly number[]
  /** Where a participant begins, of the server’s models up to now, the newest last. */
  readonly start?: (models: readonly Models[], m: number, M: number, previous: Models) => Models
  /** How clients go on with a share of the step before. */
  readonly momentum?: Momentum
}

const byPoints = (counts: readonly number[]) => {
  const all = counts.reduce((sum, n) => sum + n, 0)
  return counts.map((n) => n / all)
}

/** The algorithm with a server that does some of it otherwise. */
function run({ inputs, parameters, sizes }: Question<typeof fedAvg>, otherwise: Otherwise) {
  const { weights = byPoints, start = (models) => models.at(-1)!, momentum } = otherwise
  const { x, y, counts, participants, batches } = inputs
  const [T, M] = [sizes.T!, sizes.M!]
  const all = counts.data.reduce((sum, n) => sum + n, 0)
  const withMomentum = momentum === undefined ? undefined : new ClientsWithMomentum(momentum)
  const models: Models[] = [{ w: inputs.w, b: inputs.b }]
  const sent: Models[] = []
  for (let t = 0; t < T; t++) {
    const round: Models[] = []
    for (let m = 0; m < M; m++) {
      const k = participants.at(t, m)
      const own = { x: memberOf(x, k), y: memberOf(y, k), count: counts.at(k) }
      const client = { ...own, batches: memberOf(memberOf(batches, t), m) }
      const from = start(models, m, M, round.at(-1) ?? models.at(-1)!)
      round.push(
        withMomentum?.train(k, from, client, parameters) ??
          localModels(number, from, client, parameters).at(-1)!,
      )
    }
    const n = Array.from({ length: M }, (_, m) => counts.at(participants.at(t, m)))
    const shares = weights(n, all, sizes.B!)
    const nobody = n.every((count) => count === 0)
    models.push(nobody ? models.at(-1)! : weighted(round, shares))
    withMomentum?.endRound(nobody ? null : shares)
    sent.push(...round)
  }
  const after = models.slice(1)
  return {
    w: stacked(after.map(({ w }) => w)),
    b: stacked(after.map(({ b }) => b)),
    clientW: build([T, M, sizes.I!, sizes.O!], (t, m, i, o) => sent[t * M + m]!.w.at(i, o)),
    clientB: build([T, M, sizes.O!], (t, m, o) => sent[t * M + m]!.b.at(o)),
  }
}

export const shrinks = wrong.answer(
  'E-48 read literally: weights are shares of the points of all clients',
  (question) => run(question, { weights: (counts, all) => counts.map((n) => n / all) }),
)

export const weighsAlike = wrong.answer('gives every participant the same weight', (question) =>
  run(question, { weights: (counts) => counts.map(() => 1 / counts.length) }),
)

export const weighsBatches = wrong.answer('weighs by batches instead of points', (question) =>
  run(question, { weights: (counts, _, B) => byPoints(counts.map((n) => Math.ceil(n / B))) }),
)

export const countsDropouts = wrong.answer(
  'counts the points of whoever drops out, the last one where there are several',
  (question) =>
    run(question, {
      weights: (counts) =>
        byPoints(counts).map((share, m) => (m > 0 && m === counts.length - 1 ? 0 : share)),
    }),
)

export const startsLate = wrong.answer(
  'sends the last participant the model of a round before',
  (question) =>
    run(question, {
      start: (models, m, M) => (m === M - 1 && models.length > 1 ? models.at(-2)! : models.at(-1)!),
    }),
)

export const passesOn = wrong.answer(
  'lets each participant go on with the model of the one before',
  (question) => run(question, { start: (_, __, ___, previous) => previous }),
)

export const forgetsRounds = wrong.answer('begins every round with the first model', (question) =>
  run(question, { start: ([first]) => first! }),
)

export const sameData = wrong.inputs(
  'lets every participant train on the points of the first client',
  ({ x, y }, { parameters: { clients } }) => ({
    x: stacked(Array.from({ length: clients }, () => memberOf(x, 0))),
    y: stacked(Array.from({ length: clients }, () => memberOf(y, 0))),
  }),
)

export const repeatsBatches = wrong.inputs(
  'gives all participants the batches of the first',
  ({ batches }) => ({ batches: build(batches.shape, (t, _, l, n) => batches.at(t, 0, l, n)) }),
)

export const sendsMean = wrong.outputs(
  'gives the mean back as the model of every participant',
  ({ w, b, clientW, clientB }) => ({
    clientW: build(clientW.shape, (t, _, i, o) => w.at(t, i, o)),
    clientB: build(clientB.shape, (t, _, o) => b.at(t, o)),
  }),
)

export const centres = wrong.inputs(
  'takes the mean of the points of all clients off before they train',
  ({ x }) => {
    const [K, N] = x.shape as [number, number, number]
    const mean = (i: number) => {
      let sum = 0
      for (let k = 0; k < K; k++) for (let p = 0; p < N; p++) sum += x.at(k, p, i)
      return sum / (K * N)
    }
    return { x: build(x.shape, (k, p, i) => x.at(k, p, i) - mean(i)) }
  },
)

export const serverTrains = wrong.outputs(
  'lets the server move its biases by a point that it should not see',
  ({ b }, { inputs: { y } }) => ({
    b: build(b.shape, (t, o) => b.at(t, o) + (y.at(0, 0, o) - b.at(t, o)) / 4),
  }),
)

export const localMomentum = wrong.answer(
  'lets momentum build up over the local steps of a round',
  (question) => run(question, { momentum: { share: 0.5 } }),
)

export const keepsVelocity = wrong.answer(
  'goes on with the velocity that a client had at the end of its round before',
  (question) => run(question, { momentum: { share: 0.5, overRounds: 'by client' } }),
)

export const averagesVelocities = wrong.answer(
  'begins the clients of a round with the mean of the velocities that those of the last one ended with',
  (question) => run(question, { momentum: { share: 0.5, overRounds: 'as their mean' } }),
)

export const serverMomentum = wrong.answer(
  'begins a round ahead of the server by half of its move in the round before',
  (question) =>
    run(question, {
      start: (models) => {
        const [before, now] = [models.at(-2) ?? models.at(-1)!, models.at(-1)!]
        const ahead = (name: 'w' | 'b') =>
          changed(now[name], (v, at) => v + (v - before[name].data[at]!) / 2)
        return { w: ahead('w'), b: ahead('b') }
      },
    }),
)
