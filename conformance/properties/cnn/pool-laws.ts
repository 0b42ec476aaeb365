import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { averagePool, maxPool, poolOutputSize } from '../../../spec/cnn/pool.ts'
import {
  averageAsConvolution,
  maxVersusAverage,
  shiftStability,
} from '../../../spec/cnn/pool-laws.ts'
import { pixelCount } from '../../../spec/cnn/pool-window.ts'
import {
  array,
  atLeast,
  free,
  type Parameters,
  type Sizes,
} from '../../../spec/language/operation.ts'
import { choice, integer, pair } from '../../../spec/language/parameter.ts'
import type { Argument } from '../../engine/property.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import {
  averageCountsPadding,
  averageRectifies,
  averageShiftsWindows,
  averageSums,
  averageTakesFirst,
  averageUnbiased,
  maxIsAverage,
  maxPadsZeros,
  maxShiftsWindows,
  maxStartsAtZero,
  maxSums,
  maxTakesFirst,
  sizeShrinksTwice,
} from './pool-faults.ts'

const changed = (x: Argument, change: (value: number, at: number) => number) =>
  fromData(x.shape, Array.from(x.data as ArrayLike<number>, change))

const versusProperties = properties(
  maxVersusAverage,
  law('between-minimum-and-maximum', {
    of: maxPool,
    asks: [maxPool, averagePool],
    values: 'reals',
    title: '−maxpool(−x) ≤ avgpool(x) ≤ maxpool(x)',
    kills: [averageSums, averageCountsPadding, averageUnbiased],
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { y: mean } = await measure(averagePool, inputs, parameters)
      const { y: largest } = await measure(maxPool, inputs, parameters)
      const { y: mirrored } = await measure(
        maxPool,
        { x: changed(inputs.x, (v) => -v) },
        parameters,
      )
      const smallest = build(mirrored.shape, (...at) => arithmetic.negate(mirrored.at(...at)))
      return [between(arithmetic, 'the average', mean, smallest, largest)]
    },
  }),
  law('power-means', {
    of: { ...maxPool, parameters: { ...maxPool.parameters, m: integer({ min: 1, upTo: 4 }) } },
    asks: [maxPool, averagePool],
    title: 'max(x)^m / |Ω| ≤ avgpool(x^m) ≤ max(x)^m for numbers that are not negative',
    kills: [averageSums, averageUnbiased, maxIsAverage],
    async holds(bench) {
      const { arithmetic, inputs, sizes } = bench
      const { m, ...parameters } = bench.parameters
      const x = changed(inputs.x, Math.abs)
      const { y: largest } = await bench.measure(maxPool, { x }, parameters)
      const { y: mean } = await bench.measure(
        averagePool,
        { x: changed(x, (v) => v ** m) },
        parameters,
      )
      const high = build(largest.shape, (...at) => {
        let product = arithmetic.exact(1)
        for (let factor = 0; factor < m; factor++) {
          product = arithmetic.multiply(product, largest.at(...at))
        }
        return product
      })
      const low = build(high.shape, (n, i, j, k) =>
        arithmetic.divide(
          high.at(n, i, j, k),
          arithmetic.exact(pixelCount(i, j, sizes, parameters)),
        ),
      )
      return [between(arithmetic, 'the average power', mean, low, high)]
    },
  }),
  law('constant-windows', {
    of: maxPool,
    asks: [maxPool, averagePool],
    title: 'on a constant image both kinds of pooling give that constant',
    kills: [averageSums, averageCountsPadding, maxStartsAtZero, maxPadsZeros],
    async holds({ inputs, measure, parameters }) {
      const x = changed(inputs.x, () => inputs.x.data[0]!)
      const { y: largest } = await measure(maxPool, { x }, parameters)
      const { y: mean } = await measure(averagePool, { x }, parameters)
      return [{ label: 'avgpool = maxpool', expected: largest, actual: mean }]
    },
  }),
)

/** Pooling without padding. */
const valid = {
  ...averagePool,
  parameters: { ...averagePool.parameters, padding: choice('valid') },
}

const convolutionProperties = properties(
  averageAsConvolution,
  law('convolution', {
    of: valid,
    asks: [averagePool, conv2d],
    title: 'h · w times the average is the convolution with ones for each channel',
    kills: [averageSums, averageUnbiased, averageShiftsWindows],
    async holds({ arithmetic, inputs, measure, parameters, sizes }) {
      const { kernel, strides } = parameters
      const K = sizes.K!
      const { y } = await measure(averagePool, inputs, parameters)
      const sums = await measure(
        conv2d,
        {
          x: inputs.x,
          filters: build([...kernel, K, K], (_u, _v, k, q) => (k === q ? 1 : 0)),
          bias: build([K], () => 0),
        },
        { strides, dilations: [1, 1], padding: 'valid' },
      )
      const places = arithmetic.exact(kernel[0] * kernel[1])
      return [
        {
          label: 'h w · avgpool(x)',
          expected: sums.y,
          actual: build(y.shape, (...at) => arithmetic.multiply(places, y.at(...at))),
        },
      ]
    },
  }),
  law('linear', {
    of: averagePool,
    values: 'reals',
    title: 'avgpool(x + 2x′) = avgpool(x) + 2 avgpool(x′), with any padding',
    kills: [averageRectifies],
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { add, exact, multiply } = arithmetic
      const other = changed(inputs.x, (_, at) => (at % 7) - 3)
      // Rounded to a quarter, so that the sums below are exact.
      const first = changed(inputs.x, (v) => Math.round(4 * Math.max(-999, Math.min(999, v))) / 4)
      const ask = (x: typeof other) => measure(averagePool, { x }, parameters)
      const [a, b] = [(await ask(first)).y, (await ask(other)).y]
      const both = await ask(changed(first, (v, at) => v + 2 * other.data[at]!))
      return [
        {
          label: 'avgpool(x + 2x′)',
          expected: build(a.shape, (...at) => add(a.at(...at), multiply(exact(2), b.at(...at)))),
          actual: both.y,
        },
      ]
    },
  }),
  law('max-is-not-linear', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [maxPool],
    title: 'of 1, 0 and of 0, 1 the maximum is 1, and of their sum it is 1, not 2',
    kills: [maxIsAverage, maxSums],
    share: 0.01,
    async holds({ answer, exact }) {
      const ask = (data: readonly number[]) =>
        answer(
          maxPool,
          { x: tensor([1, 1, 2, 1], data) },
          { kernel: [1, 2], strides: [1, 1], padding: 'valid' },
        )
      const one = exact(fromData([1, 1, 1, 1], [1]))
      return [
        { label: 'max(1, 0)', expected: one, actual: (await ask([1, 0])).y },
        { label: 'max(0, 1)', expected: one, actual: (await ask([0, 1])).y },
        { label: 'max(1, 1)', expected: one, actual: (await ask([1, 1])).y },
      ]
    },
  }),
)

/** Images that hold a window even after a stride's worth of rows is cut off. */
const roomy = {
  dimensions: {
    N: free(1, 2, 'images'),
    K: free(1, 2, 'channels'),
    H: atLeast(
      (_: Sizes, { kernel, strides }: Parameters) => kernel[0] + strides[0],
      3,
      'rows',
      'a kernel and a stride',
    ),
    W: atLeast(
      (_: Sizes, { kernel, strides }: Parameters) => kernel[1] + strides[1],
      3,
      'columns',
      'a kernel and a stride',
    ),
  },
  inputs: { x: array('the images', 'N', 'H', 'W', 'K') },
  parameters: { kernel: averagePool.parameters.kernel, strides: averagePool.parameters.strides },
}

const shiftProperties = properties(
  shiftStability,
  law('follows-strides', {
    of: roomy,
    asks: [maxPool, averagePool],
    title: 'an image moved by one stride gives the output moved by one',
    kills: [maxShiftsWindows, averageShiftsWindows],
    async holds(bench) {
      const { inputs, sizes } = bench
      const { kernel, strides } = bench.parameters
      const [Sh, Sw] = strides
      const { N, H, W, K } = sizes as Record<string, number>
      const image = fromData(inputs.x.shape, Array.from(inputs.x.data))
      const cut = build([N!, H! - Sh, W! - Sw, K!], (n, i, j, k) => image.at(n, i + Sh, j + Sw, k))
      const parameters = { kernel, strides, padding: 'valid' } as const
      const compare = async (operation: typeof maxPool | typeof averagePool) => {
        const { y } = await bench.measure(operation, inputs, parameters)
        const { y: moved } = await bench.measure(operation, { x: cut }, parameters)
        return {
          label: operation.id,
          expected: build(moved.shape, (n, i, j, k) => y.at(n, i + 1, j + 1, k)),
          actual: moved,
        }
      }
      return [await compare(maxPool), await compare(averagePool)]
    },
  }),
  law('not-others', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [maxPool, averagePool],
    title: 'pooled in twos, 0, 1, 0, 0 is the same as 1, 0, 0, 0, and 0, 0, 1, 0 is not',
    kills: [maxShiftsWindows, averageShiftsWindows],
    share: 0.01,
    async holds({ exact, measure }) {
      const twos = { kernel: [1, 2], strides: [1, 2], padding: 'valid' } as const
      const rows = [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
      ] as const
      const pooled = [
        [1, 0],
        [1, 0],
        [0, 1],
      ] as const
      const comparisons = []
      for (const [operation, share] of [
        [maxPool, 1],
        [averagePool, 0.5],
      ] as const) {
        for (const [which, row] of rows.entries()) {
          const { y } = await measure(operation, { x: tensor([1, 1, 4, 1], row) }, twos)
          const expected = fromData(
            [1, 1, 2, 1],
            pooled[which]!.map((v) => share * v),
          )
          comparisons.push({ label: row.join(', '), expected: exact(expected), actual: y })
        }
      }
      return comparisons
    },
  }),
  law('global-pooling', {
    of: {
      dimensions: {
        N: free(1, 2, 'images'),
        K: free(1, 2, 'channels'),
        H: free(1, 4, 'rows'),
        W: free(1, 4, 'columns'),
      },
      inputs: { x: array('the images', 'N', 'H', 'W', 'K') },
      parameters: { down: integer({ min: 0, upTo: 3 }), across: integer({ min: 0, upTo: 3 }) },
    },
    asks: [maxPool, averagePool],
    values: 'reals',
    title: 'pooling over the whole image does not notice a circular shift',
    kills: [maxTakesFirst, averageTakesFirst],
    async holds({ inputs, measure, parameters, sizes }) {
      const { N, H, W, K } = sizes as Record<string, number>
      const image = fromData(inputs.x.shape, Array.from(inputs.x.data))
      const moved = build([N!, H!, W!, K!], (n, i, j, k) =>
        image.at(n, (i + parameters.down) % H!, (j + parameters.across) % W!, k),
      )
      const whole = { kernel: [H!, W!], strides: [1, 1], padding: 'valid' } as const
      const compare = async (operation: typeof maxPool | typeof averagePool) => {
        const { y } = await measure(operation, inputs, whole)
        const { y: after } = await measure(operation, { x: moved }, whole)
        return { label: operation.id, expected: y, actual: after }
      }
      return [await compare(maxPool), await compare(averagePool)]
    },
  }),
  law('non-expansive', {
    of: maxPool,
    asks: [maxPool, averagePool],
    values: 'reals',
    title: 'no output moves by more than the image changes anywhere',
    kills: [averageSums, averageUnbiased, maxSums],
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { abs, exact, subtract } = arithmetic
      const step = (at: number) => ((at * 5) % 9) - 4
      // On a grid of eighths, so that the changed image is exact as well.
      const before = changed(inputs.x, (v) => Math.round(8 * Math.max(-999, Math.min(999, v))) / 8)
      const after = changed(before, (v, at) => v + step(at))
      const most = Math.max(...before.data.map((_, at) => Math.abs(step(at))))
      const compare = async (operation: typeof maxPool | typeof averagePool) => {
        const { y } = await measure(operation, { x: before }, parameters)
        const { y: changedY } = await measure(operation, { x: after }, parameters)
        const moved = build(y.shape, (...at) => abs(subtract(changedY.at(...at), y.at(...at))))
        const limit = build(y.shape, () => exact(most))
        return between(arithmetic, operation.id, moved, null, limit)
      }
      return [await compare(maxPool), await compare(averagePool)]
    },
  }),
  law('burden', {
    of: {
      dimensions: {},
      inputs: {},
      parameters: {
        tiles: pair(integer({ min: 1, upTo: 8 })),
        kernel: pair(integer({ min: 1, upTo: 3 })),
      },
    },
    asks: [poolOutputSize],
    title: 'tiles of h × w leave h · w times fewer positions to the next layer',
    kills: [sizeShrinksTwice],
    async holds(bench) {
      const { exact, multiply } = bench.arithmetic
      const { tiles, kernel } = bench.parameters
      const [rows, columns] = [tiles[0] * kernel[0], tiles[1] * kernel[1]]
      const { size } = await bench.answer(
        poolOutputSize,
        {},
        { rows, columns, kernel, strides: kernel, padding: 'valid' },
      )
      const positions = multiply(size.at(0), size.at(1))
      return [
        {
          label: 'h w · positions',
          expected: bench.exact(fromData([], [rows * columns])),
          actual: build([], () => multiply(exact(kernel[0] * kernel[1]), positions)),
        },
      ]
    },
  }),
)

export const poolLawProperties = [...versusProperties, ...convolutionProperties, ...shiftProperties]
