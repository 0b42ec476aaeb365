import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  averagePool as averageReference,
  maxPool as maxReference,
  poolOutputSize as sizeReference,
} from '../../../reference/cnn/pool.ts'
import { layPoolWindows, type Pooling } from '../../../reference/cnn/pool-window.ts'
import { averagePool, maxPool, poolOutputSize } from '../../../spec/cnn/pool.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

/** The numbers under each window of a channel, as a fault wants to combine them. */
function combine(
  x: NumberArray<number>,
  pooling: Pooling,
  of: (under: readonly number[], places: number) => number,
) {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const { Ho, Wo, pixels } = layPoolWindows([H, W], pooling)
  const places = pooling.kernel[0] * pooling.kernel[1]
  const y = build([N, Ho, Wo, K], (n, i, j, k) =>
    of(
      pixels(i, j).map(([p, q]) => x.at(n, p, q, k)),
      places,
    ),
  )
  return { y }
}

const swapped = ([vertical, horizontal]: readonly [number, number]) =>
  [horizontal, vertical] as const

const wrongMaxPool = faultsOf(maxPool, maxReference)
const wrongAveragePool = faultsOf(averagePool, averageReference)
const wrongPoolOutputSize = faultsOf(poolOutputSize, sizeReference)

export const maxPadsZeros = wrongMaxPool.answer(
  'lets the padding take part as 0',
  ({ inputs, parameters }) =>
    combine(inputs.x, parameters, (under, places) =>
      Math.max(...under, under.length < places ? 0 : Number.NEGATIVE_INFINITY),
    ),
)

export const maxStartsAtZero = wrongMaxPool.answer(
  'starts the search for the largest number at 0',
  ({ inputs, parameters }) => combine(inputs.x, parameters, (under) => Math.max(0, ...under)),
)

export const maxOfMagnitudes = wrongMaxPool.answer(
  'takes the number of the largest size, whatever its sign',
  ({ inputs, parameters }) =>
    combine(inputs.x, parameters, (under) =>
      under.reduce((largest, v) => (Math.abs(v) > Math.abs(largest) ? v : largest)),
    ),
)

export const maxSkipsNaN = wrongMaxPool.answer(
  'compares with >, which passes over NaN',
  ({ inputs, parameters }) =>
    combine(inputs.x, parameters, (under) =>
      under.reduce((largest, v) => (v > largest ? v : largest), Number.NEGATIVE_INFINITY),
    ),
)

export const maxIsAverage = wrongMaxPool.answer('averages', ({ inputs, parameters }) =>
  averageReferenceOf(inputs.x, parameters),
)

function averageReferenceOf(x: NumberArray<number>, pooling: Pooling) {
  return combine(x, pooling, (under) => under.reduce((sum, v) => sum + v, 0) / under.length)
}

export const maxSwapsKernel = wrongMaxPool.answer(
  'swaps the sides of the kernel where the image allows it',
  ({ inputs, parameters, right }) => {
    const { kernel, padding } = parameters
    const { y } = right(inputs, parameters)
    if (padding !== 'same') return { y }
    return right(inputs, { ...parameters, kernel: swapped(kernel) })
  },
)

export const maxSamePadsBefore = wrongMaxPool.answer(
  'puts the larger half of `same` at the top and left',
  ({ inputs, parameters, right }) => {
    if (parameters.padding !== 'same') return right(inputs, parameters)
    const { x } = inputs
    const [H, W] = x.shape.slice(1) as [number, number]
    const turn = (a: NumberArray<number>) =>
      build(a.shape, (n, i, j, k) => a.at(n, a.shape[1]! - 1 - i, a.shape[2]! - 1 - j, k))
    const fits = (size: number, axis: 0 | 1) =>
      (Math.ceil(size / parameters.strides[axis]) - 1) * parameters.strides[axis] +
        parameters.kernel[axis] >=
      size
    if (!fits(H, 0) || !fits(W, 1)) return right(inputs, parameters)
    return { y: turn(right({ x: turn(x) }, parameters).y) }
  },
)

export const maxAcrossChannels = wrongMaxPool.outputs(
  'takes the largest number of all channels',
  ({ y }) => {
    const K = y.shape[3]!
    return {
      y: build(y.shape, (n, i, j) =>
        Math.max(...Array.from({ length: K }, (_, k) => y.at(n, i, j, k))),
      ),
    }
  },
)

export const maxShiftsWindows = wrongMaxPool.answer(
  'keeps stride 1 and cuts the output to size',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    if (parameters.padding === 'same') return { y }
    const dense = right(inputs, { ...parameters, strides: [1, 1] }).y
    return { y: build(y.shape, (...at) => dense.at(...at)) }
  },
)

export const averageCountsPadding = wrongAveragePool.answer(
  'divides by the places of the kernel, padding included',
  ({ inputs, parameters }) =>
    combine(inputs.x, parameters, (under, places) => under.reduce((sum, v) => sum + v, 0) / places),
)

export const averageSums = wrongAveragePool.answer(
  'sums without dividing',
  ({ inputs, parameters }) =>
    combine(inputs.x, parameters, (under) => under.reduce((sum, v) => sum + v, 0)),
)

export const averageUnbiased = wrongAveragePool.answer(
  'divides by one less than the number of pixels',
  ({ inputs, parameters }) =>
    combine(
      inputs.x,
      parameters,
      (under) => under.reduce((sum, v) => sum + v, 0) / Math.max(1, under.length - 1),
    ),
)

export const averageIsMaximum = wrongAveragePool.answer(
  'takes the largest number',
  ({ inputs, parameters }) => combine(inputs.x, parameters, (under) => Math.max(...under)),
)

export const averageAcrossChannels = wrongAveragePool.outputs(
  'averages over the channels as well',
  ({ y }) => {
    const K = y.shape[3]!
    return {
      y: build(y.shape, (n, i, j) => {
        let sum = 0
        for (let k = 0; k < K; k++) sum += y.at(n, i, j, k)
        return sum / K
      }),
    }
  },
)

export const averageShiftsWindows = wrongAveragePool.answer(
  'keeps stride 1 and cuts the output to size',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    if (parameters.padding === 'same') return { y }
    const dense = right(inputs, { ...parameters, strides: [1, 1] }).y
    return { y: build(y.shape, (...at) => dense.at(...at)) }
  },
)

export const sizeRoundsUp = wrongPoolOutputSize.answer(
  'rounds up, for a last window that does not fit',
  ({ inputs, parameters, right }) => {
    const { size } = right(inputs, parameters)
    const { rows, columns, kernel, strides, padding } = parameters
    if (padding !== 'valid') return { size }
    return {
      size: changed(size, (count, axis) => {
        const rest = ([rows, columns][axis]! - kernel[axis]!) % strides[axis]!
        return rest > 0 ? count + 1 : count
      }),
    }
  },
)

export const sizeForgetsLast = wrongPoolOutputSize.outputs(
  'counts the steps between windows, one too few',
  (outputs) => ({
    size: changed(outputs.size, (count) => count - 1),
  }),
)

export const sizeNeedsStride = wrongPoolOutputSize.answer(
  'lets only the stride make the output smaller',
  ({ parameters }) => ({
    size: build([2], (axis) =>
      Math.ceil([parameters.rows, parameters.columns][axis]! / parameters.strides[axis]!),
    ),
  }),
)

export const sizeAlwaysShrinks = wrongPoolOutputSize.outputs(
  'E-08 read literally: loses a row whenever the stride equals the kernel',
  ({ size }, { parameters: { rows, columns, kernel, strides } }) => {
    const given = [rows, columns]
    return {
      size: build([2], (axis) =>
        kernel[axis] === strides[axis] ? Math.min(size.at(axis), given[axis]! - 1) : size.at(axis),
      ),
    }
  },
)

export const sizeSwapsAxes = wrongPoolOutputSize.outputs(
  'gives columns before rows',
  ({ size }) => {
    return { size: build([2], (axis) => size.at(1 - axis)) }
  },
)

export const maxRoundsUp = wrongMaxPool.answer(
  'lets a last window reach over the border where it does not fit, as ceil mode does',
  ({ inputs, parameters, right }) => {
    const { kernel, strides, padding } = parameters
    if (padding !== 'valid') return right(inputs, parameters)
    const more = (axis: 0 | 1) => {
      const rest = (inputs.x.shape[axis + 1]! - kernel[axis]) % strides[axis]
      const missing = strides[axis] - rest
      return rest > 0 && missing < kernel[axis] ? missing : 0
    }
    return right(inputs, { ...parameters, padding: [0, more(0), 0, more(1)] })
  },
)

export const maxWeighsChannels = wrongMaxPool.outputs(
  'lets the first channel stand for all',
  ({ y }) => {
    return { y: build(y.shape, (n, i, j) => y.at(n, i, j, 0)) }
  },
)

export const averageWeighsChannels = wrongAveragePool.outputs(
  'lets the first channel stand for all',
  ({ y }) => {
    return { y: build(y.shape, (n, i, j) => y.at(n, i, j, 0)) }
  },
)

export const maxSums = wrongMaxPool.answer(
  'sums up what is under the window',
  ({ inputs, parameters }) =>
    combine(inputs.x, parameters, (under) => under.reduce((sum, v) => sum + v, 0)),
)

export const maxTakesFirst = wrongMaxPool.answer(
  'takes the first number under the window, as a stride without pooling does',
  ({ inputs, parameters }) => combine(inputs.x, parameters, (under) => under[0]!),
)

export const averageTakesFirst = wrongAveragePool.answer(
  'takes the first number under the window, as a stride without pooling does',
  ({ inputs, parameters }) => combine(inputs.x, parameters, (under) => under[0]!),
)

export const averageRectifies = wrongAveragePool.inputs(
  'averages what is above 0 only',
  ({ x }) => ({ x: changed(x, (v) => Math.max(0, v)) }),
)

export const sizeShrinksTwice = wrongPoolOutputSize.outputs(
  'divides the rows by the kernel and leaves the columns',
  ({ size }, { parameters }) => {
    return { size: build([2], (axis) => (axis === 0 ? size.at(0) : parameters.columns)) }
  },
)
