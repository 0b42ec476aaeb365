import { build } from '../../../reference/arithmetic/array.ts'
import { averagePool, maxPool, outputSize, poolOutputSize } from '../../../spec/cnn/pool.ts'
import { averagePoolGradient } from '../../../spec/cnn/pool-gradient.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { filled, row } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import {
  maxRoundsUp,
  sizeAlwaysShrinks,
  sizeForgetsLast,
  sizeNeedsStride,
  sizeRoundsUp,
  sizeSwapsAxes,
} from './pool-faults.ts'
import { averageGradientOverlaps, averageGradientSpreadsRest } from './pool-gradient-faults.ts'

export const poolSizeProperties = properties(
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
      const counted = row(tried(rows, 0, t + b), tried(columns, 1, l + r))
      return [{ label: 'size', expected: exact(counted), actual: size }]
    },
  }),
  law('shapes', {
    of: maxPool,
    asks: [maxPool, averagePool, poolOutputSize],
    title: 'it is the size that max and average pooling give',
    kills: [sizeRoundsUp, maxRoundsUp],
    async holds({ answer, exact, inputs, parameters, sizes: { H, W } }) {
      const extents = { rows: H, columns: W, ...parameters }
      const { size } = await answer(poolOutputSize, {}, extents)
      const sides = async (operation: typeof maxPool | typeof averagePool) => {
        const { y } = await answer(operation, inputs, parameters)
        return exact(row(...y.shape.slice(1, 3)))
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
      const dy = filled([1, Ho, Wo, 1], h * w)
      const { dx } = await measure(
        averagePoolGradient,
        { dy },
        { kernel: [h, w], strides: [h, w], padding: 'valid', image: [rows, columns] },
      )
      const once = build([1, rows, columns, 1], (_, p, q) => (p < Ho * h && q < Wo * w ? 1 : 0))
      return [{ label: 'windows over each pixel', expected: exact(once), actual: dx }]
    },
  }),
  worked('overlapping', {
    of: poolOutputSize,
    title: 'overlapping windows of AlexNet, by hand: 55 → 27',
    kills: [sizeNeedsStride],
    parameters: { rows: 55, columns: 55, kernel: [3, 3], strides: [2, 2], padding: 'valid' },
    gives: { size: [27, 27] },
  }),
  worked('E-08', {
    of: poolOutputSize,
    title: 'single pixels with stride 1 leave the size as it is',
    kills: [sizeAlwaysShrinks],
    parameters: { rows: 5, columns: 5, kernel: [1, 1], strides: [1, 1], padding: 'valid' },
    notes: { size: [4, 4] },
    gives: { size: [5, 5] },
  }),
)
