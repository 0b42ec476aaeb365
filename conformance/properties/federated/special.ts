import { build, memberOf, stacked } from '../../../reference/arithmetic/array.ts'
import { clientUpdate } from '../../../spec/federated/client-update.ts'
import { fedAvg } from '../../../spec/federated/fedavg.ts'
import {
  communication,
  equalsParallelSgd,
  localSteps,
  parallelSgd,
  roundCosts,
} from '../../../spec/federated/special.ts'
import { free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, part, plain, scalar } from '../../kit/arrays.ts'
import { lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { repeatsBatch } from './client-update-faults.ts'
import { shrinks, weighsAlike as weighsModelsAlike } from './fedavg-faults.ts'
import {
  acceptsNoStep,
  averagesInBetween,
  firstOnly,
  gradientsOfBatches,
  oneWay,
  onlyFirstSteps,
  roundForStep,
  roundsDown,
  stale,
  sumsBatch,
  sumsClients,
  weighsAlike,
} from './special-faults.ts'

const { usual: _, ...ofParallel } = parallelSgd
const { K: __, N, I, O, L, B, T } = fedAvg.dimensions
const { w, b, x, y, batches } = clientUpdate.inputs
const { clients: ___, ...ofOne } = fedAvg.parameters

/** What one client trains on in several rounds, each with batches of its own. */
const severalRounds = {
  dimensions: { N, I, O, L, B, T },
  inputs: {
    w,
    b,
    x,
    y,
    batches: { ...batches, axes: ['T', 'L', 'B'] },
  },
  parameters: ofOne,
} as const

const parallelProperties = properties(
  equalsParallelSgd,
  ...agreementTwice(
    parallelSgd,
    { kills: [weighsAlike, sumsClients, sumsBatch, stale, firstOnly], share: 0.5 },
    { kills: [sumsClients, stale, firstOnly] },
  ),
  stepwise(parallelSgd, {
    states: ['w', 'b'],
    step: parallelSgd,
    carry: { w: 'w', b: 'b' },
    ask: ({ t, before: { w, b }, inputs: { x, y, counts, batches }, parameters }) => ({
      inputs: {
        w: w!,
        b: b!,
        x: x!,
        y: y!,
        counts: counts!,
        batches: part(plain(batches!), batches!.shape.with(0, 1), [t]),
      },
      parameters,
    }),
    gives: ({ w, b }) => ({ w: memberOf(w!, 0), b: memberOf(b!, 0) }),
    kills: [stale],
    share: 0.2,
  }),
  ...lawTwice(
    'fedavg',
    {
      of: ofParallel,
      asks: [parallelSgd, fedAvg],
      title: 'FedAvg of all clients with one local step is parallel SGD',
      kills: [weighsAlike, sumsClients, sumsBatch, stale, weighsModelsAlike],
      share: 0.2,
      async holds({ inputs, measure, parameters, sizes: { T, K, B } }) {
        const participants = build([T!, K!], (_, k) => k)
        const own = plain(inputs.batches)
        const batches = build([T!, K!, 1, B!], (t, k, _, n) => own.at(t, k, n))
        const averaged = await measure(fedAvg, { ...inputs, participants, batches }, parameters)
        const parallel = await measure(parallelSgd, inputs, parameters)
        return (['w', 'b'] as const).map((name) => ({
          label: name,
          expected: parallel[name],
          actual: averaged[name],
        }))
      },
    },
    { kills: [sumsClients, stale], share: 0.2 },
  ),
  ...lawTwice(
    'pooled',
    {
      of: { ...ofParallel, dimensions: { ...ofParallel.dimensions, B: free(1, 1, 'unused') } },
      asks: [parallelSgd],
      title: 'with every point in each batch it is descent on all points together',
      kills: [weighsAlike, sumsClients, firstOnly],
      share: 0.2,
      async holds({ inputs, measure, parameters, sizes: { T, K, I, O } }) {
        // Each client has one point, two or four, so that batches of four have all of them equally often.
        const clients = K!
        const points = 4
        const n = changed(inputs.counts, (count) => [1, 2, 4][count % 3]!)
        const at = (from: typeof inputs.x, size: number) => {
          const all = plain(from)
          return build([clients, points, size], (k, p, i) => all.at(k, p % all.shape[1]!, i))
        }
        const [x, y] = [at(inputs.x, I!), at(inputs.y, O!)]
        const asked = { w: inputs.w, b: inputs.b, x, y, counts: n }
        const batches = build([T!, clients, points], (_, __, p) => p)
        const given = { ...parameters, points }
        const apart = await measure(parallelSgd, { ...asked, batches }, given)

        const places = n.data.flatMap((count, k) =>
          Array.from({ length: count }, (_, p) => [k, p] as const),
        )
        const total = places.length
        const pool = (array: typeof x, size: number) =>
          build([1, total, size], (_, p, i) => array.at(...places[p]!, i))
        const together = await measure(
          parallelSgd,
          {
            ...asked,
            x: pool(x, I!),
            y: pool(y, O!),
            counts: build([1], () => total),
            batches: build([T!, 1, total], (_, __, p) => p),
          },
          { ...parameters, clients: 1, points: total },
        )
        return (['w', 'b'] as const).map((name) => ({
          label: name,
          expected: together[name],
          actual: apart[name],
        }))
      },
    },
    { kills: [sumsClients] },
  ),
  worked('by-hand', {
    of: parallelSgd,
    title: 'two steps of a client with the point 1 and one with the point 0, both to be 0',
    kills: [stale, sumsClients, firstOnly],
    inputs: {
      w: tensor([1, 1], [1]),
      b: tensor([1], [0]),
      x: tensor([2, 1, 1], [1, 0]),
      y: tensor([2, 1, 1], [0, 0]),
      counts: tensor([2], [1, 1]),
      batches: tensor([2, 2, 1], [0, 0, 0, 0]),
    },
    parameters: { clients: 2, points: 1, rate: 0.5, loss: 'squares' },
    gives: { w: [0.75, 0.625], b: [-0.25, -0.3125] },
  }),
)

const localProperties = properties(
  localSteps,
  ...lawTwice(
    'one-client',
    {
      of: severalRounds,
      asks: [fedAvg, clientUpdate],
      title: 'rounds of a single client are SGD, with the model after every L steps',
      kills: [onlyFirstSteps, averagesInBetween, repeatsBatch],
      share: 0.2,
      async holds({ inputs, measure, parameters, sizes: { T, L, B } }) {
        const { x, y, w, b, batches } = inputs
        const { points } = parameters
        const own = plain(batches)
        const steps = await measure(
          clientUpdate,
          {
            w,
            b,
            x,
            y,
            count: scalar(points),
            batches: build([T! * L!, B!], (l, n) => own.at(Math.floor(l / L!), l % L!, n)),
          },
          parameters,
        )
        const rounds = await measure(
          fedAvg,
          {
            w,
            b,
            x: stacked([plain(x)]),
            y: stacked([plain(y)]),
            counts: build([1], () => points),
            participants: build([T!, 1], () => 0),
            batches: build([T!, 1, L!, B!], (t, _, l, n) => own.at(t, l, n)),
          },
          { ...parameters, clients: 1 },
        )
        return (['w', 'b'] as const).map((name) => ({
          label: name,
          expected: build(rounds[name].shape, (t, ...at) =>
            steps[name].at((t + 1) * L! - 1, ...at),
          ),
          actual: rounds[name],
        }))
      },
    },
    { kills: [onlyFirstSteps] },
  ),
)

const communicationProperties = properties(
  communication,
  agreement(roundCosts, 'integers', {
    kills: [roundsDown, roundForStep, oneWay, gradientsOfBatches],
  }),
  ...lawTwice(
    'like-clients',
    {
      of: {
        ...severalRounds,
        parameters: { ...ofOne, clients: integer({ min: 1, upTo: 3, max: 3 }) },
      },
      asks: [fedAvg, clientUpdate],
      title: 'rounds of clients with the same points and batches are steps of one of them',
      kills: [onlyFirstSteps, averagesInBetween, shrinks, repeatsBatch],
      share: 0.2,
      async holds({ inputs, measure, parameters, sizes: { T, L, B } }) {
        const { x, y, w, b, batches } = inputs
        const { clients, ...given } = parameters
        const own = plain(batches)
        const steps = await measure(
          clientUpdate,
          {
            w,
            b,
            x,
            y,
            count: scalar(given.points),
            batches: build([T! * L!, B!], (l, n) => own.at(Math.floor(l / L!), l % L!, n)),
          },
          given,
        )
        const copies = (points: typeof x) =>
          stacked(Array.from({ length: clients }, () => plain(points)))
        // One client more than take part, if there are several, and clients whose turn it is change.
        const M = Math.max(1, clients - 1)
        const rounds = await measure(
          fedAvg,
          {
            w,
            b,
            x: copies(x),
            y: copies(y),
            counts: build([clients], () => given.points),
            participants: build([T!, M], (t, m) => (t + m) % clients),
            batches: build([T!, M, L!, B!], (t, _, l, n) => own.at(t, l, n)),
          },
          parameters,
        )
        return (['w', 'b'] as const).map((name) => ({
          label: name,
          expected: build(rounds[name].shape, (t, ...at) =>
            steps[name].at((t + 1) * L! - 1, ...at),
          ),
          actual: rounds[name],
        }))
      },
    },
    { kills: [onlyFirstSteps, shrinks] },
  ),
  rejection('rejected', roundCosts, invalidities(roundCosts), {
    title: 'rounds without local steps or participants are rejected',
    kills: [acceptsNoStep],
  }),
  worked('by-hand', {
    of: roundCosts,
    title: '7 steps, 3 a round, of 2 participants with batches of 5',
    kills: [roundsDown, roundForStep, oneWay, gradientsOfBatches],
    parameters: { participants: 2, steps: 7, localSteps: 3, batch: 5 },
    gives: { rounds: [3], messages: [12], gradients: [90], load: [4, 2] },
  }),
)

export const specialProperties = [
  ...parallelProperties,
  ...localProperties,
  ...communicationProperties,
]
