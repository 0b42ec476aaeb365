import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { averagePool } from '../../../spec/cnn/pool.ts'
import { averagePoolGradient, backward, maxPoolGradient } from '../../../spec/cnn/pool-gradient.ts'
import { integer } from '../../../spec/language/parameter.ts'
import type { Bench } from '../../engine/property.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, scalar, zeros } from '../../kit/arrays.ts'
import { inner } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
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

type Keeping<T> = Pick<Bench<T, typeof averagePoolGradient>, 'arithmetic' | 'array'>

/** What comes in goes out, in every image and channel. */
function keepsAll<T>({ arithmetic, array }: Keeping<T>, { dx }: { readonly dx: NumberArray<T> }) {
  const perChannel = (a: NumberArray<T>) => {
    const [N, H, W, K] = a.shape
    return build([N, K], (n, k) => sum(arithmetic, [H, W], (i, j) => a.at(n, i, j, k)))
  }
  return [{ label: 'Σ dx = Σ dy', expected: perChannel(array('dy')), actual: perChannel(dx) }]
}

/** Images in which all numbers are equal, a tie under every window. */
const ties = {
  ...maxPoolGradient,
  parameters: { ...maxPoolGradient.parameters, value: integer({ min: 0, upTo: 3 }) },
}

export const poolGradientProperties = properties(
  backward,
  agreementTwice(
    maxPoolGradient,
    {
      name: 'max',
      kills: [maxGradientLast, maxGradientToAll, maxGradientShared, maxGradientOverwrites],
    },
    { kills: [maxGradientOverwrites, maxGradientToPadding, maxGradientSpreads] },
  ),
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
    async holds(bench) {
      const { inputs, measure, parameters } = bench
      return keepsAll(bench, await measure(maxPoolGradient, inputs, parameters))
    },
  }),
  law('average-keeps-all', {
    of: averagePoolGradient,
    values: 'reals',
    title: 'what average pooling hands on, in every channel, is what it was given',
    kills: [averageGradientCountsPadding, averageGradientUndivided],
    async holds(bench) {
      const { inputs, measure, parameters } = bench
      return keepsAll(bench, await measure(averagePoolGradient, inputs, parameters))
    },
  }),
  law('first-of-equals', {
    of: ties,
    asks: [maxPoolGradient],
    title: 'on a constant image each window hands its gradient to its first pixel',
    kills: [maxGradientLast, maxGradientToAll, maxGradientShared],
    async holds({ array, arithmetic, inputs, measure, sizes, ...bench }) {
      const { N, H, W, K, Ho, Wo } = sizes
      const { value, ...parameters } = bench.parameters
      const { kernel, strides, padding } = parameters
      const x = filled(inputs.x.shape, -value)
      const { dx } = await measure(maxPoolGradient, { x, dy: inputs.dy }, parameters)
      const before = (axis: 0 | 1, size: number, count: number) => {
        if (padding === 'valid') return 0
        if (padding !== 'same') return padding[2 * axis]
        return Math.max(0, (count - 1) * strides[axis] + kernel[axis] - size) >> 1
      }
      const [top, left] = [before(0, H, Ho), before(1, W, Wo)]
      const dy = array('dy')
      const first = (start: number) => Math.max(0, start)
      const expected = build([N, H, W, K], (n, p, q, k) =>
        sum(arithmetic, [Ho, Wo], (i, j) => {
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
    async holds({ arithmetic, array, exact, inputs, measure, parameters, sizes: { H, W } }) {
      const { y } = await measure(averagePool, inputs, parameters)
      const dy = changed(zeros(y.shape), (_, at) => (at % 5) - 2)
      const { dx } = await measure(averagePoolGradient, { dy }, { ...parameters, image: [H, W] })
      return [
        {
          label: '⟨y, dy⟩ = ⟨x, dx⟩',
          expected: scalar(inner(arithmetic, exact(dy), y)),
          actual: scalar(inner(arithmetic, array('x'), dx)),
        },
      ]
    },
  }),
  worked('overlap-by-hand', {
    of: maxPoolGradient,
    title: 'the middle of 0, 1, 5, 1, 0 is the largest of all three windows of three',
    kills: [maxGradientOverwrites],
    inputs: { x: tensor([1, 1, 5, 1], [0, 1, 5, 1, 0]), dy: tensor([1, 1, 3, 1], [1, 2, 4]) },
    parameters: { kernel: [1, 3], strides: [1, 1], padding: 'valid' },
    gives: { dx: [0, 0, 7, 0, 0] },
  }),
)
