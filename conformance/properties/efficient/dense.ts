import { fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { concat, denseBlock, denseBlockGradient, gradient } from '../../../spec/efficient/dense.ts'
import { denseChannels } from '../../../spec/efficient/densenet.ts'
import type { Sizes } from '../../../spec/language/operation.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled, numbers, part, plain, row, zeros } from '../../kit/arrays.ts'
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

/** The filters and biases of the layers from one to before another. */
function layers(
  { filters, biases }: { readonly filters: Tensor; readonly biases: Tensor },
  { C, K }: Sizes,
  from: number,
  to: number,
) {
  const start = (l: number) => l * C + (K * l * (l - 1)) / 2
  return {
    filters: part(plain(filters), [3, 3, start(to) - start(from), K], [0, 0, start(from)]),
    biases: part(plain(biases), [to - from, K], [from]),
  }
}

/** Some of the channels, from one on. */
const channels = <T>(y: NumberArray<T>, from: number, count: number) =>
  part(y, y.shape.with(3, count), [0, 0, 0, from])

/** The filters with those for the input of the block set to zero. */
const ignoringInput = (filters: Tensor, sizes: Sizes) =>
  without(plain(filters), sizes, (_layer, channel) => channel < sizes.C)

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
    async holds({ answer, array, inputs, parameters, sizes }) {
      const { C, K, L } = sizes
      const { y } = await answer(denseBlock, inputs, parameters)
      const comparisons = [{ label: 'input', expected: array('x'), actual: channels(y, 0, C) }]
      if (L > 1) {
        const fewer = { x: inputs.x, ...layers(inputs, sizes, 0, L - 1) }
        comparisons.push({
          label: 'all but the last layer',
          expected: (await answer(denseBlock, fewer, parameters)).y,
          actual: channels(y, 0, C + K * (L - 1)),
        })
      }
      return comparisons
    },
  }),
  law('all-before', {
    of: denseBlock,
    asks: [denseBlock, denseChannels],
    title: 'with all weights 1 at one pixel, each layer gives the sum of all maps before it',
    kills: [previousOnly, addsInput],
    async holds({ answer, arithmetic, parameters, sizes: { C, L } }) {
      const ones = {
        x: filled([1, 1, 1, C], 1),
        filters: filled([3, 3, L * C + (L * (L - 1)) / 2, 1], 1),
        biases: zeros([L, 1]),
      }
      const { y } = await answer(denseBlock, ones, parameters)
      const before = Array.from({ length: L }, (_, l) => channels(y, 0, C + l))
      return [
        {
          label: 'sum of all before',
          expected: row(...before.map(({ data }) => arithmetic.total(data))),
          actual: fromData([L], channels(y, C, L).data),
        },
      ]
    },
  }),
  law('ignored', {
    of: denseBlock,
    title: 'a layer whose filters for the input are zero does not depend on it',
    kills: [addsInput],
    async holds({ answer, inputs, parameters, sizes }) {
      const filters = ignoringInput(inputs.filters, sizes)
      const mapsOf = async (x: Argument) => {
        const { y } = await answer(denseBlock, { ...inputs, x, filters }, parameters)
        return channels(y, sizes.C, y.shape[3] - sizes.C)
      }
      return [
        {
          label: 'maps of all layers',
          expected: await mapsOf(inputs.x),
          actual: await mapsOf(changed(inputs.x, (value) => 1 - value)),
        },
      ]
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
    async holds({ answer, array, inputs, parameters, sizes }) {
      const filters = ignoringInput(inputs.filters, sizes)
      const { dx } = await answer(denseBlockGradient, { ...inputs, filters }, parameters)
      return [{ label: 'dx', expected: channels(array('dy'), 0, sizes.C), actual: dx }]
    },
  }),
  law('in-two', {
    of: denseBlockGradient,
    asks: [denseBlock, denseBlockGradient],
    title: 'what reaches the maps of earlier layers is the gradient of the later ones by them',
    kills: [gradientLosesSlice],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters, sizes }) {
      const { x, dy } = inputs
      const whole = await measure(denseBlockGradient, inputs, parameters)
      if (sizes.L === 1) return []
      const [first, rest] = [layers(inputs, sizes, 0, 1), layers(inputs, sizes, 1, sizes.L)]
      const maps = numbers(arithmetic, (await measure(denseBlock, { x, ...first }, parameters)).y)
      const later = await measure(denseBlockGradient, { x: maps, ...rest, dy }, parameters)
      const back = numbers(arithmetic, later.dx)
      const earlier = await measure(denseBlockGradient, { x, ...first, dy: back }, parameters)
      return [{ label: 'dx', expected: earlier.dx, actual: whole.dx }]
    },
  }),
  worked('chain-of-ones', {
    of: denseBlockGradient,
    title: 'three layers with all weights 1 send back 1, 2 and 4 beside the slice, by hand',
    kills: [gradientLosesSlice, gradientIsSlice, gradientOfOwnSlice],
    inputs: {
      x: tensor([1, 1, 1, 1], [1]),
      filters: tensor([3, 3, 6, 1], new Array<number>(54).fill(1)),
      biases: tensor([3, 1], [0, 0, 0]),
      dy: tensor([1, 1, 1, 4], [1, 1, 1, 1]),
    },
    parameters: { activation: 'relu' },
    gives: { dx: [1 + 4 + 2 + 1], dBiases: [4, 2, 1] },
  }),
)

export const denseProperties = [...concatProperties, ...gradientProperties]
