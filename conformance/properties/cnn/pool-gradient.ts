import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { averagePool } from '../../../spec/cnn/pool.ts'
import { averagePoolGradient, backward, maxPoolGradient } from '../../../spec/cnn/pool-gradient.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { averageCountsPadding } from './pool-faults.ts'
import {
  averageGradientCountsPadding,
  averageGradientOverwrites,
  averageGradientUndivided,
  maxGradientLast,
  maxGradientOverwrites,
  maxGradientShared,
  maxGradientSpreads,
  maxGradientToAll,
  maxGradientToPadding,
} from './pool-gradient-faults.ts'

/** The sum of all rows and columns, for each image and channel. */
function perChannel<T>(arithmetic: Arithmetic<T>, a: NumberArray<T>): NumberArray<T> {
  const [N, H, W, K] = a.shape as [number, number, number, number]
  return build([N, K], (n, k) => sum(arithmetic, [H, W], (i, j) => a.at(n, i, j, k)))
}

/** Images in which all numbers are equal, a tie under every window. */
const ties = {
  ...maxPoolGradient,
  parameters: { ...maxPoolGradient.parameters, value: integer({ min: 0, upTo: 3 }) },
}

export const poolGradientProperties = properties(
  backward,
  agreement(maxPoolGradient, 'integers', {
    name: 'max-exact',
    kills: [maxGradientLast, maxGradientToAll, maxGradientShared, maxGradientOverwrites],
  }),
  agreement(maxPoolGradient, 'reals', {
    name: 'max-bounded',
    kills: [maxGradientOverwrites, maxGradientToPadding, maxGradientSpreads],
  }),
  agreement(averagePoolGradient, 'integers', {
    name: 'average-exact',
    title:
      'cnn.averagePoolGradient equals the reference on small integers, to the bit where it can',
    kills: [averageGradientCountsPadding, averageGradientUndivided, averageGradientOverwrites],
  }),
  agreement(averagePoolGradient, 'reals', {
    name: 'average-bounded',
    kills: [averageGradientCountsPadding, averageGradientUndivided],
  }),
  law('max-keeps-all', {
    of: maxPoolGradient,
    title: 'what max pooling hands on, in every channel, is what it was given',
    kills: [maxGradientToAll, maxGradientOverwrites, maxGradientToPadding],
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { dx } = await measure(maxPoolGradient, inputs, parameters)
      return [
        {
          label: 'Σ dx = Σ dy',
          expected: perChannel(arithmetic, array('dy')),
          actual: perChannel(arithmetic, dx),
        },
      ]
    },
  }),
  law('average-keeps-all', {
    of: averagePoolGradient,
    values: 'reals',
    title: 'what average pooling hands on, in every channel, is what it was given',
    kills: [averageGradientCountsPadding, averageGradientUndivided],
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { dx } = await measure(averagePoolGradient, inputs, parameters)
      return [
        {
          label: 'Σ dx = Σ dy',
          expected: perChannel(arithmetic, array('dy')),
          actual: perChannel(arithmetic, dx),
        },
      ]
    },
  }),
  law('first-of-equals', {
    of: ties,
    asks: [maxPoolGradient],
    title: 'on a constant image each window hands its gradient to its first pixel',
    kills: [maxGradientLast, maxGradientToAll, maxGradientShared],
    async holds(bench) {
      const { arithmetic, inputs, sizes } = bench
      const { value, ...parameters } = bench.parameters
      const { kernel, strides, padding } = parameters
      const x = build(inputs.x.shape, () => -value)
      const { dx } = await bench.measure(maxPoolGradient, { x, dy: inputs.dy }, parameters)
      const before = (axis: 0 | 1, size: number, count: number) => {
        if (padding === 'valid') return 0
        if (padding !== 'same') return padding[2 * axis]!
        return Math.max(0, (count - 1) * strides[axis] + kernel[axis] - size) >> 1
      }
      const { N, H, W, K, Ho, Wo } = sizes as Record<string, number>
      const [top, left] = [before(0, H!, Ho!), before(1, W!, Wo!)]
      const dy = bench.array('dy')
      const first = (start: number) => Math.max(0, start)
      const expected = build([N!, H!, W!, K!], (n, p, q, k) =>
        sum(arithmetic, [Ho!, Wo!], (i, j) => {
          const here = first(strides[0] * i - top) === p && first(strides[1] * j - left) === q
          return here ? dy.at(n, i, j, k) : arithmetic.exact(0)
        }),
      )
      return [{ label: 'dx', expected, actual: dx }]
    },
  }),
  law('adjoint', {
    of: averagePool,
    asks: [averagePool, averagePoolGradient],
    values: 'reals',
    title: 'the gradient of average pooling is its transpose: Σ dy · avg(x) = Σ x · dx',
    kills: [averageCountsPadding, averageGradientCountsPadding, averageGradientOverwrites],
    async holds({ arithmetic, array, exact, inputs, measure, parameters, sizes }) {
      const { y } = await measure(averagePool, inputs, parameters)
      const dy = fromData(
        y.shape,
        y.data.map((_, at) => (at % 5) - 2),
      )
      const { dx } = await measure(
        averagePoolGradient,
        { dy },
        { ...parameters, image: [sizes.H!, sizes.W!] },
      )
      const product = (a: NumberArray<(typeof y.data)[number]>, b: typeof a) =>
        build([], () =>
          arithmetic.total(a.data.map((v, at) => arithmetic.multiply(v, b.data[at]!))),
        )
      return [
        {
          label: 'Σ dy · y = Σ x · dx',
          expected: product(exact(dy), y),
          actual: product(array('x'), dx),
        },
      ]
    },
  }),
  law('overlap-by-hand', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [maxPoolGradient],
    title: 'the middle of 0, 1, 5, 1, 0 is the largest of all three windows of three',
    kills: [maxGradientOverwrites],
    share: 0.01,
    async holds({ answer, exact }) {
      const { dx } = await answer(
        maxPoolGradient,
        { x: tensor([1, 1, 5, 1], [0, 1, 5, 1, 0]), dy: tensor([1, 1, 3, 1], [1, 2, 4]) },
        { kernel: [1, 3], strides: [1, 1], padding: 'valid' },
      )
      const expected = exact(fromData([1, 1, 5, 1], [0, 0, 7, 0, 0]))
      return [{ label: 'dx', expected, actual: dx }]
    },
  }),
)
