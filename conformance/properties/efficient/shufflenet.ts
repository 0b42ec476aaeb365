import { groupPointwise } from '../../../spec/efficient/pointwise.ts'
import { cost, unitCosts, wider } from '../../../spec/efficient/shufflenet.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { row, scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsAnyGroups,
  divideSquared,
  oneEnd,
  standardMiddle,
  ungroupedEnds,
} from './shufflenet-faults.ts'

const costProperties = properties(
  cost,
  agreement(unitCosts, 'integers', {
    kills: [ungroupedEnds, divideSquared, standardMiddle, oneEnd],
  }),
  law('cheaper', {
    of: unitCosts,
    title: 'with one group ResNeXt costs what ResNet costs; with several ShuffleNet costs less',
    kills: [standardMiddle, ungroupedEnds],
    async holds({ answer, arithmetic, parameters }) {
      const [resNet, resNeXt] = (await answer(unitCosts, {}, { ...parameters, groups: 1 }))
        .multiplyAdds.data
      const [, grouped, shuffleNet] = (await answer(unitCosts, {}, parameters)).multiplyAdds.data
      // Whole numbers: less is at least one less.
      const more = parameters.groups > 1 ? arithmetic.add(shuffleNet, arithmetic.exact(1)) : grouped
      return [
        {
          label: 'one group: ResNeXt = ResNet',
          expected: scalar(resNet),
          actual: scalar(resNeXt),
        },
        atMost(arithmetic, 'several groups: ShuffleNet + 1 ≤ ResNeXt', more, grouped),
      ]
    },
  }),
  law('allocated', {
    of: groupPointwise,
    asks: [groupPointwise, unitCosts],
    title: 'the pointwise convolutions have the weights of the array that they are given',
    kills: [ungroupedEnds, oneEnd],
    async holds({ answer, exact, inputs, sizes: { C: channels, G: groups } }) {
      const { y } = await answer(groupPointwise, inputs, {})
      const inside = y.shape[3]
      const unit = { rows: 1, columns: 1, channels, inside, groups }
      const { weights } = await answer(unitCosts, {}, unit)
      return [
        {
          label: 'weights of the unit of ShuffleNet',
          expected: exact(scalar(2 * inputs.filters.data.length + 9 * inside)),
          actual: scalar(weights.at(2)),
        },
      ]
    },
  }),
  worked('section-3.2', {
    of: unitCosts,
    title: 'the formulas of section 3.2, worked by hand for the unit of table 1 with three groups',
    kills: [ungroupedEnds, divideSquared, standardMiddle],
    parameters: { rows: 28, columns: 28, channels: 240, inside: 60, groups: 3 },
    gives: {
      multiplyAdds: [47_980_800, 31_046_400, 7_949_760],
      // A pixel's multiply-adds.
      weights: [61_200, 39_600, 10_140],
    },
  }),
  rejection('rejected', unitCosts, invalidities(unitCosts), {
    title: 'groups that do not divide the channels are rejected',
    kills: [acceptsAnyGroups],
    share: 0.3,
  }),
)

const widerProperties = properties(
  wider,
  law('as-dear', {
    of: {
      dimensions: {},
      inputs: {},
      parameters: {
        rows: integer({ min: 1, upTo: 7 }),
        columns: integer({ min: 1, upTo: 7 }),
        a: integer({ min: 1, upTo: 3 }),
        b: integer({ min: 1, upTo: 3 }),
        s: integer({ min: 2, upTo: 3, max: 3 }),
      },
    },
    asks: [unitCosts],
    title: 's times the channels in s² groups cost what they cost without, but for 3 × 3',
    kills: [ungroupedEnds, standardMiddle],
    async holds({ answer, arithmetic, parameters }) {
      const { exact, subtract } = arithmetic
      const { rows, columns, a, b, s } = parameters
      /** Weights and multiply-adds of the unit of ShuffleNet without those of its 3 × 3 convolution. */
      const pointwiseCost = async (factor: number, groups: number) => {
        const [channels, inside] = [factor * s * a, factor * s * b]
        const unit = { rows, columns, channels, inside, groups }
        const { weights, multiplyAdds } = await answer(unitCosts, {}, unit)
        return row(
          subtract(weights.at(2), exact(9 * inside)),
          subtract(multiplyAdds.at(2), exact(9 * rows * columns * inside)),
        )
      }
      return [
        {
          label: 'pointwise convolutions, weights and multiply-adds',
          expected: await pointwiseCost(1, 1),
          actual: await pointwiseCost(s, s * s),
        },
      ]
    },
  }),
  worked('four-groups', {
    of: unitCosts,
    title: 'twice the channels in four groups, worked by hand: 64 weights in the ends both times',
    kills: [ungroupedEnds, standardMiddle],
    cases: [
      {
        says: '2 · 16 · 8 / 4 + 9 · 8',
        parameters: { rows: 1, columns: 1, channels: 16, inside: 8, groups: 4 },
        gives: { weights: [832, 400, 136] },
      },
      {
        says: '2 · 8 · 4 + 9 · 4',
        parameters: { rows: 1, columns: 1, channels: 8, inside: 4, groups: 1 },
        gives: { weights: [208, 208, 100] },
      },
    ],
  }),
)

export const shufflenetProperties = [...costProperties, ...widerProperties]
