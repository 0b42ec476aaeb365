import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  acrossChannel,
  alphaOfSum,
  keepsSize,
  lightInvariance,
  lrnAcross,
  lrnWithin,
  withinChannel,
} from '../../../spec/cnn/lrn.ts'
import { maxPool } from '../../../spec/cnn/pool.ts'
import { integer } from '../../../spec/language/parameter.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acrossDoublesBeta,
  acrossForward,
  acrossIndependent,
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

const changed = (x: Argument, change: (value: number, at: number) => number) =>
  fromData(x.shape, Array.from(x.data as ArrayLike<number>, change))

/** The same numbers with their axes in other places. */
const permuted = <T>(a: NumberArray<T>, from: (...at: number[]) => number[]) =>
  build(a.shape, (...at) => a.at(...from(...at)))

/** Features between 1 and 2 in size, so that no sum of squares is 0. */
const sized = (x: Argument) =>
  changed(x, (v) => (v < 0 ? -1 : 1) * (1 + Math.round(16 * (Math.abs(v) % 1)) / 16))

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
  law('channels-alone', {
    of: lrnWithin,
    values: 'reals',
    title: 'the channels in the opposite order give the output in that order',
    kills: [withinTiltsChannels],
    async holds({ inputs, measure, parameters }) {
      const K = inputs.x.shape[3]!
      const turn = (n: number, i: number, j: number, k: number) => [n, i, j, K - 1 - k]
      const { y } = await measure(lrnWithin, inputs, parameters)
      const x = permuted(
        changed(inputs.x, (v) => v),
        turn as never,
      )
      const other = await measure(lrnWithin, { x }, parameters)
      return [{ label: 'y', expected: permuted(y, turn as never), actual: other.y }]
    },
  }),
  law('alpha-of-the-mean', {
    of: lrnWithin,
    values: 'reals',
    title: 'with α / n² for α it is the normalization by the mean, n × n always counted whole',
    kills: [withinMean, withinTooWide],
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { add, divide, exact, multiply, power, total } = arithmetic
      const { radius, kappa, alpha, beta } = parameters
      const places = (2 * radius + 1) ** 2
      const { y } = await measure(lrnWithin, inputs, {
        ...parameters,
        alpha: alphaOfSum(alpha, places),
      })
      const x = array('x')
      const [, H, W] = x.shape as [number, number, number]
      const expected = build(x.shape, (n, i, j, k) => {
        const squares = []
        for (let p = Math.max(0, i - radius); p <= Math.min(H - 1, i + radius); p++) {
          for (let q = Math.max(0, j - radius); q <= Math.min(W - 1, j + radius); q++) {
            squares.push(multiply(x.at(n, p, q, k), x.at(n, p, q, k)))
          }
        }
        const mean = divide(total(squares), exact(places))
        const energy = add(exact(kappa), multiply(exact(alpha), mean))
        return divide(x.at(n, i, j, k), power(energy, exact(beta)))
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
  law('reversal', {
    of: lrnAcross,
    values: 'reals',
    title: 'channels and places in the opposite order give the output in that order',
    kills: [acrossForward],
    async holds({ inputs, measure, parameters }) {
      const [, H, W, K] = inputs.x.shape as [number, number, number, number]
      const turn = (n: number, i: number, j: number, k: number) => [
        n,
        H - 1 - i,
        W - 1 - j,
        K - 1 - k,
      ]
      const { y } = await measure(lrnAcross, inputs, parameters)
      const x = permuted(
        changed(inputs.x, (v) => v),
        turn as never,
      )
      const other = await measure(lrnAcross, { x }, parameters)
      return [{ label: 'y', expected: permuted(y, turn as never), actual: other.y }]
    },
  }),
  law('unit-length', {
    of: { ...lrnAcross, parameters: {} },
    asks: [lrnAcross],
    values: 'reals',
    title: 'with κ = 0, α = 1, β = ½ and a group of all channels, each place has length 1',
    kills: [acrossMean, acrossForward, acrossKappaOne],
    async holds({ arithmetic, inputs, measure, sizes }) {
      const { exact, multiply, total } = arithmetic
      const { N, H, W, K } = sizes as Record<string, number>
      const { y } = await measure(
        lrnAcross,
        { x: sized(inputs.x) },
        { radius: K!, kappa: 0, alpha: 1, beta: 0.5 },
      )
      const lengths = build([N!, H!, W!], (n, i, j) =>
        total(Array.from({ length: K! }, (_, k) => multiply(y.at(n, i, j, k), y.at(n, i, j, k)))),
      )
      return [{ label: 'Σ y²', expected: build(lengths.shape, () => exact(1)), actual: lengths }]
    },
  }),
  law('alpha-of-the-mean', {
    of: lrnAcross,
    values: 'reals',
    title: 'with α / n for α it is the normalization by the mean, n channels always counted whole',
    kills: [acrossMean, acrossKappaOne],
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { add, divide, exact, multiply, power, total } = arithmetic
      const { radius, kappa, alpha, beta } = parameters
      const places = 2 * radius + 1
      const { y } = await measure(lrnAcross, inputs, {
        ...parameters,
        alpha: alphaOfSum(alpha, places),
      })
      const x = array('x')
      const K = x.shape[3]!
      const expected = build(x.shape, (n, i, j, k) => {
        const squares = []
        for (let q = Math.max(0, k - radius); q <= Math.min(K - 1, k + radius); q++) {
          squares.push(multiply(x.at(n, i, j, q), x.at(n, i, j, q)))
        }
        const mean = divide(total(squares), exact(places))
        const energy = add(exact(kappa), multiply(exact(alpha), mean))
        return divide(x.at(n, i, j, k), power(energy, exact(beta)))
      })
      return [{ label: 'y', expected, actual: y }]
    },
  }),
)

/** Features, and how many times as bright the light becomes: a power of two, so that it rounds nothing. */
const brighter = {
  ...lrnAcross,
  parameters: { ...lrnAcross.parameters, exponent: integer({ min: 0, upTo: 4 }) },
}

const sizeProperties = properties(
  keepsSize,
  law('as-many', {
    of: lrnAcross,
    asks: [lrnAcross, lrnWithin, maxPool],
    title: 'as many numbers as before, where pooling single pixels with a stride of 2 has fewer',
    kills: [acrossThins, withinThins],
    async holds(bench) {
      const { inputs, parameters, sizes } = bench
      const { N, H, W, K } = sizes as Record<'N' | 'H' | 'W' | 'K', number>
      const shapeOf = ({ y }: { readonly y: { readonly shape: readonly number[] } }) =>
        bench.exact(fromData([4], [...y.shape]))
      const pooled = await bench.answer(
        maxPool,
        { x: inputs.x },
        { kernel: [1, 1], strides: [2, 2], padding: 'valid' },
      )
      const all = bench.exact(fromData([4], [N, H, W, K]))
      const fewer = bench.exact(fromData([4], [N, Math.ceil(H / 2), Math.ceil(W / 2), K]))
      const normalized = async (operation: typeof lrnAcross | typeof lrnWithin) => ({
        label: `shape of ${operation.id}`,
        expected: all,
        actual: shapeOf(await bench.answer(operation, inputs, parameters)),
      })
      return [
        await normalized(lrnAcross),
        await normalized(lrnWithin),
        { label: 'shape of the pooled image', expected: fewer, actual: shapeOf(pooled) },
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

const lightProperties = properties(
  lightInvariance,
  law('invariant', {
    of: brighter,
    asks: [lrnAcross, lrnWithin],
    values: 'reals',
    title: 'with κ = 0 and β = ½ the output is the same in any light that multiplies',
    kills: [acrossKappaOne, acrossLinear, withinMultiplies],
    async holds(bench) {
      const { inputs } = bench
      const { exponent, radius } = bench.parameters
      const x = sized(inputs.x)
      const bright = changed(x, (v) => 2 ** (exponent + 1) * v)
      const parameters = { radius, kappa: 0, alpha: 1, beta: 0.5 }
      const compare = async (operation: typeof lrnAcross | typeof lrnWithin) => {
        const { y } = await bench.measure(operation, { x }, parameters)
        const { y: after } = await bench.measure(operation, { x: bright }, parameters)
        return { label: operation.id, expected: y, actual: after }
      }
      return [await compare(lrnAcross), await compare(lrnWithin)]
    },
  }),
  law('compressed', {
    of: brighter,
    asks: [lrnAcross],
    values: 'reals',
    title: 'light that is c times as bright changes the output by a factor of c^(1 − 2β) to c',
    kills: [acrossIndependent, acrossDoublesBeta],
    async holds(bench) {
      const { abs, exact, multiply, power } = bench.arithmetic
      const { inputs } = bench
      const { exponent, ...parameters } = bench.parameters
      const c = 2 ** exponent
      const x = sized(inputs.x)
      const { y } = await bench.measure(lrnAcross, { x }, parameters)
      const { y: bright } = await bench.measure(
        lrnAcross,
        { x: changed(x, (v) => c * v) },
        parameters,
      )
      const least = power(exact(c), bench.arithmetic.subtract(exact(1), exact(2 * parameters.beta)))
      const times = (factor: typeof least) =>
        build(y.shape, (...at) => multiply(factor, abs(y.at(...at))))
      const sizes = build(bright.shape, (...at) => abs(bright.at(...at)))
      return [between(bench.arithmetic, '|y(c x)|', sizes, times(least), times(exact(c)))]
    },
  }),
  law('additive-light', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [lrnAcross],
    title: 'light that adds changes the output: of 1, 0 the first is 1, of 2, 1 it is 2 / √5',
    kills: [acrossMean, acrossForward],
    share: 0.01,
    async holds({ arithmetic, measure }) {
      const { divide, exact, sqrt } = arithmetic
      const { y } = await measure(
        lrnAcross,
        { x: tensor([1, 1, 2, 2], [1, 0, 1, 2]) },
        { radius: 1, kappa: 0, alpha: 1, beta: 0.5 },
      )
      const root = sqrt(exact(5))
      const expected = [exact(1), exact(0), divide(exact(1), root), divide(exact(2), root)]
      return [{ label: 'y', expected: fromData([1, 1, 2, 2], expected), actual: y }]
    },
  }),
  law('E-09', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [lrnAcross],
    title: 'three times the light gives half as much again: 1/8 and 3/16 for κ = 7, α = β = 1',
    kills: [acrossIndependent],
    share: 0.01,
    async holds({ exact, measure }) {
      const ask = async (light: number) => {
        const { y } = await measure(
          lrnAcross,
          { x: tensor([1, 1, 1, 1], [light]) },
          { radius: 0, kappa: 7, alpha: 1, beta: 1 },
        )
        return y
      }
      const by = (value: number) => exact(fromData([1, 1, 1, 1], [value]))
      return [
        { label: 'x = 1', expected: by(1 / 8), actual: await ask(1) },
        { label: 'x = 3', expected: by(3 / 16), actual: await ask(3) },
      ]
    },
  }),
)

export const lrnProperties = [
  ...withinProperties,
  ...acrossProperties,
  ...sizeProperties,
  ...lightProperties,
]
