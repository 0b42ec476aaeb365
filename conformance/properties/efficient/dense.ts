import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { concat, denseBlock, denseBlockGradient, gradient } from '../../../spec/efficient/dense.ts'
import { denseChannels } from '../../../spec/efficient/densenet.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  addsInput,
  gradientIgnoresRectifiers,
  gradientIsSlice,
  gradientLosesSlice,
  gradientOfOwnSlice,
  neverRectifies,
  newestFirst,
  passesRectified,
  previousOnly,
  without,
} from './dense-faults.ts'

type Array2 = { readonly shape: readonly number[]; readonly data: ArrayLike<number> }

/** The weights of the first l layers, or of those after them. */
function part(
  { filters, biases }: { readonly filters: Array2; readonly biases: Array2 },
  C: number,
  from: number,
  to: number,
) {
  const K = biases.shape[1]!
  const start = (l: number) => l * C + (K * l * (l - 1)) / 2
  const all = fromData(filters.shape, Array.from(filters.data))
  return {
    filters: build([3, 3, start(to) - start(from), K], (u, v, t, k) =>
      all.at(u, v, start(from) + t, k),
    ),
    biases: fromData([to - from, K], Array.from(biases.data).slice(from * K, to * K)),
  }
}

/** Some of the channels, from one on. */
const channels = <T>(y: NumberArray<T>, from: number, count: number): NumberArray<T> =>
  build(y.shape.with(3, count), (n, i, j, c) => y.at(n, i, j, from + c))

const concatProperties = properties(
  concat,
  agreement(denseBlock, 'integers', {
    kills: [previousOnly, newestFirst, passesRectified, addsInput, neverRectifies],
  }),
  agreement(denseBlock, 'reals', { kills: [previousOnly, newestFirst, neverRectifies] }),
  law('prefix', {
    of: denseBlock,
    values: 'reals',
    title: 'the output begins with the input, and with what fewer layers give, to the bit',
    kills: [newestFirst, passesRectified],
    async holds({ answer, array, inputs, parameters }) {
      const { x } = inputs
      const [L, K] = inputs.biases.shape as [number, number]
      const C = x.shape[3]!
      const { y } = await answer(denseBlock, inputs, parameters)
      const comparisons = [{ label: 'input', expected: array('x'), actual: channels(y, 0, C) }]
      if (L > 1) {
        const fewer = { x, ...part(inputs, C, 0, L - 1) }
        const before = (await answer(denseBlock, fewer, parameters)).y
        const actual = channels(y, 0, C + K * (L - 1))
        comparisons.push({ label: 'all but the last layer', expected: before, actual })
      }
      return comparisons
    },
  }),
  law('all-before', {
    of: denseBlock,
    asks: [denseBlock, denseChannels],
    title: 'with all weights 1 at one pixel, each layer gives the sum of all maps before it',
    kills: [previousOnly, addsInput],
    async holds({ answer, arithmetic, parameters, sizes }) {
      const [L, C] = [sizes.L!, sizes.C!]
      const T = L * C + (L * (L - 1)) / 2
      const { y } = await answer(
        denseBlock,
        {
          x: build([1, 1, 1, C], () => 1),
          filters: build([3, 3, T, 1], () => 1),
          biases: build([L, 1], () => 0),
        },
        parameters,
      )
      const sums = Array.from({ length: L }, (_, l) => arithmetic.total(channels(y, 0, C + l).data))
      return [
        {
          label: 'sum of all before',
          expected: fromData([L], sums),
          actual: build([L], (l) => y.at(0, 0, 0, C + l)),
        },
      ]
    },
  }),
  law('ignored', {
    of: denseBlock,
    title: 'a layer whose filters for the input are zero does not depend on it',
    kills: [addsInput],
    async holds({ answer, inputs, parameters }) {
      const C = inputs.x.shape[3]!
      const filters = without(inputs.filters, inputs.biases, C, (_, channel) => channel < C)
      const other = fromData(
        inputs.x.shape,
        Array.from(inputs.x.data, (v) => 1 - v),
      )
      const ask = (x: Argument) => answer(denseBlock, { ...inputs, x, filters }, parameters)
      const [before, after] = [(await ask(inputs.x)).y, (await ask(other)).y]
      const maps = (y: typeof before) => channels(y, C, y.shape[3]! - C)
      return [{ label: 'maps of all layers', expected: maps(before), actual: maps(after) }]
    },
  }),
  worked('E-33', {
    of: denseBlock,
    title: 'the second layer takes the input as well as the first map',
    kills: [previousOnly],
    inputs: {
      x: tensor([1, 1, 1, 1], [1]),
      filters: tensor([3, 3, 3, 1], new Array<number>(27).fill(1)),
      biases: tensor([2, 1], [0, 0]),
    },
    parameters: { activation: 'linear' },
    notes: { y: [1, 1, 1] },
    gives: { y: [1, 1, 2] },
  }),
)

const gradientProperties = properties(
  gradient,
  agreement(denseBlockGradient, 'integers', {
    kills: [gradientLosesSlice, gradientIsSlice, gradientOfOwnSlice, gradientIgnoresRectifiers],
  }),
  agreement(denseBlockGradient, 'reals', {
    kills: [gradientLosesSlice, gradientOfOwnSlice, gradientIgnoresRectifiers],
  }),
  law('slice', {
    of: denseBlockGradient,
    title: 'when no layer looks at the input, its gradient is its slice, to the bit',
    kills: [gradientLosesSlice],
    async holds({ answer, array, inputs, parameters }) {
      const C = inputs.x.shape[3]!
      const filters = without(inputs.filters, inputs.biases, C, (_, channel) => channel < C)
      const { dx } = await answer(denseBlockGradient, { ...inputs, filters }, parameters)
      return [{ label: 'dx', expected: channels(array('dy'), 0, C), actual: dx }]
    },
  }),
  law('in-two', {
    of: denseBlockGradient,
    asks: [denseBlock, denseBlockGradient],
    title: 'what reaches the maps of earlier layers is the gradient of the later ones by them',
    kills: [gradientLosesSlice],
    share: 0.5,
    async holds(bench) {
      const { inputs } = bench
      const parameters = { ...bench.parameters }
      const { x, dy } = inputs
      const C = x.shape[3]!
      const L = inputs.biases.shape[0]!
      const whole = await bench.measure(denseBlockGradient, inputs, parameters)
      if (L === 1) return []
      const { toNumber } = bench.arithmetic
      const numbers = (array: typeof whole.dx): Argument =>
        fromData(array.shape, array.data.map(toNumber))
      const [first, rest] = [part(inputs, C, 0, 1), part(inputs, C, 1, L)]
      const maps = (await bench.measure(denseBlock, { x, ...first }, parameters)).y
      const later = await bench.measure(
        denseBlockGradient,
        { x: numbers(maps), ...rest, dy },
        parameters,
      )
      const earlier = await bench.measure(
        denseBlockGradient,
        { x, ...first, dy: numbers(later.dx) },
        parameters,
      )
      return [{ label: 'dx', expected: earlier.dx, actual: whole.dx }]
    },
  }),
  law('chain-of-ones', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [denseBlockGradient],
    title: 'three layers with all weights 1 send back 1, 2 and 4 beside the slice, by hand',
    kills: [gradientLosesSlice, gradientIsSlice, gradientOfOwnSlice],
    share: 0.01,
    async holds({ answer, exact }) {
      const d = await answer(
        denseBlockGradient,
        {
          x: tensor([1, 1, 1, 1], [1]),
          filters: tensor([3, 3, 6, 1], new Array<number>(54).fill(1)),
          biases: tensor([3, 1], [0, 0, 0]),
          dy: tensor([1, 1, 1, 4], [1, 1, 1, 1]),
        },
        { activation: 'relu' },
      )
      const hand = (shape: readonly number[], ...values: number[]) => exact(fromData(shape, values))
      return [
        { label: 'dx = 1 + 4 + 2 + 1', expected: hand([1, 1, 1, 1], 8), actual: d.dx },
        { label: 'dBiases = 4, 2, 1', expected: hand([3, 1], 4, 2, 1), actual: d.dBiases },
      ]
    },
  }),
)

export const denseProperties = [...concatProperties, ...gradientProperties]
