import { build, elementwise, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { average, averagePool, channelwise, max, maxPool } from '../../../spec/cnn/pool.ts'
import { pixelCount } from '../../../spec/cnn/pool-window.ts'
import { array, derived, type Parameters, type Sizes } from '../../../spec/language/operation.ts'
import { integer, tuple } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import type { Fault } from '../../engine/fault.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled, part, permuted, plain } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import {
  averageAccepts,
  averageAcrossChannels,
  averageCountsPadding,
  averageIsMaximum,
  averageShiftsWindows,
  averageSums,
  averageUnbiased,
  averageWeighsChannels,
  maxAccepts,
  maxAcrossChannels,
  maxIsAverage,
  maxOfMagnitudes,
  maxPadsZeros,
  maxSamePadsBefore,
  maxShiftsWindows,
  maxSkipsNaN,
  maxStartsAtZero,
  maxSwapsKernel,
  maxWeighsChannels,
} from './pool-faults.ts'

type Pooled = typeof maxPool | typeof averagePool

/** 3 for NaN, 2 and 1 for infinities, 0 for other numbers: what special values are told apart by. */
const kindOf = (value: number) =>
  Number.isNaN(value) ? 3 : value === Number.POSITIVE_INFINITY ? 2 : Number.isFinite(value) ? 0 : 1

/** Never falls, makes all numbers positive, and is exact in every precision. */
const up = (v: number) => 2 ** Math.max(-8, Math.min(8, Math.round(v)))

const maxProperties = properties(
  max,
  agreement(maxPool, 'integers', {
    kills: [maxPadsZeros, maxStartsAtZero, maxOfMagnitudes, maxSamePadsBefore, maxSwapsKernel],
  }),
  agreement(maxPool, 'reals', {
    title: 'cnn.maxPool equals the reference to the bit on reals: it only selects',
    kills: [maxPadsZeros, maxOfMagnitudes, maxShiftsWindows],
  }),
  law('special-values', {
    of: maxPool,
    title: 'a NaN under the window gives NaN; infinities count as what they are',
    kills: [maxSkipsNaN, maxStartsAtZero],
    async holds({ answer, arithmetic, expected, inputs, parameters }) {
      const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      // Runs of one special value, so that windows of nothing but -Infinity occur as well.
      const x = changed(inputs.x, (value, at) => {
        const run = Math.floor(at / 5) % 4
        return run < 3 && value >= 0 ? specials[run] : run === 2 ? specials[2] : value
      })
      const given = await answer(maxPool, { x }, parameters)
      const right = expected(maxPool, { x }, parameters)
      const { exact, toNumber } = arithmetic
      const kinds = ({ y }: typeof given) => elementwise(y, (v) => exact(kindOf(toNumber(v))))
      const finite = ({ y }: typeof given) =>
        elementwise(y, (v) => exact(kindOf(toNumber(v)) === 0 ? toNumber(v) : 0))
      return [
        {
          label: 'kinds (0 a number, 1 −∞, 2 ∞, 3 NaN)',
          expected: kinds(right),
          actual: kinds(given),
        },
        { label: 'finite values', expected: finite(right), actual: finite(given) },
      ]
    },
  }),
  equivariance('increasing-maps', {
    of: maxPool,
    title: 'it commutes with every increasing map: max 2ˣ = 2 to the power of max x',
    kills: [maxPadsZeros, maxIsAverage, maxOfMagnitudes],
    toTheBit: true,
    inputs: ({ x }) => ({ x: changed(x, up) }),
    outputs: ({ y }, { arithmetic: { exact, toNumber } }) => ({
      y: elementwise(y, (value) => exact(up(toNumber(value)))),
    }),
  }),
  rejection('rejected', maxPool, invalidities(maxPool), {
    title: 'a window beside the image, and other arguments outside the signature, are rejected',
    kills: [maxAccepts],
  }),
)

/** Images that windows of h × w tile. */
const tiled = {
  dimensions: {
    N: averagePool.dimensions.N,
    K: averagePool.dimensions.K,
    H: derived((_: Sizes, { h, rows }: Parameters) => h * rows, 'rows'),
    W: derived((_: Sizes, { w, columns }: Parameters) => w * columns, 'columns'),
  },
  inputs: { x: array('the images', 'N', 'H', 'W', 'K') },
  parameters: {
    h: integer({ min: 1, upTo: 3 }),
    w: integer({ min: 1, upTo: 3 }),
    rows: integer({ min: 1, upTo: 3 }),
    columns: integer({ min: 1, upTo: 3 }),
  },
}

const amount = integer({ min: 0, upTo: 2 })
/** Pooling with padding by amounts only. */
const byAmounts = {
  ...averagePool,
  parameters: { ...averagePool.parameters, padding: tuple(amount, amount, amount, amount) },
}

const averageProperties = properties(
  average,
  agreement(averagePool, 'integers', {
    title: 'cnn.averagePool equals the reference on small integers, to the bit where it can',
    kills: [averageCountsPadding, averageSums, averageUnbiased],
  }),
  agreement(averagePool, 'reals', { kills: [averageCountsPadding, averageIsMaximum] }),
  law('constants', {
    of: averagePool,
    title: 'a constant image stays the same constant, up to the border',
    kills: [averageCountsPadding, averageSums, averageUnbiased],
    async holds({ exact, inputs, measure, parameters }) {
      const value = inputs.x.data[0] || 3
      const { y } = await measure(averagePool, { x: filled(inputs.x.shape, value) }, parameters)
      return [{ label: 'y', expected: exact(filled(y.shape, value)), actual: y }]
    },
  }),
  law('tiles-keep-the-mean', {
    of: tiled,
    asks: [averagePool],
    title: 'windows that tile the image keep the sum of every channel, over the number of tiles',
    kills: [averageIsMaximum, averageUnbiased, averageShiftsWindows],
    async holds({ arithmetic, array, inputs, measure, parameters: { h, w } }) {
      const tiles = { kernel: [h, w], strides: [h, w], padding: 'valid' } as const
      const { y } = await measure(averagePool, inputs, tiles)
      const sums = (a: typeof y) => {
        const [N, rows, columns, K] = a.shape
        return build([N, K], (n, k) => sum(arithmetic, [rows, columns], (i, j) => a.at(n, i, j, k)))
      }
      const { exact, multiply } = arithmetic
      return [
        {
          label: 'h w Σ y = Σ x',
          expected: sums(array('x')),
          actual: elementwise(sums(y), (total) => multiply(exact(h * w), total)),
        },
      ]
    },
  }),
  law('padding-counted', {
    of: byAmounts,
    asks: [averagePool],
    values: 'reals',
    title: 'zeros put around the image by hand are counted; the number of pixels converts',
    kills: [averageCountsPadding],
    async holds({ arithmetic, inputs, measure, parameters, sizes }) {
      const { N, H, W, K } = sizes
      const { kernel, strides, padding } = parameters
      const [top, bottom, left, right] = padding
      const x = plain(inputs.x)
      const framed = build([N, H + top + bottom, W + left + right, K], (n, i, j, k) => {
        const inside = i >= top && i < H + top && j >= left && j < W + left
        return inside ? x.at(n, i - top, j - left, k) : 0
      })
      const { y } = await measure(averagePool, inputs, parameters)
      const { y: counted } = await measure(
        averagePool,
        { x: framed },
        { kernel, strides, padding: 'valid' },
      )
      const { exact, multiply } = arithmetic
      return [
        {
          label: 'y · pixels = counted · places',
          expected: elementwise(counted, (v) => multiply(exact(kernel[0] * kernel[1]), v)),
          actual: build(y.shape, (n, i, j, k) =>
            multiply(exact(pixelCount(i, j, sizes, parameters)), y.at(n, i, j, k)),
          ),
        },
      ]
    },
  }),
  rejection('rejected', averagePool, invalidities(averagePool), {
    title: 'a window beside the image, and other arguments outside the signature, are rejected',
    kills: [averageAccepts],
  }),
)

const alone = (operation: Pooled, name: string, kills: readonly Fault[]) =>
  law(name, {
    of: operation,
    values: 'reals',
    title: `${operation.id} of a single channel is that channel of the whole`,
    kills,
    async holds({ inputs, measure, parameters, sizes }) {
      const channel = <T>(a: NumberArray<T>, k: number) => part(a, a.shape.with(3, 1), [0, 0, 0, k])
      const { y } = await measure(operation, inputs, parameters)
      const comparisons = []
      for (let k = 0; k < sizes.K; k++) {
        const x = channel(plain(inputs.x), k)
        const { y: single } = await measure(operation, { x }, parameters)
        comparisons.push({ label: `channel ${k}`, expected: channel(y, k), actual: single })
      }
      return comparisons
    },
  })

const reversed = <T>(a: NumberArray<T>) =>
  permuted(a, (n, i, j, k) => [n, i, j, a.shape[3] - 1 - k])

const turned = (operation: Pooled, name: string, kills: readonly Fault[]) =>
  equivariance<Pooled>(name, {
    of: operation,
    title: `channels in the opposite order give ${operation.id} in that order`,
    kills,
    inputs: ({ x }) => ({ x: reversed(x) }),
    outputs: ({ y }) => ({ y: reversed(y) }),
  })

const channelwiseProperties = properties(
  channelwise,
  alone(maxPool, 'max-alone', [maxAcrossChannels]),
  alone(averagePool, 'average-alone', [averageAcrossChannels]),
  turned(maxPool, 'max-turned', [maxWeighsChannels]),
  turned(averagePool, 'average-turned', [averageWeighsChannels]),
)

export const poolProperties = [...maxProperties, ...averageProperties, ...channelwiseProperties]
