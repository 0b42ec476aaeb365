import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
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
import type { conv2d } from '../../../spec/cnn/conv2d.ts'
import { extent, paddingAmounts } from '../../../spec/cnn/window.ts'
import type { ParametersOf, Sizes } from '../../../spec/language/operation.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'
import { turned } from './conv2d-cases.ts'

type Pair = readonly [number, number]
type Geometry = Pick<ParametersOf<typeof conv2d>, 'strides' | 'dilations' | 'padding'>

/** Where the first window begins, at the top and at the left. */
function originOf({ strides, dilations, padding }: Geometry, { H, W, Hf, Wf }: Sizes): Pair {
  const [top] = paddingAmounts(padding, 0, H, extent(Hf, dilations[0]), strides[0])
  const [left] = paddingAmounts(padding, 1, W, extent(Wf, dilations[1]), strides[1])
  return [-top, -left]
}

/** Lays every gradient, times the filter, over the image, with whatever mistake `other` carries. */
function scattering(
  other: (geometry: Geometry) => { origin?: Pair; strides?: Pair; dilations?: Pair },
) {
  return ({ inputs, parameters, sizes }: Question<typeof conv2dInputGradient>) => {
    const { filters, dy } = inputs
    const { N, H, W, K, Hf, Wf, Ho, Wo, Q } = sizes
    const right = { origin: originOf(parameters, sizes), ...parameters }
    const { origin, strides: S, dilations: D } = { ...right, ...other(parameters) }
    const dx = build([N, H, W, K], (n, a, b, k) => {
      let total = 0
      for (let i = 0; i < Ho; i++)
        for (let j = 0; j < Wo; j++) {
          const [u, v] = [(a - origin[0] - S[0] * i) / D[0], (b - origin[1] - S[1] * j) / D[1]]
          if (!Number.isInteger(u) || !Number.isInteger(v)) continue
          if (u < 0 || v < 0 || u >= Hf || v >= Wf) continue
          for (let q = 0; q < Q; q++) total += filters.at(u, v, k, q) * dy.at(n, i, j, q)
        }
      return total
    })
    return { dx }
  }
}

/** The gradients at some places, and none elsewhere. */
const only = (
  dy: NumberArray<number>,
  kept: (n: number, i: number, j: number, q: number) => boolean,
) => ({ dy: build(dy.shape, (n, i, j, q) => (kept(n, i, j, q) ? dy.at(n, i, j, q) : 0)) })

const wrongInput = faultsOf(conv2dInputGradient, inputReference)
const wrongFilter = faultsOf(conv2dFilterGradient, filterReference)
const wrongBias = faultsOf(conv2dBiasGradient, biasReference)

export const inputForgetsTurn = wrongInput.inputs(
  'correlates with the filters as they are instead of turned round',
  ({ filters }) => ({ filters: turned(filters) }),
)

export const inputIgnoresDilation = wrongInput.answer(
  'ignores the dilation',
  scattering(() => ({ dilations: [1, 1] })),
)

export const inputIgnoresPadding = wrongInput.answer(
  'does not cut the padding off',
  scattering(() => ({ origin: [0, 0] })),
)

export const inputSwapsStrides = wrongInput.answer(
  'spreads rows by the horizontal stride and columns by the vertical one',
  scattering(({ strides: [Sh, Sw] }) => ({ strides: [Sw, Sh] })),
)

export const inputFirstFilter = wrongInput.inputs(
  'sends back the gradient of the first filter only',
  ({ dy }) => only(dy, (_n, _i, _j, q) => q === 0),
)

export const filterIgnoresDilation = wrongFilter.answer(
  'ignores the dilation',
  ({ inputs: { x, dy }, parameters, sizes }) => {
    const { N, H, W, K, Hf, Wf, Ho, Wo, Q } = sizes
    const [top, left] = originOf(parameters, sizes)
    const [Sh, Sw] = parameters.strides
    return {
      dFilters: build([Hf, Wf, K, Q], (u, v, k, q) =>
        sum(number, [N, Ho, Wo], (n, i, j) => {
          const [a, b] = [top + Sh * i + u, left + Sw * j + v]
          const inside = a >= 0 && b >= 0 && a < H && b < W
          return inside ? x.at(n, a, b, k) * dy.at(n, i, j, q) : 0
        }),
      ),
    }
  },
)

export const filterTurns = wrongFilter.outputs(
  'turns the gradient round, as for a flipped kernel',
  ({ dFilters }) => ({ dFilters: turned(dFilters) }),
)

export const filterAverages = wrongFilter.outputs(
  'takes the mean over the images of a batch',
  ({ dFilters }, { sizes: { N } }) => ({ dFilters: changed(dFilters, (value) => value / N) }),
)

export const filterOnePosition = wrongFilter.inputs(
  'takes the gradient of the first position only',
  ({ dy }) => only(dy, (_n, i, j) => i + j === 0),
)

export const biasAverages = wrongBias.outputs(
  'takes the mean over the positions',
  ({ dBias }, { sizes: { Ho, Wo } }) => ({ dBias: changed(dBias, (value) => value / (Ho * Wo)) }),
)

export const biasFirstImage = wrongBias.inputs('takes the first image of a batch only', ({ dy }) =>
  only(dy, (n) => n === 0),
)

export const biasFirstRow = wrongBias.inputs(
  'adds up the columns of the first row only',
  ({ dy }) => only(dy, (_n, i) => i === 0),
)
