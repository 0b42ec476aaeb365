import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  costRatio,
  mobilenet,
  multipliers,
  scaledCost,
  separableCost,
} from '../../../spec/efficient/mobilenet.ts'
import { separable } from '../../../spec/efficient/separable.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import type { Bench } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { filled, part, row, scalar, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  acceptsAnyWidth,
  channelsForFilters,
  countsSideOnce,
  forgetsNormalization,
  forgetsPointwise,
  fourLayersTooFew,
  keepsClassifierWide,
  mixesWithKernel,
  resolutionOnce,
  roundsDown,
  weightsShrinkToo,
  widensInputOnly,
  widthSquared,
} from './mobilenet-faults.ts'

type Costs<T> = Bench<T, typeof separableCost>

const ofWidth = (quarters: number, side = 224) => ({ quarters, side, classes: 1000 })

/**
 * Table 2: shares of the kinds of layers. The cost of the first convolution is left out: it is printed
 * as 1.19 of 100, but the printed rows then add up to 99.29; by the layers of table 1 it is 1.91.
 */
const table2 = [
  ['multiplyAddsByKind', 'depthwise, pointwise, classifier', [0.0306, 0.9486, 0.0018]],
  ['weightsByKind', 'first, depthwise, pointwise, classifier', [0.0002, 0.0106, 0.7459, 0.2433]],
] as const

const ratioProperties = properties(
  costRatio,
  agreement(separableCost, 'integers', {
    kills: [forgetsPointwise, countsSideOnce, channelsForFilters, mixesWithKernel],
  }),
  agreement(mobilenet, 'integers', {
    name: 'network',
    kills: [roundsDown, keepsClassifierWide, forgetsNormalization, fourLayersTooFew],
  }),
  law('quotient', {
    of: separableCost,
    title: 'both counts are in the ratio given, for weights as for multiply-adds',
    kills: [forgetsPointwise, countsSideOnce, mixesWithKernel],
    async holds<T>({ arithmetic, measure, parameters }: Costs<T>) {
      const { add, exact, multiply } = arithmetic
      const { kernel, filters } = parameters
      const { weights, multiplyAdds, ratio } = await measure(separableCost, {}, parameters)
      // (a + b) / c = 1/N + 1/D² without a division: (a + b) N D² = c (D² + N).
      const area = kernel * kernel
      const [below, above] = [exact(filters * area), exact(area + filters)]
      const inRatio = (label: string, counts: NumberArray<T>) => ({
        label,
        expected: scalar(multiply(counts.at(2), above)),
        actual: scalar(multiply(add(counts.at(0), counts.at(1)), below)),
      })
      return [
        inRatio('weights', weights),
        inRatio('multiply-adds', multiplyAdds),
        { label: 'ratio', expected: scalar(above), actual: scalar(multiply(ratio.at(), below)) },
      ]
    },
  }),
  law('allocated', {
    of: separable,
    asks: [separable, separableCost],
    title: 'the counts are those of the arrays that a block takes',
    kills: [countsSideOnce, mixesWithKernel],
    share: 0.3,
    async holds({ answer, exact, sizes: { Hf: kernel, K: channels, Q: filters } }) {
      // A square kernel with one filter a channel, on an image that it keeps.
      const [depthwise, pointwise] = [
        filled([kernel, kernel, channels, 1], 1),
        filled([1, 1, channels, filters], 1),
      ]
      const { y } = await answer(
        separable,
        {
          x: filled([1, 4, 4, channels], 1),
          depthwise,
          depthwiseBias: zeros([channels]),
          pointwise,
          pointwiseBias: zeros([filters]),
        },
        { strides: [1, 1], dilations: [1, 1], padding: 'same', activation: 'linear' },
      )
      const cost = await answer(separableCost, {}, { kernel, channels, filters, side: 4 })
      const positions = y.data.length / filters
      const [first, second] = [depthwise.data.length, pointwise.data.length]
      return [
        {
          label: 'weights',
          expected: exact(row(first, second)),
          actual: part(cost.weights, [2]),
        },
        {
          label: 'multiply-adds',
          expected: exact(row(first * positions, second * positions)),
          actual: part(cost.multiplyAdds, [2]),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: separableCost,
    title: 'a kernel of 4 × 4 with 16 filters costs an eighth, by hand',
    kills: [forgetsPointwise, channelsForFilters],
    parameters: { kernel: 4, channels: 2, filters: 16, side: 3 },
    gives: { ratio: [1 / 16 + 1 / 16], weights: [16 * 2, 2 * 16, 16 * 2 * 16] },
  }),
  law('table-2', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [mobilenet],
    title: 'pointwise convolutions have 95 of 100 multiply-adds and 75 of 100 weights',
    kills: [fourLayersTooFew],
    share: 0.01,
    async holds({ answer, arithmetic, exact }) {
      const { divide, total } = arithmetic
      const counts = await answer(mobilenet, {}, ofWidth(4))
      return table2.map(([output, kinds, printed]) => {
        const all = counts[output].data
        const shares = row(...all.slice(-printed.length).map((count) => divide(count, total(all))))
        const [low, high] = [-0.0001, 0.0001].map((unit) =>
          exact(row(...printed.map((share) => share + unit))),
        )
        return between(arithmetic, `${output}: ${kinds}`, shares, low, high)
      })
    },
  }),
)

const multiplierProperties = properties(
  multipliers,
  agreement(scaledCost, 'integers', {
    kills: [widensInputOnly, resolutionOnce, weightsShrinkToo, widthSquared],
  }),
  law('full', {
    of: separableCost,
    asks: [separableCost, scaledCost],
    title: 'at full width and resolution it is the cost of the separable layer',
    kills: [countsSideOnce, mixesWithKernel],
    async holds<T>({ answer, arithmetic, parameters }: Costs<T>) {
      const full = { ...parameters, width: [1, 1], resolution: [1, 1] } as const
      const scaled = await answer(scaledCost, {}, full)
      const { weights, multiplyAdds } = await answer(separableCost, {}, parameters)
      const both = (counts: NumberArray<T>) => scalar(arithmetic.add(counts.at(0), counts.at(1)))
      return [
        { label: 'multiply-adds', expected: both(multiplyAdds), actual: scaled.multiplyAdds },
        { label: 'weights', expected: both(weights), actual: scaled.weights },
      ]
    },
  }),
  law('resolution', {
    of: scaledCost,
    title: 'the resolution acts by its square on the multiply-adds, and not at all on the weights',
    kills: [resolutionOnce, weightsShrinkToo],
    async holds({ answer, arithmetic, parameters }) {
      const { exact, multiply } = arithmetic
      const [p, q] = parameters.resolution
      const low = await answer(scaledCost, {}, parameters)
      const high = await answer(scaledCost, {}, { ...parameters, resolution: [1, 1] })
      return [
        {
          label: 'multiply-adds · q² = full · p²',
          expected: scalar(multiply(high.multiplyAdds.at(), exact(p * p))),
          actual: scalar(multiply(low.multiplyAdds.at(), exact(q * q))),
        },
        { label: 'weights', expected: high.weights, actual: low.weights },
      ]
    },
  }),
  law('width', {
    of: scaledCost,
    title: 'a smaller width takes more than its square of the multiply-adds and less than itself',
    kills: [widensInputOnly, widthSquared],
    async holds({ answer, arithmetic, parameters }) {
      const { add, exact, multiply } = arithmetic
      const [a, b] = parameters.width
      const narrow = (await answer(scaledCost, {}, parameters)).multiplyAdds
      const wide = (await answer(scaledCost, {}, { ...parameters, width: [1, 1] })).multiplyAdds
      // In units of the full cost over b², in which all three are whole numbers: more is one more.
      const one = exact(a < b ? 1 : 0)
      const own = multiply(narrow.at(), exact(b * b))
      const least = multiply(wide.at(), exact(a * a))
      const most = multiply(wide.at(), exact(a * b))
      return [
        atMost(arithmetic, 'α² + 1 ≤ cost', add(least, one), own),
        atMost(arithmetic, 'cost + 1 ≤ α', add(own, one), most),
      ]
    },
  }),
  worked('tables-6-and-7', {
    of: mobilenet,
    title: 'multiply-adds and parameters of four widths and four resolutions, as printed',
    kills: [keepsClassifierWide, fourLayersTooFew],
    cases: (
      [
        [4, 224, 569, '4.2'],
        [3, 224, 325, '2.6'],
        [2, 224, 149, '1.3'],
        [1, 224, 41, '0.5'],
        [4, 192, 418, '4.2'],
        [4, 160, 290, '4.2'],
        [4, 128, 186, '4.2'],
      ] as const
    ).map(([quarters, side, cost, size]) => ({
      says: `width ${quarters}/4 and ${side} pixels`,
      parameters: ofWidth(quarters, side),
      gives: {
        multiplyAdds: [about(`${cost}e6`)],
        parameters: [about(`${size}e6`)],
      },
    })),
  }),
  rejection('rejected', scaledCost, invalidities(scaledCost), {
    title: 'widths that leave no whole number of channels are rejected',
    kills: [acceptsAnyWidth],
    share: 0.3,
  }),
)

export const mobilenetProperties = [...ratioProperties, ...multiplierProperties]
