import { build, fromData, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import {
  average,
  averagePool,
  channelwise,
  max,
  maxPool,
  outputSize,
  poolOutputSize,
} from '../../../spec/cnn/pool.ts'
import { averagePoolGradient } from '../../../spec/cnn/pool-gradient.ts'
import { pixelCount } from '../../../spec/cnn/pool-window.ts'
import {
  array,
  derived,
  type Operation,
  type Parameters,
  type Sizes,
} from '../../../spec/language/operation.ts'
import { integer, tuple } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import type { Fault } from '../../engine/fault.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { lenient } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { rejection } from '../../kit/rejection.ts'
import { worked } from '../../kit/worked.ts'
import {
  averageAcrossChannels,
  averageCountsPadding,
  averageIsMaximum,
  averageShiftsWindows,
  averageSums,
  averageUnbiased,
  averageWeighsChannels,
  maxAcrossChannels,
  maxIsAverage,
  maxOfMagnitudes,
  maxPadsZeros,
  maxRoundsUp,
  maxSamePadsBefore,
  maxShiftsWindows,
  maxSkipsNaN,
  maxStartsAtZero,
  maxSwapsKernel,
  maxWeighsChannels,
  sizeAlwaysShrinks,
  sizeForgetsLast,
  sizeNeedsStride,
  sizeRoundsUp,
  sizeSwapsAxes,
} from './pool-faults.ts'
import { averageGradientOverlaps, averageGradientSpreadsRest } from './pool-gradient-faults.ts'

/** The same array with other elements in the same places. */
const changed = (x: Argument, change: (value: number, at: number) => number) =>
  fromData(x.shape, Array.from(x.data as ArrayLike<number>, change))

/** 3 for NaN, 2 and 1 for infinities, 0 for other numbers: what special values are told apart by. */
const kindOf = (value: number) =>
  Number.isNaN(value) ? 3 : value === Number.POSITIVE_INFINITY ? 2 : Number.isFinite(value) ? 0 : 1

const pooledAnything = (id: Operation) =>
  lenient(id, 'answers whatever the padding', () => ({
    y: { dtype: 'float32', shape: [1, 1, 1, 1], data: Float32Array.of(0) },
  }))
const maxAccepts = pooledAnything(maxPool)
const averageAccepts = pooledAnything(averagePool)

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
    async holds(bench) {
      const { arithmetic, inputs, parameters } = bench
      const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      // Runs of one special value, so that windows of nothing but -Infinity occur as well.
      const x = changed(inputs.x, (value, at) => {
        const run = Math.floor(at / 5) % 4
        return run < 3 && value >= 0 ? specials[run]! : run === 2 ? specials[2]! : value
      })
      const { y } = await bench.answer(maxPool, { x }, parameters)
      const expected = bench.expected(maxPool, { x }, parameters).y
      const kinds = (a: typeof y) =>
        build(a.shape, (...at) => arithmetic.exact(kindOf(arithmetic.toNumber(a.at(...at)))))
      const numbers = (a: typeof y) =>
        build(a.shape, (...at) => {
          const value = arithmetic.toNumber(a.at(...at))
          return arithmetic.exact(kindOf(value) === 0 ? value : 0)
        })
      return [
        { label: 'kinds of value', expected: kinds(expected), actual: kinds(y) },
        { label: 'finite values', expected: numbers(expected), actual: numbers(y) },
      ]
    },
  }),
  law('increasing-maps', {
    of: maxPool,
    title: 'it commutes with every increasing map: max (x³ + 5) = (max x)³ + 5',
    kills: [maxPadsZeros, maxIsAverage, maxOfMagnitudes],
    async holds({ answer, arithmetic, inputs, parameters }) {
      const up = (v: number) => v ** 3 + 5
      const { y } = await answer(maxPool, inputs, parameters)
      const mapped = await answer(maxPool, { x: changed(inputs.x, up) }, parameters)
      return [
        {
          label: 'max (x³ + 5)',
          expected: build(y.shape, (...at) =>
            arithmetic.exact(up(arithmetic.toNumber(y.at(...at)))),
          ),
          actual: mapped.y,
        },
      ]
    },
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
    async holds({ arithmetic, inputs, measure, parameters }) {
      const value = inputs.x.data[0]! || 3
      const { y } = await measure(averagePool, { x: changed(inputs.x, () => value) }, parameters)
      const expected = build(y.shape, () => arithmetic.exact(value))
      return [{ label: 'y', expected, actual: y }]
    },
  }),
  law('tiles-keep-the-mean', {
    of: tiled,
    asks: [averagePool],
    title: 'windows that tile the image keep the sum of every channel, over the number of tiles',
    kills: [averageIsMaximum, averageUnbiased, averageShiftsWindows],
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { h, w } = parameters
      const { y } = await measure(averagePool, inputs, {
        kernel: [h, w],
        strides: [h, w],
        padding: 'valid',
      })
      const sums = (a: typeof y) =>
        build([a.shape[0]!, a.shape[3]!], (n, k) =>
          sum(arithmetic, [a.shape[1]!, a.shape[2]!], (i, j) => a.at(n, i, j, k)),
        )
      const pooled = sums(y)
      return [
        {
          label: 'h w Σ y = Σ x',
          expected: sums(array('x')),
          actual: build(pooled.shape, (...at) =>
            arithmetic.multiply(arithmetic.exact(h * w), pooled.at(...at)),
          ),
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
      const { kernel, strides, padding } = parameters
      const [top, bottom, left, right] = padding
      const { x } = inputs
      const [N, H, W, K] = x.shape as [number, number, number, number]
      const image = fromData(x.shape, Array.from(x.data))
      const framed = build([N, H + top + bottom, W + left + right, K], (n, i, j, k) => {
        const inside = i >= top && i < H + top && j >= left && j < W + left
        return inside ? image.at(n, i - top, j - left, k) : 0
      })
      const counted = await measure(
        averagePool,
        { x: framed },
        { kernel, strides, padding: 'valid' },
      )
      const { y } = await measure(averagePool, inputs, parameters)
      const by = (factor: number, value: (typeof y.data)[number]) =>
        arithmetic.multiply(arithmetic.exact(factor), value)
      return [
        {
          label: 'y · pixels = counted · places',
          expected: build(y.shape, (n, i, j, k) =>
            by(kernel[0] * kernel[1], counted.y.at(n, i, j, k)),
          ),
          actual: build(y.shape, (n, i, j, k) =>
            by(pixelCount(i, j, sizes, parameters), y.at(n, i, j, k)),
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

/** One channel of an array, by itself. */
const channel = (x: Argument, k: number) => {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  return fromData(
    [N, H, W, 1],
    Array.from({ length: N * H * W }, (_, at) => x.data[at * K + k] as number),
  )
}

/** The channels in the opposite order. */
const reversed = <T>(a: NumberArray<T>) => {
  const K = a.shape[3]!
  return build(a.shape, (n, i, j, k) => a.at(n, i, j, K - 1 - k))
}

const alone = (operation: typeof maxPool | typeof averagePool, name: string, kills: Fault[]) =>
  law(name, {
    of: operation,
    values: 'reals',
    title: `${operation.id} of a single channel is that channel of the whole`,
    kills,
    async holds({ inputs, measure, parameters, sizes }) {
      const { y } = await measure(operation, inputs, parameters)
      const comparisons = []
      for (let k = 0; k < sizes.K!; k++) {
        const single = await measure(operation, { x: channel(inputs.x, k) }, parameters)
        const [N, Ho, Wo] = y.shape as [number, number, number]
        const expected = build([N, Ho, Wo, 1], (n, i, j) => y.at(n, i, j, k))
        comparisons.push({ label: `channel ${k}`, expected, actual: single.y })
      }
      return comparisons
    },
  })

const turned = (operation: typeof maxPool | typeof averagePool, name: string, kills: Fault[]) =>
  law(name, {
    of: operation,
    title: `channels in the opposite order give ${operation.id} in that order`,
    kills,
    async holds({ inputs, measure, parameters }) {
      const x = fromData(inputs.x.shape, Array.from(inputs.x.data))
      const { y } = await measure(operation, inputs, parameters)
      const other = await measure(operation, { x: reversed(x) }, parameters)
      return [{ label: 'y', expected: reversed(y), actual: other.y }]
    },
  })

const channelwiseProperties = properties(
  channelwise,
  alone(maxPool, 'max-alone', [maxAcrossChannels]),
  alone(averagePool, 'average-alone', [averageAcrossChannels]),
  turned(maxPool, 'max-turned', [maxWeighsChannels]),
  turned(averagePool, 'average-turned', [averageWeighsChannels]),
)

const sizeProperties = properties(
  outputSize,
  agreement(poolOutputSize, 'integers', {
    kills: [sizeRoundsUp, sizeForgetsLast, sizeNeedsStride, sizeSwapsAxes],
  }),
  law('enumerated', {
    of: poolOutputSize,
    title: 'it is the number of places where a window fits, found by trying all',
    kills: [sizeRoundsUp, sizeForgetsLast, sizeSwapsAxes],
    async holds({ answer, exact, parameters }) {
      const { rows, columns, kernel, strides, padding } = parameters
      const { size } = await answer(poolOutputSize, {}, parameters)
      const [t, b, l, r] = typeof padding === 'string' ? [0, 0, 0, 0] : padding
      const tried = (extent: number, axis: 0 | 1, around: number) => {
        // `same` asks for a window at every start within the image.
        const end = padding === 'same' ? extent : extent + around - kernel[axis] + 1
        let count = 0
        for (let start = 0; start < end; start += strides[axis]) count++
        return count
      }
      const counted = [tried(rows, 0, t + b), tried(columns, 1, l + r)]
      return [{ label: 'size', expected: exact(fromData([2], counted)), actual: size }]
    },
  }),
  law('shapes', {
    of: maxPool,
    asks: [maxPool, averagePool, poolOutputSize],
    title: 'it is the size that max and average pooling give',
    kills: [sizeRoundsUp, maxRoundsUp],
    async holds({ answer, exact, inputs, parameters, sizes }) {
      const { size } = await answer(
        poolOutputSize,
        {},
        { rows: sizes.H!, columns: sizes.W!, ...parameters },
      )
      const sides = async (operation: typeof maxPool | typeof averagePool) => {
        const { y } = await answer(operation, inputs, parameters)
        return exact(fromData([2], y.shape.slice(1, 3)))
      }
      return [
        { label: 'max pooling', expected: size, actual: await sides(maxPool) },
        { label: 'average pooling', expected: size, actual: await sides(averagePool) },
      ]
    },
  }),
  law('disjoint', {
    of: {
      dimensions: {},
      inputs: {},
      parameters: {
        rows: integer({ min: 3, upTo: 9 }),
        columns: integer({ min: 3, upTo: 9 }),
        h: integer({ min: 1, upTo: 3 }),
        w: integer({ min: 1, upTo: 3 }),
      },
    },
    asks: [averagePoolGradient],
    title: 'with the stride of the kernel every pixel lies under one window, the rest under none',
    kills: [averageGradientOverlaps, averageGradientSpreadsRest],
    async holds({ exact, measure, parameters }) {
      const { rows, columns, h, w } = parameters
      const [Ho, Wo] = [Math.floor(rows / h), Math.floor(columns / w)]
      // Each average of h · w ones: what arrives at a pixel is the number of windows over it.
      const dy = build([1, Ho, Wo, 1], () => h * w)
      const { dx } = await measure(
        averagePoolGradient,
        { dy },
        { kernel: [h, w], strides: [h, w], padding: 'valid', image: [rows, columns] },
      )
      const once = build([1, rows, columns, 1], (_, p, q) => (p < Ho * h && q < Wo * w ? 1 : 0))
      return [{ label: 'windows over each pixel', expected: exact(once), actual: dx }]
    },
  }),
  published(
    'overlapping',
    poolOutputSize,
    [
      {
        parameters: { rows: 55, columns: 55, kernel: [3, 3], strides: [2, 2], padding: 'valid' },
        printed: [{ label: 'first pooling of AlexNet', output: 'size', values: [27, 27] }],
      },
    ],
    { title: 'overlapping windows of AlexNet, by hand: 55 → 27', kills: [sizeNeedsStride] },
  ),
  worked('E-08', {
    of: poolOutputSize,
    title: 'single pixels with stride 1 leave the size as it is',
    kills: [sizeAlwaysShrinks],
    parameters: { rows: 5, columns: 5, kernel: [1, 1], strides: [1, 1], padding: 'valid' },
    notes: { size: [4, 4] },
    gives: { size: [5, 5] },
  }),
)

export const poolProperties = [
  ...maxProperties,
  ...averageProperties,
  ...channelwiseProperties,
  ...sizeProperties,
]
