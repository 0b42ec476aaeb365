import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import {
  decentralized,
  gossip,
  metropolis,
  metropolisWeights,
} from '../../../spec/federated/gossip.ts'
import { free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { memberAt } from '../../kit/along.ts'
import { filled } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { inner } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  countsItself,
  inPlace,
  keepsNothing,
  keepsOwnBiases,
  localDegrees,
  oneDirection,
  oneRound,
  ownDegree,
  sharesAmongAll,
  slipsOnce,
  smallerDegree,
  transposes,
} from './gossip-faults.ts'

/** Models of clients on a ring, who keep half and take a quarter of each neighbour: exact in binary digits. */
const onRing = {
  dimensions: {
    K: free(3, 6, 'clients'),
    I: free(1, 3, 'features of a point'),
    O: free(1, 3, 'outputs of a model'),
  },
  inputs: { w: gossip.inputs.w, b: gossip.inputs.b },
  parameters: { rounds: integer({ min: 1, upTo: 4, max: 4 }) },
}

/** Half of what a client has, and a quarter of each of its neighbours on a ring. */
function ring(K: number): NumberArray<number> {
  return build([K, K], (k, l) => {
    if (k === l) return 0.5
    return ((k - l + K) % K === 1 ? 0.25 : 0) + ((l - k + K) % K === 1 ? 0.25 : 0)
  })
}

/** The sum over clients of an array of models. */
function overClients<T>(arithmetic: Arithmetic<T>, models: NumberArray<T>): NumberArray<T> {
  const [K, ...shape] = models.shape as [number, ...number[]]
  return build(shape, (...at) => sum(arithmetic, [K], (k) => models.at(k, ...at)))
}

/** The squared distance of all models from their mean. */
function squaredDistance<T>(arithmetic: Arithmetic<T>, models: NumberArray<T>): T {
  const { divide, exact, subtract } = arithmetic
  const whole = overClients(arithmetic, models)
  const K = exact(models.shape[0]!)
  const off = build(models.shape, (k, ...at) =>
    subtract(models.at(k, ...at), divide(whole.at(...at), K)),
  )
  return inner(arithmetic, off, off)
}

const metropolisProperties = properties(
  metropolis,
  agreementTwice(metropolisWeights, {
    kills: [
      localDegrees,
      ownDegree,
      smallerDegree,
      sharesAmongAll,
      keepsNothing,
      oneDirection,
      countsItself,
    ],
  }),
  law('doubly-stochastic', {
    of: metropolisWeights,
    title: 'weights are symmetric, none is negative, and rows and columns add up to 1',
    kills: [ownDegree, smallerDegree, keepsNothing],
    share: 0.5,
    async holds({ arithmetic, exact, inputs, measure }) {
      const { weights: P } = await measure(metropolisWeights, inputs, {})
      const K = P.shape[0]!
      const across = (of: (k: number, l: number) => (typeof P.data)[number]) =>
        build([K], (k) => sum(arithmetic, [K], (l) => of(k, l)))
      const ones = exact(filled([K], 1))
      return [
        { label: 'Pᵀ', expected: P, actual: build([K, K], (k, l) => P.at(l, k)) },
        { label: 'sums of rows', expected: ones, actual: across((k, l) => P.at(k, l)) },
        { label: 'sums of columns', expected: ones, actual: across((k, l) => P.at(l, k)) },
        ...P.data.map((p, at) => atMost(arithmetic, `weight ${at}`, arithmetic.exact(0), p)),
      ]
    },
  }),
  law('keeps-some', {
    of: metropolisWeights,
    title: 'every client keeps at least one over one more than the number of its neighbours',
    kills: [localDegrees, keepsNothing],
    share: 0.5,
    async holds({ arithmetic, inputs: { graph }, measure }) {
      const { divide, exact } = arithmetic
      const { weights } = await measure(metropolisWeights, { graph }, {})
      const K = graph.shape[0]!
      const isEdge = (k: number, l: number) =>
        k !== l && (graph.data[k * K + l] === 1 || graph.data[l * K + k] === 1)
      return Array.from({ length: K }, (_, k) => {
        const d = Array.from({ length: K }, (_, l) => l).filter((l) => isEdge(k, l)).length
        const least = divide(exact(1), exact(1 + d))
        return atMost(arithmetic, `what client ${k} keeps`, least, weights.at(k, k))
      })
    },
  }),
  worked('path', {
    of: metropolisWeights,
    title: 'on a path of three clients the ends keep 2/3 and the one in the middle 1/3',
    kills: [localDegrees, ownDegree, oneDirection],
    inputs: { graph: tensor([3, 3], [1, 0, 0, 1, 0, 1, 0, 0, 0]) },
    gives: {
      weights: [2 / 3, 1 / 3, 0, 1 / 3, 1 / 3, 1 / 3, 0, 1 / 3, 2 / 3].map((printed) => ({
        printed,
        unit: 2 ** -20,
      })),
    },
  }),
)

const two = (b: readonly [number, number]) => ({
  w: tensor([2, 1, 1], [8, -8]),
  b: tensor([2, 1], b),
})

const gossipLaws = properties(
  decentralized,
  agreementTwice(gossip, { kills: [transposes, inPlace, oneRound, keepsOwnBiases] }),
  stepwise(gossip, {
    states: ['w', 'b'],
    step: gossip,
    carry: { w: 'w', b: 'b' },
    ask: ({ before: { w, b }, inputs: { weights } }) => ({
      inputs: { weights: weights!, w: w!, b: b! },
      parameters: { rounds: 1 },
    }),
    gives: ({ w, b }) => ({ w: memberAt(w!, 0, 0), b: memberAt(b!, 0, 0) }),
    kills: [slipsOnce, inPlace],
    share: 0.4,
  }),
  law('keeps-the-mean', {
    of: onRing,
    asks: [gossip],
    title: 'where columns of the weights add up to 1 the mean stays the same',
    kills: [inPlace],
    share: 0.5,
    async holds({ array, arithmetic, inputs, measure, parameters }) {
      const given = { ...inputs, weights: ring(inputs.w.shape[0]!) }
      const after = await measure(gossip, given, parameters)
      const last = (states: typeof after.w) => memberAt(states, 0, parameters.rounds - 1)
      return (['w', 'b'] as const).map((name) => ({
        label: `sum of ${name} over clients`,
        expected: overClients(arithmetic, array(name)),
        actual: overClients(arithmetic, last(after[name])),
      }))
    },
  }),
  law('contracts', {
    of: onRing,
    asks: [gossip],
    title: 'each round shrinks the distance from the mean at least by the second eigenvalue',
    kills: [oneRound, keepsOwnBiases],
    share: 0.5,
    async holds({ array, arithmetic, inputs, measure, parameters }) {
      const { exact, multiply } = arithmetic
      const K = inputs.w.shape[0]!
      const after = await measure(gossip, { ...inputs, weights: ring(K) }, parameters)
      // The eigenvalues of the ring are ½ (1 + cos 2πj/K), none of them negative.
      const rho = (1 + Math.cos((2 * Math.PI) / K)) / 2
      return (['w', 'b'] as const).flatMap((name) => {
        const start = squaredDistance(arithmetic, array(name))
        return Array.from({ length: parameters.rounds }, (_, t) =>
          atMost(
            arithmetic,
            `squared distance of ${name} after round ${t}`,
            squaredDistance(arithmetic, memberAt(after[name], 0, t)),
            multiply(exact(rho ** (2 * (t + 1))), start),
          ),
        )
      })
    },
  }),
  law('eigenvector', {
    of: {
      dimensions: {},
      inputs: {},
      parameters: {
        quarters: integer({ min: 0, upTo: 4, max: 4 }),
        rounds: integer({ min: 1, upTo: 6, max: 6 }),
      },
    },
    asks: [gossip],
    title: 'two clients that keep a share s are (2s − 1)^t of their distance apart after t rounds',
    kills: [oneRound, inPlace, keepsOwnBiases],
    share: 0.3,
    async holds({ exact, measure, parameters: { quarters, rounds } }) {
      const s = quarters / 4
      const weights = fromData([2, 2], [s, 1 - s, 1 - s, s])
      const after = await measure(gossip, { ...two([3, 1]), weights }, { rounds })
      const left = Array.from({ length: rounds }, (_, t) => (2 * s - 1) ** (t + 1))
      return [
        {
          label: 'w',
          expected: exact(
            fromData(
              [rounds, 2, 1, 1],
              left.flatMap((share) => [8 * share, -8 * share]),
            ),
          ),
          actual: after.w,
        },
        {
          label: 'b',
          expected: exact(
            fromData(
              [rounds, 2, 1],
              left.flatMap((share) => [2 + share, 2 - share]),
            ),
          ),
          actual: after.b,
        },
      ]
    },
  }),
  law('complete', {
    of: {
      dimensions: { I: onRing.dimensions.I, O: onRing.dimensions.O, Eight: free(8, 8, 'clients') },
      inputs: {
        w: { ...gossip.inputs.w, axes: ['Eight', 'I', 'O'] },
        b: { ...gossip.inputs.b, axes: ['Eight', 'O'] },
      },
      parameters: {},
    },
    asks: [gossip, metropolisWeights],
    title: 'where all are connected with all, Metropolis weights reach the mean in one round',
    kills: [localDegrees, keepsNothing],
    share: 0.3,
    async holds({ arithmetic, array, exact: lifted, inputs, measure }) {
      const { divide, exact } = arithmetic
      const alike = filled([8, 8], 1 / 8)
      const { weights } = await measure(metropolisWeights, { graph: filled([8, 8], 1) }, {})
      const after = await measure(gossip, { ...inputs, weights: alike }, { rounds: 1 })
      const comparisons = (['w', 'b'] as const).map((name) => {
        const whole = overClients(arithmetic, array(name))
        return {
          label: `${name} of all clients`,
          expected: build(after[name].shape, (_, __, ...at) => divide(whole.at(...at), exact(8))),
          actual: after[name],
        }
      })
      return [{ label: 'weights', expected: lifted(alike), actual: weights }, ...comparisons]
    },
  }),
  worked('never', {
    of: gossip,
    title:
      'two clients that take each other’s model exchange them for ever, and parts keep their own means',
    kills: [oneRound, inPlace],
    cases: [
      {
        says: 'P = 0, 1 | 1, 0',
        inputs: { ...two([1, 3]), weights: tensor([2, 2], [0, 1, 1, 0]) },
        parameters: { rounds: 3 },
        gives: { w: [-8, 8, 8, -8, -8, 8], b: [3, 1, 1, 3, 3, 1] },
      },
      {
        says: 'two pairs',
        inputs: {
          weights: tensor([4, 4], [0.5, 0.5, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 0.5, 0.5, 0, 0, 0.5, 0.5]),
          w: tensor([4, 1, 1], [0, 2, 10, 20]),
          b: tensor([4, 1], [1, 1, 0, 4]),
        },
        parameters: { rounds: 2 },
        gives: { w: [1, 1, 15, 15, 1, 1, 15, 15], b: [1, 1, 2, 2, 1, 1, 2, 2] },
      },
    ],
  }),
)

export const gossipProperties = [...metropolisProperties, ...gossipLaws]
