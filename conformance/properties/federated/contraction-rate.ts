import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { contraction, contractionRate } from '../../../spec/federated/contraction-rate.ts'
import { gossip, metropolisWeights } from '../../../spec/federated/gossip.ts'
import { free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { memberAt } from '../../kit/along.ts'
import { numbers, permuted, plain, row, zeros } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { inner } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  gap,
  localDegrees,
  oneDirection,
  secondAlone,
  smallestAlone,
  squared,
  withTheMean,
} from './contraction-rate-faults.ts'

const edges = (K: number, isEdge: (k: number, l: number) => boolean) =>
  build([K, K], (k, l) => (isEdge(k, l) ? 1 : 0))

/** What a printed share may be off by: all digits of it in single precision but four. */
const unit = 2 ** -18

export const contractionProperties = properties(
  contraction,
  agreement(contractionRate, 'integers', {
    kills: [smallestAlone, withTheMean, gap, squared, localDegrees, oneDirection],
  }),
  law('known-graphs', {
    of: {
      dimensions: {},
      inputs: {},
      parameters: { clients: integer({ min: 4, upTo: 16, max: 16 }) },
    },
    asks: [contractionRate],
    title: 'rings, stars, complete graphs, clients of whom one is alone, and two groups',
    kills: [secondAlone, smallestAlone, withTheMean, gap, squared, localDegrees],
    share: 0.1,
    async holds({ exact, measure, parameters: { clients: K } }) {
      const rateOf = async (graph: NumberArray<number>) =>
        (await measure(contractionRate, { graph }, {})).rate.at()
      const ofRing = 1 / 3 + (2 / 3) * Math.cos((2 * Math.PI) / K)
      return [
        {
          label: 'rates of a ring, a star, a complete graph, a ring with one beside it, two groups',
          expected: exact(row(ofRing, 1 - 1 / K, 0, 1, (K - 1) / (K + 1))),
          actual: row(
            await rateOf(edges(K, (k, l) => (k + 1) % K === l)),
            await rateOf(edges(K, (k, l) => k === 0 && l > 0)),
            await rateOf(edges(K, (k, l) => k < l)),
            await rateOf(edges(K + 1, (k, l) => k < K && (k + 1) % K === l)),
            await rateOf(edges(2 * K, (k, l) => k < K && l >= K)),
          ),
        },
      ]
    },
  }),
  law('shrinks', {
    of: {
      dimensions: { K: free(2, 6, 'clients'), P: free(1, 3, 'parameters') },
      inputs: {
        graph: contractionRate.inputs.graph,
        models: { ...gossip.inputs.b, axes: ['K', 'P'] },
      },
      parameters: {},
    },
    asks: [contractionRate, metropolisWeights, gossip],
    title: 'a round of gossip leaves that share of the distance from the mean at most',
    kills: [squared, gap],
    share: 0.3,
    async holds({ arithmetic, array, inputs: { graph, models }, measure }) {
      const { divide, exact, multiply, subtract, total } = arithmetic
      const [K, P] = models.shape as [number, number]
      const { rate } = await measure(contractionRate, { graph }, {})
      const { weights } = await measure(metropolisWeights, { graph }, {})
      const after = await measure(
        gossip,
        { weights: numbers(arithmetic, weights), w: zeros([K, 1, P]), b: plain(models) },
        { rounds: 1 },
      )
      const squares = (of: typeof after.b) => {
        const off = build([K, P], (k, i) => {
          const all = Array.from({ length: K }, (_, l) => of.at(l, i))
          return subtract(of.at(k, i), divide(total(all), exact(K)))
        })
        return inner(arithmetic, off, off)
      }
      const before = squares(array('models'))
      const share = multiply(rate.at(), rate.at())
      return [
        atMost(
          arithmetic,
          'squared distance',
          squares(memberAt(after.b, 0, 0)),
          multiply(share, before),
        ),
      ]
    },
  }),
  equivariance('any-numbers', {
    of: contractionRate,
    title: 'clients in another order have the same rate',
    kills: [oneDirection],
    share: 0.3,
    inputs: ({ graph }) => {
      const last = graph.shape[0]! - 1
      return { graph: permuted(graph, (k, l) => [last - k, last - l]) }
    },
  }),
  worked('by-hand', {
    of: contractionRate,
    title: 'a path of three keeps 2/3, and two groups of three that know the other one alone 1/2',
    kills: [secondAlone, localDegrees],
    cases: [
      {
        says: 'a path',
        inputs: { graph: tensor([3, 3], [0, 1, 0, 0, 0, 1, 0, 0, 0]) },
        gives: { rate: [{ printed: 2 / 3, unit }] },
      },
      {
        says: 'two groups',
        inputs: { graph: tensor([6, 6], edges(6, (k, l) => k < 3 && l >= 3).data) },
        gives: { rate: [{ printed: 1 / 2, unit }] },
      },
    ],
  }),
)
