import { build, elementwise, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { plus } from '../../../reference/layers/addition.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { averagePool, maxPool } from '../../../spec/cnn/pool.ts'
import { averageAsConvolution, maxVersusAverage } from '../../../spec/cnn/pool-laws.ts'
import { pixelCount } from '../../../spec/cnn/pool-window.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { changed, filled, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { onGrid } from './pool-cases.ts'
import {
  averageCountsPadding,
  averageRectifies,
  averageShiftsWindows,
  averageSums,
  averageUnbiased,
  maxIsAverage,
  maxPadsZeros,
  maxStartsAtZero,
  maxSums,
} from './pool-faults.ts'

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
      const opposite = changed(inputs.x, (v) => -v)
      const { y: mirrored } = await measure(maxPool, { x: opposite }, parameters)
      const smallest = elementwise(mirrored, arithmetic.negate)
      return [between(arithmetic, 'the average', mean, smallest, largest)]
    },
  }),
  law('power-means', {
    of: { ...maxPool, parameters: { ...maxPool.parameters, m: integer({ min: 1, upTo: 4 }) } },
    asks: [maxPool, averagePool],
    title: 'max(x)^m / |Ω| ≤ avgpool(x^m) ≤ max(x)^m for numbers that are not negative',
    kills: [averageSums, averageUnbiased, maxIsAverage],
    async holds({ arithmetic, inputs, measure, sizes, ...bench }) {
      const { divide, exact, multiply } = arithmetic
      const { m, ...parameters } = bench.parameters
      const x = changed(inputs.x, Math.abs)
      const powers = changed(x, (v) => v ** m)
      const { y: largest } = await measure(maxPool, { x }, parameters)
      const { y: mean } = await measure(averagePool, { x: powers }, parameters)
      const high = elementwise(largest, (v) => Array(m).fill(v).reduce(multiply, exact(1)))
      const low = build(high.shape, (n, i, j, k) =>
        divide(high.at(n, i, j, k), exact(pixelCount(i, j, sizes, parameters))),
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
      const x = filled(inputs.x.shape, inputs.x.data[0])
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
    async holds({ arithmetic, inputs: { x }, measure, parameters, sizes: { K } }) {
      const { exact, multiply } = arithmetic
      const { kernel, strides } = parameters
      const { y } = await measure(averagePool, { x }, parameters)
      const filters = build([...kernel, K, K], (_u, _v, k, q) => (k === q ? 1 : 0))
      const { y: sums } = await measure(
        conv2d,
        { x, filters, bias: zeros([K]) },
        { strides, dilations: [1, 1], padding: 'valid' },
      )
      return [
        {
          label: 'h w · avgpool(x)',
          expected: sums,
          actual: elementwise(y, (mean) => multiply(exact(kernel[0] * kernel[1]), mean)),
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
      const { exact, multiply } = arithmetic
      const ask = async (x: NumberArray<number>) =>
        (await measure(averagePool, { x }, parameters)).y
      const x = onGrid(inputs.x, 4)
      const other = changed(x, (_, at) => (at % 7) - 3)
      const twice = elementwise(await ask(other), (v) => multiply(exact(2), v))
      return [
        {
          label: 'avgpool(x + 2x′)',
          expected: plus(arithmetic, await ask(x), twice),
          actual: await ask(changed(x, (v, at) => v + 2 * other.data[at])),
        },
      ]
    },
  }),
  worked('max-is-not-linear', {
    of: maxPool,
    title: 'of 1, 0 and of 0, 1 the maximum is 1, and of their sum it is 1, not 2',
    kills: [maxIsAverage, maxSums],
    cases: [
      [1, 0],
      [0, 1],
      [1, 1],
    ].map((pixels) => ({
      says: `max(${pixels.join(', ')})`,
      inputs: { x: tensor([1, 1, 2, 1], pixels) },
      parameters: { kernel: [1, 2], strides: [1, 1], padding: 'valid' } as const,
      gives: { y: [1] },
    })),
  }),
)

export const poolLawProperties = [...versusProperties, ...convolutionProperties]
