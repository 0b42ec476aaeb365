import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  costRatio,
  mobilenet,
  multipliers,
  scaledCost,
  separableCost,
} from '../../../spec/efficient/mobilenet.ts'
import { separable } from '../../../spec/efficient/separable.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { rejection } from '../../kit/rejection.ts'
import { publishedRounded } from '../../kit/rounded.ts'
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
    async holds({ arithmetic, measure, parameters }) {
      const { add, exact, multiply } = arithmetic
      const { kernel, filters } = parameters
      const { weights, multiplyAdds, ratio } = await measure(separableCost, {}, parameters)
      // (a + b) / c = 1/N + 1/D² without a division: (a + b) N D² = c (D² + N).
      const area = kernel * kernel
      const compare = (label: string, counts: typeof weights) => ({
        label,
        expected: build([], () => multiply(counts.at(2), exact(area + filters))),
        actual: build([], () => multiply(add(counts.at(0), counts.at(1)), exact(filters * area))),
      })
      const told = build([], () => multiply(ratio.at(), exact(filters * area)))
      return [
        compare('weights', weights),
        compare('multiply-adds', multiplyAdds),
        { label: 'ratio', expected: build([], () => exact(area + filters)), actual: told },
      ]
    },
  }),
  law('allocated', {
    of: separable,
    asks: [separable, separableCost],
    title: 'the counts are those of the arrays that a block takes',
    kills: [countsSideOnce, mixesWithKernel],
    share: 0.3,
    async holds({ answer, exact, inputs }) {
      const [Hf, , K] = inputs.depthwise.shape as [number, number, number]
      const Q = inputs.pointwise.shape[3]!
      // A square kernel with one filter a channel, on an image that it keeps.
      const filters = build([Hf, Hf, K, 1], () => 1)
      const mixing = build([1, 1, K, Q], () => 1)
      const x = build([1, 4, 4, K], () => 1)
      const zeros = (length: number) => fromData([length], new Array<number>(length).fill(0))
      const { y } = await answer(
        separable,
        {
          x,
          depthwise: filters,
          depthwiseBias: zeros(K),
          pointwise: mixing,
          pointwiseBias: zeros(Q),
        },
        { strides: [1, 1], dilations: [1, 1], padding: 'same', activation: 'linear' },
      )
      const counts = await answer(
        separableCost,
        {},
        { kernel: Hf, channels: K, filters: Q, side: 4 },
      )
      const allocated = [filters.data.length, mixing.data.length]
      const positions = y.data.length / Q
      return [
        {
          label: 'weights',
          expected: exact(fromData([2], allocated)),
          actual: build([2], (layer) => counts.weights.at(layer)),
        },
        {
          label: 'multiply-adds',
          expected: exact(
            fromData(
              [2],
              allocated.map((count) => count * positions),
            ),
          ),
          actual: build([2], (layer) => counts.multiplyAdds.at(layer)),
        },
      ]
    },
  }),
  published(
    'by-hand',
    separableCost,
    [
      {
        parameters: { kernel: 4, channels: 2, filters: 16, side: 3 },
        printed: [
          { label: '1/16 + 1/16', output: 'ratio', values: [0.125] },
          { label: '16 · 2, 2 · 16, 16 · 2 · 16', output: 'weights', values: [32, 32, 512] },
        ],
      },
    ],
    {
      title: 'a kernel of 4 × 4 with 16 filters costs an eighth, by hand',
      kills: [forgetsPointwise, channelsForFilters],
    },
  ),
  publishedRounded(
    'table-2',
    mobilenet,
    [
      {
        parameters: { quarters: 4, side: 224, classes: 1000 },
        // The cost of the first convolution is printed as 1.19 of 100, but the printed rows then add up
        // to 99.29; counted from the layers of table 1 it is 1.91.
        printed: (
          [
            ['depthwise convolutions', 'multiplyAddsByKind', 1, 0.0306],
            ['pointwise convolutions', 'multiplyAddsByKind', 2, 0.9486],
            ['classifier', 'multiplyAddsByKind', 3, 0.0018],
            ['first convolution', 'weightsByKind', 0, 0.0002],
            ['depthwise convolutions', 'weightsByKind', 1, 0.0106],
            ['pointwise convolutions', 'weightsByKind', 2, 0.7459],
            ['classifier', 'weightsByKind', 3, 0.2433],
          ] as const
        ).map(([label, output, at, printed]) => ({
          label: `${output}, share of the ${label}`,
          output,
          at,
          share: true,
          printed,
          unit: 0.0001,
        })),
      },
    ],
    {
      title: 'pointwise convolutions have 95 of 100 multiply-adds and 75 of 100 weights',
      kills: [fourLayersTooFew],
    },
  ),
)

const ofWidth = (quarters: number, side = 224) => ({ quarters, side, classes: 1000 })

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
    async holds({ answer, arithmetic, parameters }) {
      const { add } = arithmetic
      const full = { ...parameters, width: [1, 1], resolution: [1, 1] } as const
      const scaled = await answer(scaledCost, {}, full)
      const { weights, multiplyAdds } = await answer(separableCost, {}, parameters)
      const both = (counts: typeof weights) => build([], () => add(counts.at(0), counts.at(1)))
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
      const full = { ...parameters, resolution: [1, 1] } as const
      const low = await answer(scaledCost, {}, parameters)
      const high = await answer(scaledCost, {}, full)
      const times = (count: typeof low.weights, factor: number) =>
        build([], () => multiply(count.at(), exact(factor)))
      return [
        {
          label: 'multiply-adds · q² = full · p²',
          expected: times(high.multiplyAdds, p * p),
          actual: times(low.multiplyAdds, q * q),
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
      const { add, exact, maximum, multiply } = arithmetic
      const [a, b] = parameters.width
      const full = { ...parameters, width: [1, 1] } as const
      const narrow = (await answer(scaledCost, {}, parameters)).multiplyAdds
      const wide = (await answer(scaledCost, {}, full)).multiplyAdds
      // In units of the full cost over b², in which all three are whole numbers: more is one more.
      const one = exact(a < b ? 1 : 0)
      const own = multiply(narrow.at(), exact(b * b))
      const least = add(multiply(wide.at(), exact(a * a)), one)
      const most = multiply(wide.at(), exact(a * b))
      return [
        {
          label: 'max(α² + 1, cost) = cost',
          expected: build([], () => own),
          actual: build([], () => maximum([least, own])),
        },
        {
          label: 'max(cost + 1, α) = α',
          expected: build([], () => most),
          actual: build([], () => maximum([add(own, one), most])),
        },
      ]
    },
  }),
  publishedRounded(
    'tables-6-and-7',
    mobilenet,
    (
      [
        [4, 224, 569, 4.2],
        [3, 224, 325, 2.6],
        [2, 224, 149, 1.3],
        [1, 224, 41, 0.5],
        [4, 192, 418, 4.2],
        [4, 160, 290, 4.2],
        [4, 128, 186, 4.2],
      ] as const
    ).map(([quarters, side, cost, size]) => ({
      parameters: ofWidth(quarters, side),
      printed: [
        {
          label: `million multiply-adds at width ${quarters}/4 and ${side} pixels`,
          output: 'multiplyAdds',
          printed: cost * 1e6,
          unit: 1e6,
        },
        {
          label: `million parameters at width ${quarters}/4`,
          output: 'parameters',
          printed: size * 1e6,
          unit: 0.1e6,
        },
      ],
    })),
    {
      title: 'multiply-adds and parameters of four widths and four resolutions, as printed',
      kills: [keepsClassifierWide, fourLayersTooFew],
    },
  ),
  rejection('rejected', scaledCost, invalidities(scaledCost), {
    title: 'widths that leave no whole number of channels are rejected',
    kills: [acceptsAnyWidth],
    share: 0.3,
  }),
)

export const mobilenetProperties = [...ratioProperties, ...multiplierProperties]
