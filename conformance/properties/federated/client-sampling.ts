import { build } from '../../../reference/arithmetic/array.ts'
import { clientSampling, withoutReplacement } from '../../../spec/federated/client-sampling.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { filled, row } from '../../kit/arrays.ts'
import { truths } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { nothing, withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsNone,
  countsFromOne,
  laterOfEqual,
  replaces,
  roundsDown,
  roundsProduct,
  takesFirst,
  takesLargest,
} from './client-sampling-faults.ts'

/** Every order of some numbers. */
function orders(numbers: readonly number[]): readonly (readonly number[])[] {
  if (numbers.length < 2) return [numbers]
  return numbers.flatMap((first, i) =>
    orders(numbers.toSpliced(i, 1)).map((rest) => [first, ...rest]),
  )
}

export const clientSamplingProperties = properties(
  withoutReplacement,
  ...agreementTwice(clientSampling, {
    kills: [roundsDown, replaces, takesFirst, takesLargest, laterOfEqual, countsFromOne],
    share: 0.6,
  }),
  law('different', {
    of: clientSampling,
    title: 'participants are different clients, in their order',
    kills: [replaces],
    share: 0.3,
    async holds({ answer, arithmetic, inputs, parameters }) {
      const { participants } = await answer(clientSampling, inputs, parameters)
      const clients = participants.data.map(arithmetic.toNumber)
      const rises = clients.slice(1).map((k, i) => k > clients[i]!)
      return [truths(arithmetic, 'rises', clients.length > 0, ...rises)]
    },
  }),
  law('likely', {
    of: withParameters(nothing, {
      clients: integer({ min: 1, upTo: 4, max: 4 }),
      left: integer({ min: 0, upTo: 3, max: 3 }),
    }),
    asks: [clientSampling],
    title: 'over all orders of the draws every client takes part as often, and every pair',
    kills: [takesFirst],
    share: 0.1,
    async holds({ answer, arithmetic, exact, parameters: { clients, left } }) {
      const m = Math.max(1, clients - left)
      const all = orders(Array.from({ length: clients }, (_, k) => k))
      const rounds: number[][] = []
      for (const draws of all) {
        const rate = m / clients
        const { participants } = await answer(
          clientSampling,
          { draws: row(...draws) },
          { clients, rate },
        )
        rounds.push(participants.data.map(arithmetic.toNumber))
      }
      const often = (...some: number[]) =>
        rounds.filter((round) => some.every((k) => round.includes(k))).length
      const pairs = build([clients, clients], (k, l) => often(k, l))
      const single = (all.length * m) / clients
      const both = clients === 1 ? 0 : (single * (m - 1)) / (clients - 1)
      return [
        {
          label: 'rounds in which clients k and l take part',
          expected: exact(build([clients, clients], (k, l) => (k === l ? single : both))),
          actual: exact(pairs),
        },
      ]
    },
  }),
  equivariance('monotone', {
    of: clientSampling,
    title: 'only the order of the draws matters',
    kills: [replaces],
    share: 0.3,
    inputs: ({ draws }) => ({ draws: { ...draws, data: draws.data.map((u) => 2 * u + 1) } }),
  }),
  rejection('rejected', clientSampling, invalidities(clientSampling), {
    title: 'rates of 0 and above 1, and negative draws, are rejected',
    kills: [acceptsNone],
  }),
  worked('by-hand', {
    of: clientSampling,
    title: 'of three clients that drew 3, 1 and 2 half, rounded up, are the two last',
    kills: [roundsDown, takesFirst, takesLargest, countsFromOne],
    inputs: { draws: tensor([3], [3, 1, 2]) },
    parameters: { clients: 3, rate: 0.5 },
    gives: { participants: [1, 2] },
  }),
  worked('seven-percent', {
    of: clientSampling,
    title: '0.07 of 100 clients are 7',
    kills: [roundsProduct],
    inputs: { draws: tensor([100], filled([100], 1).data) },
    parameters: { clients: 100, rate: 0.07 },
    gives: { participants: [0, 1, 2, 3, 4, 5, 6] },
  }),
  worked('above-a-third', {
    of: clientSampling,
    title: 'a rate just above 1/3 of three clients takes two, though their product rounds to 1',
    kills: [roundsProduct],
    inputs: { draws: tensor([3], [3, 1, 2]) },
    parameters: { clients: 3, rate: 1 / 3 + 2 ** -54 },
    gives: { participants: [1, 2] },
  }),
)
