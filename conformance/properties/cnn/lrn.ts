import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import {
  acrossChannel,
  alphaOfSum,
  keepsSize,
  lrnAcross,
  lrnWithin,
  withinChannel,
} from '../../../spec/cnn/lrn.ts'
import { maxPool } from '../../../spec/cnn/pool.ts'
import type { ParametersOf } from '../../../spec/language/operation.ts'
import { agreement } from '../../kit/agreement.ts'
import { filled, permuted, row } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { near, sized } from './lrn-cases.ts'
import {
  acrossForward,
  acrossKappaOne,
  acrossLinear,
  acrossMean,
  acrossThins,
  acrossWithin,
  acrossWrapsAround,
  withinAcross,
  withinLosesSign,
  withinMean,
  withinMultiplies,
  withinRowsOnly,
  withinThins,
  withinTiltsChannels,
  withinTooWide,
} from './lrn-faults.ts'

/** What is divided by the power of κ + α times the mean of squares, over places always counted whole. */
function byMean<T>(
  { add, divide, exact, multiply, power, total }: Arithmetic<T>,
  value: T,
  squared: readonly T[],
  places: number,
  { kappa, alpha, beta }: ParametersOf<typeof lrnAcross>,
): T {
  const mean = divide(total(squared.map((v) => multiply(v, v))), exact(places))
  const energy = add(exact(kappa), multiply(exact(alpha), mean))
  return divide(value, power(energy, exact(beta)))
}

const channelsTurned = <T>(a: NumberArray<T>) =>
  permuted(a, (n, i, j, k) => [n, i, j, a.shape[3] - 1 - k])

const allTurned = <T>(a: NumberArray<T>) => {
  const [, H, W, K] = a.shape
  return permuted(a, (n, i, j, k) => [n, H - 1 - i, W - 1 - j, K - 1 - k])
}

const withinProperties = properties(
  withinChannel,
  agreement(lrnWithin, 'integers', {
    title: 'cnn.lrnWithin equals the reference on small integers, within the derived bound',
    kills: [withinAcross, withinRowsOnly, withinMean],
  }),
  agreement(lrnWithin, 'reals', { kills: [withinTooWide, withinMultiplies, withinMean] }),
  law('nothing-at-beta-0', {
    of: lrnWithin,
    title: 'with β = 0 every feature stays as it is',
    kills: [withinLosesSign],
    async holds({ array, inputs, measure, parameters }) {
      const { y } = await measure(lrnWithin, inputs, { ...parameters, beta: 0 })
      return [{ label: 'y = x', expected: array('x'), actual: y }]
    },
  }),
  equivariance('channels-alone', {
    of: lrnWithin,
    values: 'reals',
    title: 'the channels in the opposite order give the output in that order',
    kills: [withinTiltsChannels],
    inputs: ({ x }) => ({ x: channelsTurned(x) }),
    outputs: ({ y }) => ({ y: channelsTurned(y) }),
  }),
  law('alpha-of-the-mean', {
    of: lrnWithin,
    values: 'reals',
    title: 'with α / n² for α it is the normalization by the mean, n × n always counted whole',
    kills: [withinMean, withinTooWide],
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { H, W } }) {
      const { radius, alpha } = parameters
      const places = (2 * radius + 1) ** 2
      const { y } = await measure(lrnWithin, inputs, {
        ...parameters,
        alpha: alphaOfSum(alpha, places),
      })
      const x = array('x')
      const expected = build(x.shape, (n, i, j, k) => {
        const window = near(i, radius, H).flatMap((p) =>
          near(j, radius, W).map((q) => x.at(n, p, q, k)),
        )
        return byMean(arithmetic, x.at(n, i, j, k), window, places, parameters)
      })
      return [{ label: 'y', expected, actual: y }]
    },
  }),
)

const acrossProperties = properties(
  acrossChannel,
  agreement(lrnAcross, 'integers', {
    title: 'cnn.lrnAcross equals the reference on small integers, within the derived bound',
    kills: [acrossWithin, acrossForward, acrossWrapsAround, acrossLinear],
  }),
  agreement(lrnAcross, 'reals', { kills: [acrossMean, acrossKappaOne, acrossWrapsAround] }),
  equivariance('reversal', {
    of: lrnAcross,
    values: 'reals',
    title: 'channels and places in the opposite order give the output in that order',
    kills: [acrossForward],
    inputs: ({ x }) => ({ x: allTurned(x) }),
    outputs: ({ y }) => ({ y: allTurned(y) }),
  }),
  law('unit-length', {
    of: { ...lrnAcross, parameters: {} },
    asks: [lrnAcross],
    values: 'reals',
    title: 'with κ = 0, α = 1, β = ½ and a group of all channels, each place has length 1',
    kills: [acrossMean, acrossForward, acrossKappaOne],
    async holds({ arithmetic, exact, inputs, measure, sizes: { N, H, W, K } }) {
      const { y } = await measure(
        lrnAcross,
        { x: sized(inputs.x) },
        { radius: K, kappa: 0, alpha: 1, beta: 0.5 },
      )
      const lengths = build([N, H, W], (n, i, j) =>
        sum(arithmetic, [K], (k) => arithmetic.multiply(y.at(n, i, j, k), y.at(n, i, j, k))),
      )
      return [{ label: 'Σ y²', expected: exact(filled(lengths.shape, 1)), actual: lengths }]
    },
  }),
  law('alpha-of-the-mean', {
    of: lrnAcross,
    values: 'reals',
    title: 'with α / n for α it is the normalization by the mean, n channels always counted whole',
    kills: [acrossMean, acrossKappaOne],
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { K } }) {
      const { radius, alpha } = parameters
      const places = 2 * radius + 1
      const { y } = await measure(lrnAcross, inputs, {
        ...parameters,
        alpha: alphaOfSum(alpha, places),
      })
      const x = array('x')
      const expected = build(x.shape, (n, i, j, k) => {
        const group = near(k, radius, K).map((q) => x.at(n, i, j, q))
        return byMean(arithmetic, x.at(n, i, j, k), group, places, parameters)
      })
      return [{ label: 'y', expected, actual: y }]
    },
  }),
)

const sizeProperties = properties(
  keepsSize,
  law('as-many', {
    of: lrnAcross,
    asks: [lrnAcross, lrnWithin, maxPool],
    title: 'as many numbers as before, where pooling single pixels with a stride of 2 has fewer',
    kills: [acrossThins, withinThins],
    async holds({ answer, exact, inputs, parameters, sizes: { N, H, W, K } }) {
      const thinning = { kernel: [1, 1], strides: [2, 2], padding: 'valid' } as const
      const pooled = await answer(maxPool, inputs, thinning)
      const normalized = async (operation: typeof lrnAcross | typeof lrnWithin) => ({
        label: `shape of ${operation.id}`,
        expected: exact(row(N, H, W, K)),
        actual: exact(row(...(await answer(operation, inputs, parameters)).y.shape)),
      })
      return [
        await normalized(lrnAcross),
        await normalized(lrnWithin),
        {
          label: 'shape of the pooled image',
          expected: exact(row(N, Math.ceil(H / 2), Math.ceil(W / 2), K)),
          actual: exact(row(...pooled.y.shape)),
        },
      ]
    },
  }),
  worked('E-98', {
    of: lrnAcross,
    title: 'four pixels stay four',
    kills: [acrossThins],
    inputs: { x: tensor([1, 2, 2, 1], [1, 1, 1, 1]) },
    parameters: { radius: 0, kappa: 1, alpha: 0, beta: 1 },
    notes: { y: [1] },
    gives: { y: [1, 1, 1, 1] },
  }),
)

export const lrnProperties = [...withinProperties, ...acrossProperties, ...sizeProperties]
