import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { unitCosts as reference } from '../../../reference/efficient/shufflenet.ts'
import { groupPointwise } from '../../../spec/efficient/pointwise.ts'
import { cost, unitCosts, wider } from '../../../spec/efficient/shufflenet.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { rejection } from '../../kit/rejection.ts'

const wrong = faultsOf(unitCosts, reference)

const ungroupedEnds = wrong.outputs(
  'leaves the pointwise convolutions of ShuffleNet in one group',
  (outputs, { parameters }) => {
    const answer = outputs
    const { channels, inside, groups, rows, columns } = parameters
    const more = 2 * channels * inside * (1 - 1 / groups)
    return {
      weights: changed(answer.weights, (count, unit) => (unit === 2 ? count + more : count)),
      multiplyAdds: changed(answer.multiplyAdds, (count, unit) =>
        unit === 2 ? count + rows * columns * more : count,
      ),
    }
  },
)

const divideSquared = wrong.outputs(
  'divides the 3 × 3 convolution of ResNeXt by the square of the groups',
  ({ weights, multiplyAdds }, { parameters }) => {
    const { inside, groups, rows, columns } = parameters
    const less = (9 * inside * inside * (1 - 1 / groups)) / groups
    return {
      weights: changed(weights, (count, unit) => (unit === 1 ? count - less : count)),
      multiplyAdds: changed(multiplyAdds, (count, unit) =>
        unit === 1 ? count - rows * columns * less : count,
      ),
    }
  },
)

const standardMiddle = wrong.outputs(
  'has a standard 3 × 3 convolution in ShuffleNet instead of a depthwise one',
  ({ weights, multiplyAdds }, { parameters }) => {
    const { inside, rows, columns } = parameters
    const more = 9 * inside * (inside - 1)
    return {
      weights: changed(weights, (count, unit) => (unit === 2 ? count + more : count)),
      multiplyAdds: changed(multiplyAdds, (count, unit) =>
        unit === 2 ? count + rows * columns * more : count,
      ),
    }
  },
)

const oneEnd = wrong.answer(
  'counts one of the two pointwise convolutions',
  ({ inputs, parameters, right }) => {
    const half = right(inputs, { ...parameters, channels: parameters.channels / 2 })
    return half
  },
)

const acceptsAnyGroups = wrong.accepts('accepts groups that do not divide the channels', () => {
  const counts = { dtype: 'float32', shape: [3], data: new Float32Array(3) } as const
  return { multiplyAdds: counts, weights: counts }
})

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
      const one = await answer(unitCosts, {}, { ...parameters, groups: 1 })
      const { multiplyAdds } = await answer(unitCosts, {}, parameters)
      const [, resNeXt, shuffleNet] = multiplyAdds.data as [
        (typeof multiplyAdds.data)[number],
        (typeof multiplyAdds.data)[number],
        (typeof multiplyAdds.data)[number],
      ]
      // Whole numbers: less is at least one less.
      const more = parameters.groups > 1 ? arithmetic.add(shuffleNet, arithmetic.exact(1)) : resNeXt
      return [
        {
          label: 'one group: ResNeXt = ResNet',
          expected: build([], () => one.multiplyAdds.at(0)),
          actual: build([], () => one.multiplyAdds.at(1)),
        },
        {
          label: 'several groups: max(ResNeXt, ShuffleNet + 1) = ResNeXt',
          expected: build([], () => resNeXt),
          actual: build([], () => arithmetic.maximum([resNeXt, more])),
        },
      ]
    },
  }),
  law('allocated', {
    of: groupPointwise,
    asks: [groupPointwise, unitCosts],
    title: 'the pointwise convolutions have the weights of the array that they are given',
    kills: [ungroupedEnds, oneEnd],
    async holds({ answer, exact, inputs }) {
      const { x, filters } = inputs
      const { y } = await answer(groupPointwise, inputs, {})
      const [channels, inside] = [x.shape[3]!, y.shape[3]!]
      const { weights } = await answer(
        unitCosts,
        {},
        { rows: 1, columns: 1, channels, inside, groups: filters.shape[0]! },
      )
      return [
        {
          label: 'weights of the unit of ShuffleNet',
          expected: exact(fromData([], [2 * filters.data.length + 9 * inside])),
          actual: build([], () => weights.at(2)),
        },
      ]
    },
  }),
  published(
    'section-3.2',
    unitCosts,
    [
      {
        parameters: { rows: 28, columns: 28, channels: 240, inside: 60, groups: 3 },
        printed: [
          {
            label: 'c = 240, m = 60, g = 3 in the three formulas',
            output: 'multiplyAdds',
            values: [47_980_800, 31_046_400, 7_949_760],
          },
          { label: 'a pixel', output: 'weights', values: [61_200, 39_600, 10_140] },
        ],
      },
    ],
    {
      title:
        'the formulas of section 3.2, worked by hand for the unit of table 1 with three groups',
      kills: [ungroupedEnds, divideSquared, standardMiddle],
    },
  ),
  rejection('rejected', unitCosts, invalidities(unitCosts), {
    title: 'groups that do not divide the channels are rejected',
    kills: [acceptsAnyGroups],
    share: 0.3,
  }),
)

const nothing = { dimensions: {}, inputs: {}, parameters: {} }

const widerProperties = properties(
  wider,
  law('as-dear', {
    of: {
      ...nothing,
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
    async holds(bench) {
      const { exact, subtract } = bench.arithmetic
      const { rows, columns, a, b, s } = bench.parameters
      const ask = (factor: number, groups: number) => {
        const [channels, inside] = [factor * s * a, factor * s * b]
        return bench.answer(unitCosts, {}, { rows, columns, channels, inside, groups })
      }
      const [narrow, wide] = [await ask(1, 1), await ask(s, s * s)]
      const pixels = rows * columns
      const ends = ({ weights, multiplyAdds }: typeof narrow, inside: number) =>
        fromData(
          [2],
          [
            subtract(weights.at(2), exact(9 * inside)),
            subtract(multiplyAdds.at(2), exact(9 * pixels * inside)),
          ],
        )
      return [
        {
          label: 'pointwise convolutions, weights and multiply-adds',
          expected: ends(narrow, s * b),
          actual: ends(wide, s * s * b),
        },
      ]
    },
  }),
  published(
    'four-groups',
    unitCosts,
    [
      {
        parameters: { rows: 1, columns: 1, channels: 16, inside: 8, groups: 4 },
        printed: [{ label: '2 · 16 · 8 / 4 + 9 · 8', output: 'weights', values: [832, 400, 136] }],
      },
      {
        parameters: { rows: 1, columns: 1, channels: 8, inside: 4, groups: 1 },
        printed: [{ label: '2 · 8 · 4 + 9 · 4', output: 'weights', values: [208, 208, 100] }],
      },
    ],
    {
      title: 'twice the channels in four groups, worked by hand: 64 weights in the ends both times',
      kills: [ungroupedEnds, standardMiddle],
    },
  ),
)

export const shufflenetProperties = [...costProperties, ...widerProperties]
