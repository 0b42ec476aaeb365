import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  averagePool as averageReference,
  maxPool as maxReference,
  poolOutputSize as sizeReference,
} from '../../../reference/cnn/pool.ts'
import { layPoolWindows } from '../../../reference/cnn/pool-window.ts'
import { averagePool, maxPool, poolOutputSize } from '../../../spec/cnn/pool.ts'
import { changed, part, permuted, row } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

type Under = (numbers: readonly number[], places: number) => number
type Pooled = typeof maxPool | typeof averagePool

/** Combines the numbers under each window of a channel in another way. */
function combining(of: Under) {
  return ({ inputs: { x }, parameters, sizes: { N, H, W, K } }: Question<Pooled>) => {
    const { Ho, Wo, pixels } = layPoolWindows([H, W], parameters)
    const places = parameters.kernel[0] * parameters.kernel[1]
    return {
      y: build([N, Ho, Wo, K], (n, i, j, k) =>
        of(
          pixels(i, j).map(([p, q]) => x.at(n, p, q, k)),
          places,
        ),
      ),
    }
  }
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, v) => sum + v, 0)
const largestOf = (numbers: readonly number[]) => Math.max(...numbers)

const wrongMax = faultsOf(maxPool, maxReference)
const wrongAverage = faultsOf(averagePool, averageReference)
const wrongSize = faultsOf(poolOutputSize, sizeReference)

export const maxPadsZeros = wrongMax.answer(
  'lets the padding take part as 0',
  combining((under, places) => largestOf(under.length < places ? [...under, 0] : under)),
)

export const maxStartsAtZero = wrongMax.answer(
  'starts the search for the largest number at 0',
  combining((under) => Math.max(0, ...under)),
)

export const maxOfMagnitudes = wrongMax.answer(
  'takes the number of the largest size, whatever its sign',
  combining((under) =>
    under.reduce((largest, v) => (Math.abs(v) > Math.abs(largest) ? v : largest)),
  ),
)

export const maxSkipsNaN = wrongMax.answer(
  'compares with >, which passes over NaN',
  combining((under) =>
    under.reduce((largest, v) => (v > largest ? v : largest), Number.NEGATIVE_INFINITY),
  ),
)

export const maxIsAverage = wrongMax.answer(
  'averages',
  combining((under) => sumOf(under) / under.length),
)

export const maxSwapsKernel = wrongMax.parameters(
  'swaps the sides of the kernel where the image allows it',
  ({ kernel: [h, w], padding }) => (padding === 'same' ? { kernel: [w, h] } : {}),
)

export const maxSamePadsBefore = wrongMax.answer(
  'puts the larger half of `same` at the top and left',
  ({ inputs, parameters, sizes: { H, W }, right }) => {
    const { kernel, strides, padding } = parameters
    const turn = (a: NumberArray<number>) => {
      const [, rows, columns] = a.shape
      return permuted(a, (n, i, j, k) => [n, rows - 1 - i, columns - 1 - j, k])
    }
    const fits = (size: number, axis: 0 | 1) =>
      (Math.ceil(size / strides[axis]) - 1) * strides[axis] + kernel[axis] >= size
    if (padding !== 'same' || !fits(H, 0) || !fits(W, 1)) return right(inputs, parameters)
    return { y: turn(right({ x: turn(inputs.x) }, parameters).y) }
  },
)

export const maxAcrossChannels = wrongMax.outputs(
  'takes the largest number of all channels',
  ({ y }, { sizes: { K } }) => ({
    y: build(y.shape, (n, i, j) =>
      largestOf(Array.from({ length: K }, (_, k) => y.at(n, i, j, k))),
    ),
  }),
)

/** The output of stride 1, cut to the size that is asked for. */
function undivided(
  { y }: { readonly y: NumberArray<number> },
  { inputs, parameters, right }: Question<Pooled>,
) {
  if (parameters.padding === 'same') return { y }
  return { y: part(right(inputs, { ...parameters, strides: [1, 1] }).y, y.shape) }
}

export const maxShiftsWindows = wrongMax.outputs(
  'keeps stride 1 and cuts the output to size',
  undivided,
)

export const averageCountsPadding = wrongAverage.answer(
  'divides by the places of the kernel, padding included',
  combining((under, places) => sumOf(under) / places),
)

export const averageSums = wrongAverage.answer('sums without dividing', combining(sumOf))

export const averageUnbiased = wrongAverage.answer(
  'divides by one less than the number of pixels',
  combining((under) => sumOf(under) / Math.max(1, under.length - 1)),
)

export const averageIsMaximum = wrongAverage.answer(
  'takes the largest number',
  combining(largestOf),
)

export const averageAcrossChannels = wrongAverage.outputs(
  'averages over the channels as well',
  ({ y }, { sizes: { K } }) => ({
    y: build(y.shape, (n, i, j) => sum(number, [K], (k) => y.at(n, i, j, k)) / K),
  }),
)

export const averageShiftsWindows = wrongAverage.outputs(
  'keeps stride 1 and cuts the output to size',
  undivided,
)

export const sizeRoundsUp = wrongSize.outputs(
  'rounds up, for a last window that does not fit',
  ({ size }, { parameters: { rows, columns, kernel, strides, padding } }) => {
    if (padding !== 'valid') return { size }
    const rest = (axis: number) => ([rows, columns][axis] - kernel[axis]) % strides[axis]
    return { size: changed(size, (count, axis) => (rest(axis) > 0 ? count + 1 : count)) }
  },
)

export const sizeForgetsLast = wrongSize.outputs(
  'counts the steps between windows, one too few',
  ({ size }) => ({ size: changed(size, (count) => count - 1) }),
)

export const sizeNeedsStride = wrongSize.answer(
  'lets only the stride make the output smaller',
  ({ parameters: { rows, columns, strides } }) => ({
    size: row(Math.ceil(rows / strides[0]), Math.ceil(columns / strides[1])),
  }),
)

export const sizeAlwaysShrinks = wrongSize.outputs(
  'E-08 read literally: loses a row whenever the stride equals the kernel',
  ({ size }, { parameters: { rows, columns, kernel, strides } }) => ({
    size: changed(size, (count, axis) =>
      kernel[axis] === strides[axis] ? Math.min(count, [rows, columns][axis] - 1) : count,
    ),
  }),
)

export const sizeSwapsAxes = wrongSize.outputs('gives columns before rows', ({ size }) => ({
  size: permuted(size, (axis) => [1 - axis]),
}))

export const maxRoundsUp = wrongMax.parameters(
  'lets a last window reach over the border where it does not fit, as ceil mode does',
  ({ kernel, strides, padding }, { sizes: { H, W } }) => {
    if (padding !== 'valid') return {}
    const more = (axis: 0 | 1) => {
      const rest = ([H, W][axis] - kernel[axis]) % strides[axis]
      const missing = strides[axis] - rest
      return rest > 0 && missing < kernel[axis] ? missing : 0
    }
    return { padding: [0, more(0), 0, more(1)] }
  },
)

export const maxWeighsChannels = wrongMax.outputs(
  'lets the first channel stand for all',
  ({ y }) => ({ y: permuted(y, (n, i, j) => [n, i, j, 0]) }),
)

export const averageWeighsChannels = wrongAverage.outputs(
  'lets the first channel stand for all',
  ({ y }) => ({ y: permuted(y, (n, i, j) => [n, i, j, 0]) }),
)

export const maxSums = wrongMax.answer('sums up what is under the window', combining(sumOf))

export const maxTakesFirst = wrongMax.answer(
  'takes the first number under the window, as a stride without pooling does',
  combining(([first]) => first),
)

export const averageTakesFirst = wrongAverage.answer(
  'takes the first number under the window, as a stride without pooling does',
  combining(([first]) => first),
)

export const averageRectifies = wrongAverage.inputs('averages what is above 0 only', ({ x }) => ({
  x: changed(x, (v) => Math.max(0, v)),
}))

export const sizeShrinksTwice = wrongSize.outputs(
  'divides the rows by the kernel and leaves the columns',
  ({ size }, { parameters: { columns } }) => ({ size: row(size.at(0), columns) }),
)

const anything = () => ({ y: tensor([1, 1, 1, 1], [0]) })

export const maxAccepts = wrongMax.accepts('answers whatever the padding', anything)

export const averageAccepts = wrongAverage.accepts('answers whatever the padding', anything)
