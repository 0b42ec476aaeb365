import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { iidPartition, partition, setting, taxonomy } from '../../../spec/federated/settings.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { nothing } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  anyIsEnough,
  countsAlone,
  dealsInTurn,
  descends,
  doesNotShuffle,
  ignoresSpeeds,
  largestFirst,
  lastOfEqual,
  oneMore,
  restToLast,
  stopsBefore,
  throwsEach,
  upsideDown,
} from './settings-faults.ts'

const taxonomyProperties = properties(
  taxonomy,
  agreement(setting, 'integers', {
    kills: [stopsBefore, oneMore, countsAlone, anyIsEnough, upsideDown],
  }),
  worked('boundaries', {
    of: setting,
    title: '2 and 100 reliable clients are silos; 101, and a phone more or less, are not',
    kills: [stopsBefore, oneMore, countsAlone, anyIsEnough],
    cases: (
      [
        [2, true, true, 1],
        [100, true, true, 1],
        [101, true, true, 0],
        [10_000_000_000, true, true, 0],
        [50, false, true, 0],
        [50, true, false, 0],
      ] as const
    ).map(([clients, reliable, available, crossSilo]) => ({
      says: `${clients} clients`,
      parameters: { clients, reliable, available },
      gives: { crossSilo: [crossSilo] },
    })),
  }),
)

/** Every order of some numbers. */
function orders(numbers: readonly number[]): readonly (readonly number[])[] {
  if (numbers.length < 2) return [numbers]
  return numbers.flatMap((first, at) =>
    orders(numbers.toSpliced(at, 1)).map((rest) => [first, ...rest]),
  )
}

const partitionProperties = properties(
  partition,
  agreementTwice(iidPartition, {
    kills: [
      doesNotShuffle,
      descends,
      lastOfEqual,
      restToLast,
      ignoresSpeeds,
      largestFirst,
      dealsInTurn,
      throwsEach,
    ],
  }),
  law('shares', {
    of: iidPartition,
    title:
      'every worker has less than a point more or less than its share, and all points are counted',
    kills: [restToLast, ignoresSpeeds, dealsInTurn],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { abs, exact, multiply, subtract, total } = arithmetic
      const { speeds } = parameters
      const N = inputs.draws.shape[0]!
      const whole = speeds.reduce((sum, c) => sum + c, 0)
      const { owners, counts } = await measure(iidPartition, inputs, parameters)
      const held = owners.data.map(arithmetic.toNumber)
      const found = build(counts.shape, (k) => exact(held.filter((owner) => owner === k).length))
      return [
        { label: 'all points', expected: scalar(exact(N)), actual: scalar(total(counts.data)) },
        { label: 'counts of owners', expected: found, actual: counts },
        // C |n − N c / C| is a whole number below C.
        ...speeds.map((c, k) => {
          const off = subtract(multiply(exact(whole), counts.at(k)), exact(N * c))
          return atMost(arithmetic, `share of worker ${k}`, abs(off), exact(whole - 1))
        }),
      ]
    },
  }),
  equivariance('any-draws', {
    of: iidPartition,
    title:
      'the sizes of parts do not depend on the draws, and larger draws in the same order change nothing',
    kills: [throwsEach],
    share: 0.5,
    inputs: ({ draws }) => ({
      draws: build(draws.shape, (n) => Math.sign(draws.at(n)) * draws.at(n) ** 2),
    }),
  }),
  law('every-order', {
    of: nothing,
    asks: [iidPartition],
    title: 'over all orders of four points each comes to every worker as often as its share says',
    kills: [doesNotShuffle, ignoresSpeeds],
    share: 0.02,
    async holds({ answer, arithmetic, exact }) {
      const found = new Map<string, number>()
      for (const order of orders([1, 2, 3, 4])) {
        const draws = fromData([4], order)
        const { owners } = await answer(iidPartition, { draws }, { speeds: [1, 3] })
        for (const [n, owner] of owners.data.entries()) {
          const key = `${n} ${arithmetic.toNumber(owner)}`
          found.set(key, (found.get(key) ?? 0) + 1)
        }
      }
      const often = build([4, 2], (n, k) => found.get(`${n} ${k}`) ?? 0)
      return [
        {
          label: 'how often each point came to each worker',
          expected: exact(build([4, 2], (_, k) => (k === 0 ? 6 : 18))),
          actual: exact(often),
        },
      ]
    },
  }),
  worked('three-points', {
    of: iidPartition,
    title: 'draws 5, 1 and 3 with speeds 1 and 2: the second point first, the others to the faster',
    kills: [doesNotShuffle, descends],
    inputs: { draws: tensor([3], [5, 1, 3]) },
    parameters: { speeds: [1, 2] },
    gives: { owners: [1, 0, 1], counts: [1, 2] },
  }),
)

export const settingsProperties = [...taxonomyProperties, ...partitionProperties]
