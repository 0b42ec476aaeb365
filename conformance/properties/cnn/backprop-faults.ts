import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  conv2dBiasGradient as biasReference,
  conv2dFilterGradient as filterReference,
  conv2dInputGradient as inputReference,
} from '../../../reference/cnn/backprop.ts'
import {
  conv2dBiasGradient,
  conv2dFilterGradient,
  conv2dInputGradient,
} from '../../../spec/cnn/backprop.ts'
import { extent, paddingAmounts } from '../../../spec/cnn/window.ts'
import type { ParametersOf } from '../../../spec/language/operation.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { turned } from './conv2d-cases.ts'

type Four = [number, number, number, number]
type Pair = readonly [number, number]
type Numbers = NumberArray<number>
type Geometry = Pick<ParametersOf<typeof conv2dInputGradient>, 'strides' | 'dilations' | 'padding'>

/** Where the first window begins, at the top and at the left. */
function origin({ strides, dilations, padding }: Geometry, image: Pair, kernel: Pair): Pair {
  const before = (axis: 0 | 1) =>
    paddingAmounts(padding, axis, image[axis], extent(kernel[axis], dilations[axis]), strides[axis])
  return [-before(0)[0], -before(1)[0]]
}

/** Lays every gradient, times the filter, over the image, with whatever mistake the arguments carry. */
function scatter(filters: Numbers, dy: Numbers, image: Pair, start: Pair, S: Pair, D: Pair) {
  const [Hf, Wf, K, Q] = filters.shape as Four
  const [N, Ho, Wo] = dy.shape as Four
  return build([N, image[0], image[1], K], (n, a, b, k) => {
    let total = 0
    for (let i = 0; i < Ho; i++)
      for (let j = 0; j < Wo; j++) {
        const [u, v] = [(a - start[0] - S[0] * i) / D[0], (b - start[1] - S[1] * j) / D[1]]
        if (!Number.isInteger(u) || !Number.isInteger(v)) continue
        if (u < 0 || v < 0 || u >= Hf || v >= Wf) continue
        for (let q = 0; q < Q; q++) total += filters.at(u, v, k, q) * dy.at(n, i, j, q)
      }
    return total
  })
}

const wrongConv2dInputGradient = faultsOf(conv2dInputGradient, inputReference)
const wrongConv2dFilterGradient = faultsOf(conv2dFilterGradient, filterReference)
const wrongConv2dBiasGradient = faultsOf(conv2dBiasGradient, biasReference)

export const inputForgetsTurn = wrongConv2dInputGradient.inputs(
  'correlates with the filters as they are instead of turned round',
  ({ filters }) => ({ filters: turned(filters) }),
)

export const inputIgnoresDilation = wrongConv2dInputGradient.answer(
  'ignores the dilation',
  ({ inputs: { filters, dy }, parameters }) => {
    const image = parameters.imageSize as unknown as Pair
    const start = origin(parameters, image, filters.shape as unknown as Pair)
    return { dx: scatter(filters, dy, image, start, parameters.strides, [1, 1]) }
  },
)

export const inputIgnoresPadding = wrongConv2dInputGradient.answer(
  'does not cut the padding off',
  ({ inputs: { filters, dy }, parameters }) => {
    const image = parameters.imageSize as unknown as Pair
    const { strides, dilations } = parameters
    return { dx: scatter(filters, dy, image, [0, 0], strides, dilations) }
  },
)

export const inputSwapsStrides = wrongConv2dInputGradient.answer(
  'spreads rows by the horizontal stride and columns by the vertical one',
  ({ inputs: { filters, dy }, parameters }) => {
    const image = parameters.imageSize as unknown as Pair
    const start = origin(parameters, image, filters.shape as unknown as Pair)
    const [Sh, Sw] = parameters.strides
    return { dx: scatter(filters, dy, image, start, [Sw, Sh], parameters.dilations) }
  },
)

export const inputFirstFilter = wrongConv2dInputGradient.inputs(
  'sends back the gradient of the first filter only',
  ({ dy }) => {
    const first = build(dy.shape, (n, i, j, q) => (q === 0 ? dy.at(n, i, j, q) : 0))
    return { dy: first }
  },
)

export const filterIgnoresDilation = wrongConv2dFilterGradient.answer(
  'ignores the dilation',
  ({ inputs: { x, dy }, parameters }) => {
    const [N, H, W, K] = x.shape as Four
    const [, Ho, Wo, Q] = dy.shape as Four
    const [Hf, Wf] = parameters.kernelSize as unknown as Pair
    const start = origin(parameters, [H, W], [Hf, Wf])
    const [Sh, Sw] = parameters.strides
    return {
      dFilters: build([Hf, Wf, K, Q], (u, v, k, q) => {
        let total = 0
        for (let n = 0; n < N; n++)
          for (let i = 0; i < Ho; i++)
            for (let j = 0; j < Wo; j++) {
              const [a, b] = [start[0] + Sh * i + u, start[1] + Sw * j + v]
              if (a >= 0 && b >= 0 && a < H && b < W) total += x.at(n, a, b, k) * dy.at(n, i, j, q)
            }
        return total
      }),
    }
  },
)

export const filterTurns = wrongConv2dFilterGradient.outputs(
  'turns the gradient round, as for a flipped kernel',
  (outputs) => ({ dFilters: turned(outputs.dFilters) }),
)

export const filterAverages = wrongConv2dFilterGradient.outputs(
  'takes the mean over the images of a batch',
  (outputs, { inputs }) => {
    const N = inputs.x.shape[0]!
    return { dFilters: changed(outputs.dFilters, (value) => value / N) }
  },
)

export const filterOnePosition = wrongConv2dFilterGradient.inputs(
  'takes the gradient of the first position only',
  ({ dy }) => {
    const first = build(dy.shape, (n, i, j, q) => (i + j === 0 ? dy.at(n, i, j, q) : 0))
    return { dy: first }
  },
)

export const biasAverages = wrongConv2dBiasGradient.outputs(
  'takes the mean over the positions',
  (outputs, { inputs }) => {
    const [, Ho, Wo] = inputs.dy.shape as Four
    return { dBias: changed(outputs.dBias, (value) => value / (Ho * Wo)) }
  },
)

export const biasFirstImage = wrongConv2dBiasGradient.inputs(
  'takes the first image of a batch only',
  ({ dy }) => {
    const first = build(dy.shape, (n, i, j, q) => (n === 0 ? dy.at(n, i, j, q) : 0))
    return { dy: first }
  },
)

export const biasFirstRow = wrongConv2dBiasGradient.inputs(
  'adds up the columns of the first row only',
  ({ dy }) => {
    const first = build(dy.shape, (n, i, j, q) => (i === 0 ? dy.at(n, i, j, q) : 0))
    return { dy: first }
  },
)
