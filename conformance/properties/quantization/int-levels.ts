import { choice, integer } from '../../../spec/language/parameter.ts'
import { counts, levels } from '../../../spec/quantization/int-levels.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { nothing, withParameters } from '../../kit/spaces.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsNarrowBit,
  againstDoubles,
  countsSteps,
  ignoresNarrow,
  reachesCount,
  signAndMagnitude,
  wholeCompression,
} from './int-levels-faults.ts'

export const intLevelProperties = properties(
  counts,
  agreement(levels, 'integers', {
    kills: [signAndMagnitude, ignoresNarrow, countsSteps, reachesCount, wholeCompression],
  }),
  worked('usual', {
    of: levels,
    title: 'the codes of 16, 8, 4, 2 signed bits and of one',
    kills: [signAndMagnitude, countsSteps, reachesCount, againstDoubles],
    cases: [
      { bits: 16, gives: [-32768, 32767, 65536, 2] },
      { bits: 8, gives: [-128, 127, 256, 4] },
      { bits: 4, gives: [-8, 7, 16, 8] },
      { bits: 2, gives: [-2, 1, 4, 16] },
      { bits: 1, gives: [-1, 0, 2, 32] },
    ].map(({ bits, gives: [least, largest, count, compression] }) => ({
      says: `${bits} bits`,
      parameters: { bits, range: 'signed' } as const,
      gives: {
        least: [least!],
        largest: [largest!],
        count: [count!],
        compression: [compression!],
      },
    })),
  }),
  law('one-more', {
    of: withParameters(nothing, {
      bits: integer({ min: 2, upTo: 15 }),
      range: choice('signed', 'unsigned'),
    }),
    asks: [levels],
    title: 'one bit more doubles the codes, all that there are between the least and the largest',
    kills: [countsSteps, reachesCount],
    share: 0.3,
    async holds({ answer, arithmetic, exact, parameters: { bits, range } }) {
      const { add, subtract } = arithmetic
      const few = await answer(levels, {}, { bits, range })
      const more = await answer(levels, {}, { bits: bits + 1, range })
      const between = subtract(few.largest.at(), few.least.at())
      return [
        {
          label: 'codes of one bit more = twice the codes',
          expected: scalar(add(few.count.at(), few.count.at())),
          actual: more.count,
        },
        {
          label: 'count = largest − least + 1',
          expected: scalar(add(between, exact(scalar(1)).at())),
          actual: few.count,
        },
      ]
    },
  }),
  rejection('rejected', levels, invalidities(levels), {
    title: 'no bits, more than 16, and a narrow range of one are rejected',
    kills: [acceptsNarrowBit],
  }),
)
