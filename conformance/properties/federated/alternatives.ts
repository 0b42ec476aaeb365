import { build } from '../../../reference/arithmetic/array.ts'
import { aggregate } from '../../../spec/federated/aggregate.ts'
import { alternativeAggregate, unbiased } from '../../../spec/federated/alternatives.ts'
import {
  array,
  derived,
  free,
  type Parameters,
  some,
  whole,
} from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { plain, row } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { halvesModel } from './aggregate-faults.ts'
import {
  acceptsAnybody,
  dropsOthers,
  forgetsScale,
  ignoresBiases,
  keepsCounts,
  normalizes,
  weighsAlike,
  weighsPlain,
} from './alternatives-faults.ts'

/** Every choice of m of the numbers from 0 to K − 1. */
function choices(K: number, m: number, from = 0): readonly (readonly number[])[] {
  if (m === 0) return [[]]
  return Array.from({ length: K - from }, (_, i) => from + i).flatMap((k) =>
    choices(K, m - 1, k + 1).map((rest) => [k, ...rest]),
  )
}

/** The models that all clients would send. */
const everybody = {
  dimensions: {
    K: derived((_, { clients }: Parameters) => clients, 'clients'),
    O: free(1, 3, 'outputs'),
  },
  inputs: {
    b0: array('the biases that were sent', 'O'),
    all: array('the biases that each would send', 'K', 'O'),
    counts: some(whole([0, 7], 'points', 'K')),
  },
  parameters: {
    clients: integer({ min: 1, upTo: 4, max: 4 }),
    left: integer({ min: 0, upTo: 3, max: 3 }),
  },
} as const

export const alternativeProperties = properties(
  unbiased,
  ...agreementTwice(
    alternativeAggregate,
    {
      kills: [
        dropsOthers,
        forgetsScale,
        normalizes,
        weighsPlain,
        weighsAlike,
        keepsCounts,
        ignoresBiases,
      ],
      share: 0.6,
    },
    { kills: [forgetsScale, normalizes, weighsPlain, keepsCounts] },
  ),
  agreement(aggregate, 'integers', { kills: [halvesModel], name: 'normalized', share: 0.2 }),
  law('all-choices', {
    of: { ...everybody, parameters: { ...everybody.parameters, rule: choice('scaled', 'kept') } },
    asks: [alternativeAggregate],
    title:
      'over all choices of as many clients the mean is that of all models, or m/K of the way to it',
    kills: [dropsOthers, forgetsScale, normalizes],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { K, O } }) {
      const { add, divide, exact, multiply, subtract, total } = arithmetic
      const { clients, left, rule } = parameters
      const m = Math.max(1, clients - left)
      const models = plain(inputs.all)
      const rounds = await Promise.all(
        choices(clients, m).map(async (chosen) => {
          const asked = {
            w0: build([1, O!], () => 0),
            b0: inputs.b0,
            w: build([m, 1, O!], () => 0),
            b: build([m, O!], (i, o) => models.at(chosen[i]!, o)),
            counts: inputs.counts,
            participants: row(...chosen),
          }
          return (await measure(alternativeAggregate, asked, { clients, rule })).b
        }),
      )
      const [p, theta, sent] = [array('counts'), array('all'), array('b0')]
      const each = Array.from({ length: K! }, (_, k) => k)
      const n = total(each.map((k) => p.at(k)))
      const ofAll = (o: number) =>
        divide(total(each.map((k) => multiply(p.at(k), theta.at(k, o)))), n)
      const part = exact(rule === 'kept' ? m / clients : 1)
      return [
        {
          label: 'mean over all choices',
          expected: build([O!], (o) =>
            rule === 'scaled'
              ? ofAll(o)
              : add(sent.at(o), multiply(part, subtract(ofAll(o), sent.at(o)))),
          ),
          actual: build([O!], (o) =>
            divide(total(rounds.map((b) => b.at(o))), exact(rounds.length)),
          ),
        },
      ]
    },
  }),
  rejection('rejected', alternativeAggregate, invalidities(alternativeAggregate), {
    title: 'participants that are no clients, and clients without any point, are rejected',
    kills: [acceptsAnybody],
    share: 0.5,
  }),
  worked('by-hand', {
    of: alternativeAggregate,
    title: 'two of four equal clients send 1 and 3, and had 4: scaled and plain 2, kept 3',
    kills: [forgetsScale, normalizes, dropsOthers],
    cases: (
      [
        ['scaled', 2],
        ['kept', 3],
        ['plain', 2],
      ] as const
    ).map(([rule, b]) => ({
      says: rule,
      inputs: {
        w0: tensor([1, 1], [4]),
        b0: tensor([1], [4]),
        w: tensor([2, 1, 1], [1, 3]),
        b: tensor([2, 1], [1, 3]),
        counts: tensor([4], [1, 1, 1, 1]),
        participants: tensor([2], [0, 2]),
      },
      parameters: { clients: 4, rule },
      gives: { w: [b], b: [b] },
    })),
  }),
  worked('shrinks-and-grows', {
    of: alternativeAggregate,
    title: 'scaled, one of two clients with 3 points and 1 who sends 1 back makes it 3/2 or 1/2',
    kills: [normalizes, weighsAlike],
    cases: ([0, 1] as const).map((k) => ({
      says: `client ${k}`,
      inputs: {
        w0: tensor([1, 1], [1]),
        b0: tensor([1], [1]),
        w: tensor([1, 1, 1], [1]),
        b: tensor([1, 1], [1]),
        counts: tensor([2], [3, 1]),
        participants: tensor([1], [k]),
      },
      parameters: { clients: 2, rule: 'scaled' } as const,
      gives: { b: [k === 0 ? 1.5 : 0.5] },
    })),
  }),
)
