import { build } from '../../../reference/arithmetic/array.ts'
import { disjoint, objective, pooled, sizes, weighted } from '../../../spec/federated/objective.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, permuted, plain, scalar } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsNobody,
  countsDifferent,
  countsFirst,
  countsPlaces,
  countsTwice,
  countsUnion,
  dividesNothing,
  forgetsHalf,
  meanOfClients,
  readsPadding,
  sharesAlike,
  squaresOnly,
  sumsAll,
} from './objective-faults.ts'

const sizeProperties = properties(
  disjoint,
  agreement(sizes, 'integers', {
    kills: [countsDifferent, sharesAlike, countsUnion, countsPlaces],
    share: 0.5,
  }),
  law('shares', {
    of: sizes,
    title: 'the shares of all add up to 1, or to 0 where nobody has a point',
    kills: [countsDifferent],
    share: 0.5,
    async holds({ arithmetic, exact, inputs, measure, parameters }) {
      const { shares } = await measure(sizes, inputs, parameters)
      const some = inputs.holds.data.includes(1) ? 1 : 0
      return [
        {
          label: 'Σ p',
          expected: exact(scalar(some)),
          actual: scalar(arithmetic.total(shares.data)),
        },
      ]
    },
  }),
  worked('nobody', {
    of: sizes,
    title: 'where nobody has a point, all shares are 0',
    kills: [dividesNothing],
    inputs: { holds: tensor([2, 1], [0, 0]) },
    gives: { counts: [0, 0], total: [0], different: [0], shares: [0, 0] },
  }),
  worked('E-43', {
    of: sizes,
    title: 'two clients that hold the same point have 2 points and 1 different one',
    kills: [countsDifferent],
    inputs: { holds: tensor([2, 1], [1, 1]) },
    notes: { total: [1] },
    gives: { counts: [1, 1], total: [2], different: [1], shares: [0.5, 0.5] },
  }),
)

/** One client with the point 0 and one with three points 1, at some bias. */
const uneven = (b: number) => ({
  w: tensor([1, 1], [0]),
  b: tensor([1], [b]),
  x: tensor([2, 3, 1], [0, 0, 0, 0, 0, 0]),
  y: tensor([2, 3, 1], [0, 9, 9, 1, 1, 1]),
  counts: tensor([2], [1, 3]),
})
const ofUneven = { clients: 2, points: 3, loss: 'squares' } as const

const weightedProperties = properties(
  weighted,
  ...agreementTwice(
    objective,
    {
      kills: [countsTwice, meanOfClients, sumsAll, readsPadding, forgetsHalf, squaresOnly],
      share: 0.6,
    },
    { kills: [countsTwice, meanOfClients, sumsAll, squaresOnly] },
  ),
  equivariance('padding', {
    of: objective,
    title: 'what lies behind the points of a client has no influence',
    kills: [readsPadding],
    share: 0.2,
    inputs: ({ x, counts }, { sizes: { N, I } }) => ({
      x: changed(x, (v, at) => {
        const place = Math.floor(at / I!)
        return place % N! < counts.data[Math.floor(place / N!)]! ? v : v + 5
      }),
    }),
  }),
  rejection('rejected', objective, invalidities(objective), {
    title: 'clients of whom none has a point, and more points than places, are rejected',
    kills: [acceptsNobody],
    share: 0.5,
  }),
  worked('E-44', {
    of: objective,
    title: 'the points 0 and 1, 1, 1 have the mean loss 3/32 at 3/4',
    kills: [countsTwice],
    inputs: uneven(0.75),
    parameters: ofUneven,
    notes: { loss: [9 / 64] },
    gives: { clientLosses: [9 / 32, 1 / 32], loss: [3 / 32] },
  }),
)

const pooledProperties = properties(
  pooled,
  ...lawTwice(
    'repartition',
    {
      of: objective,
      title: 'the loss of all is the same where one client holds all points',
      kills: [countsTwice, meanOfClients],
      share: 0.3,
      async holds({ inputs, measure, parameters, sizes: { I, O } }) {
        const places = Array.from(inputs.counts.data).flatMap((n, k) =>
          Array.from({ length: n }, (_, p) => [k, p] as const),
        )
        const pool = (array: typeof inputs.x, size: number) => {
          const own = plain(array)
          return build([1, places.length, size], (_, p, i) => own.at(...places[p]!, i))
        }
        const one = {
          ...inputs,
          x: pool(inputs.x, I!),
          y: pool(inputs.y, O!),
          counts: build([1], () => places.length),
        }
        const given = { ...parameters, clients: 1, points: places.length }
        const together = await measure(objective, one, given)
        const apart = await measure(objective, inputs, parameters)
        return [{ label: 'loss', expected: together.loss, actual: apart.loss }]
      },
    },
    { kills: [countsTwice, meanOfClients] },
  ),
  equivariance('order', {
    of: objective,
    title: 'the order of the clients does not matter',
    kills: [countsFirst],
    share: 0.2,
    inputs: ({ x, y, counts }) => {
      const last = counts.data.length - 1
      return {
        x: permuted(x, (k, p, i) => [last - k, p, i]),
        y: permuted(y, (k, p, o) => [last - k, p, o]),
        counts: permuted(counts, (k) => [last - k]),
      }
    },
    compared: ({ loss }) => ({ loss }),
  }),
  worked('least-at', {
    of: objective,
    title: 'of the points 0 and 1, 1, 1 the loss is less at 3/4 than at 9/10',
    kills: [countsTwice],
    cases: [
      { says: 'at 3/4', inputs: uneven(0.75), parameters: ofUneven, gives: { loss: [0.09375] } },
      { says: 'at 1/2', inputs: uneven(0.5), parameters: ofUneven, gives: { loss: [0.125] } },
      { says: 'at 1', inputs: uneven(1), parameters: ofUneven, gives: { loss: [0.125] } },
    ],
  }),
)

export const objectiveProperties = [...sizeProperties, ...weightedProperties, ...pooledProperties]
