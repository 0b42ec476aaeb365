import { build } from '../../../reference/arithmetic/array.ts'
import {
  tconv2dGradient as gradientReference,
  tconv2d as reference,
} from '../../../reference/gan/tconv.ts'
import { tconv2d, tconv2dGradient } from '../../../spec/gan/tconv.ts'
import type { ParametersOf } from '../../../spec/language/operation.ts'
import { changed, part, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf, keepsLast, type Question } from '../../kit/faults.ts'

type Pair = readonly [number, number]
type Geometry = ParametersOf<typeof tconv2d>
interface Laying {
  /** The row and column of the result at which the filter of the first number begins. */
  readonly origin: Pair
  readonly strides: Pair
  readonly dilations: Pair
}

/** How often filters overlap is passed on, so that a mistake may do something else than add. */
type Meeting = (products: readonly number[]) => number

const total: Meeting = (products) => products.reduce((sum, product) => sum + product, 0)

/** Lays every number of the input, times the filter, over the result, with whatever mistake `other` carries. */
function laying(other: (geometry: Geometry) => Partial<Laying>, meeting: Meeting = total) {
  return ({ inputs, parameters, sizes }: Question<typeof tconv2d>) => {
    const { z, filters, bias } = inputs
    const { N, H, W, K, A, Hf, Wf, Ho, Wo, Q } = sizes
    const right: Laying = {
      origin: [-parameters.padding[0], -parameters.padding[2]],
      strides: parameters.strides,
      dilations: parameters.dilations,
    }
    const { origin, strides: S, dilations: D } = { ...right, ...other(parameters) }
    const B = Q / parameters.groups
    return {
      y: build([N, H, W, K], (n, a, b, k) => {
        const met: number[] = []
        for (let i = 0; i < Ho; i++)
          for (let j = 0; j < Wo; j++) {
            const [u, v] = [(a - origin[0] - S[0] * i) / D[0], (b - origin[1] - S[1] * j) / D[1]]
            if (!Number.isInteger(u) || !Number.isInteger(v)) continue
            if (u < 0 || v < 0 || u >= Hf || v >= Wf) continue
            const first = Math.floor(k / A) * B
            let sum = 0
            for (let q = first; q < first + B; q++) {
              sum += filters.at(u, v, k % A, q) * z.at(n, i, j, q)
            }
            met.push(sum)
          }
        return meeting(met) + bias.at(k)
      }),
    }
  }
}

/** How much of the result the kernel reaches, from the top and from the left. */
function reachOf(
  { strides, dilations, padding }: Geometry,
  { Ho, Wo, Hf, Wf }: Readonly<Record<string, number>>,
): Pair {
  return [
    (Ho! - 1) * strides[0] + dilations[0] * (Hf! - 1) + 1 - padding[0],
    (Wo! - 1) * strides[1] + dilations[1] * (Wf! - 1) + 1 - padding[2],
  ]
}

const wrong = faultsOf(tconv2d, reference)
const wrongGradient = faultsOf(tconv2dGradient, gradientReference)

export const turnsFilter = wrong.inputs(
  'lays the filter turned by half a circle, as a convolution of the spread input with the filter itself does',
  ({ filters }, { sizes: { Hf, Wf } }) => ({
    filters: permuted(filters, (u, v, a, q) => [Hf - 1 - u, Wf - 1 - v, a, q]),
  }),
)

export const forgetsBias = wrong.inputs('forgets the bias', ({ bias }) => ({
  bias: zeros(bias.shape),
}))

export const keepsBias = keepsLast(tconv2d, reference, 'bias')

export const swapsStrides = wrong.answer(
  'steps along rows by the horizontal stride and along columns by the vertical one',
  laying(({ strides: [Sh, Sw] }) => ({ strides: [Sw, Sh] })),
)

export const ignoresDilation = wrong.answer(
  'ignores the dilation',
  laying(() => ({ dilations: [1, 1] })),
)

export const cutsNothing = wrong.answer(
  'cuts nothing off at the top and left',
  laying(() => ({ origin: [0, 0] })),
)

export const cutsOtherSide = wrong.answer(
  'cuts off at the top and left what belongs to the bottom and right',
  laying(({ padding }) => ({ origin: [-padding[1], -padding[3]] })),
)

export const morePaddingFirst = wrong.answer(
  'adds the output padding at the top and left',
  laying(({ padding, outputPadding }) => ({
    origin: [outputPadding[0] - padding[0], outputPadding[1] - padding[2]],
  })),
)

export const overwrites = wrong.answer(
  'keeps the last of the numbers that overlap instead of adding them',
  laying(
    () => ({}),
    (products) => products.at(-1) ?? 0,
  ),
)

export const averagesOverlap = wrong.answer(
  'takes the mean of what overlaps',
  laying(
    () => ({}),
    (products) => total(products) / Math.max(1, products.length),
  ),
)

export const appendsZeros = wrong.outputs(
  'appends rows and columns of zeros for the output padding, whatever the kernel reaches',
  ({ y }, { inputs: { bias }, parameters: { outputPadding }, sizes: { H, W } }) => ({
    y: build(y.shape, (n, a, b, k) =>
      a >= H - outputPadding[0] || b >= W - outputPadding[1] ? bias.at(k) : y.at(n, a, b, k),
    ),
  }),
)

export const noBiasBehind = wrong.outputs(
  'adds the bias only where the kernel reaches',
  ({ y }, { parameters, sizes }) => {
    const [rows, columns] = reachOf(parameters, sizes)
    return {
      y: build(y.shape, (n, a, b, k) => (a < rows && b < columns ? y.at(n, a, b, k) : 0)),
    }
  },
)

export const seesAllGroups = wrong.outputs(
  'lets the channels of every group see the whole input',
  ({ y }, { inputs: { z, filters, bias }, parameters, sizes: { K, A, Q }, right }) => {
    const whole = build(filters.shape.with(2, K), (u, v, k, q) => filters.at(u, v, k % A, q))
    return Q === 1 ? { y } : right({ z, filters: whole, bias }, { ...parameters, groups: 1 })
  },
)

export const interleavesGroups = wrong.outputs(
  'puts the channels of the groups next to each other, one of each group',
  ({ y }, { parameters: { groups }, sizes: { A } }) => ({
    y: permuted(y, (n, a, b, k) => [n, a, b, (k % groups) * A + Math.floor(k / groups)]),
  }),
)

export const firstChannelOnly = wrong.inputs(
  'takes the first channel of each group of the input only',
  ({ z }, { parameters: { groups }, sizes: { Q } }) => ({
    z: changed(z, (value, at) => ((at % Q) % (Q / groups) === 0 ? value : 0)),
  }),
)

export const inverts = wrong.outputs(
  'E-52 read literally: gives the image of which the input is the response, where a kernel of one pixel tells it',
  ({ y }, { inputs: { z, filters }, parameters, sizes: { Hf, Wf, A, Q } }) => {
    const weight = filters.data[0]!
    const single = Hf * Wf * A * Q === 1 && Math.max(...parameters.strides) === 1
    const whole = parameters.padding.every((n) => n === 0) && y.data.length === z.data.length
    return single && whole && weight !== 0 ? { y: changed(z, (value) => value / weight) } : { y }
  },
)

export const inputTurned = wrongGradient.outputs(
  'turns the filter for the gradient by the input',
  (_, { inputs, parameters, right, sizes: { Hf, Wf } }) => {
    const filters = permuted(inputs.filters, (u, v, a, q) => [Hf - 1 - u, Wf - 1 - v, a, q])
    return { dz: right({ ...inputs, filters }, parameters).dz }
  },
)

export const inputEveryRow = wrongGradient.outputs(
  'forgets the stride of the convolution that gives the gradient by the input',
  ({ dz }, { inputs, parameters, right }) => {
    const dense = right(inputs, { ...parameters, strides: [1, 1] })
    return { dz: part(dense.dz, dz.shape) }
  },
)

export const filterTurned = wrongGradient.outputs(
  'turns the gradient by the filters',
  ({ dFilters }, { sizes: { Hf, Wf } }) => ({
    dFilters: permuted(dFilters, (u, v, a, q) => [Hf - 1 - u, Wf - 1 - v, a, q]),
  }),
)

export const filterAverages = wrongGradient.outputs(
  'takes the mean over the images for the gradient by the filters',
  ({ dFilters }, { sizes: { N } }) => ({ dFilters: changed(dFilters, (value) => value / N) }),
)

export const filterFirstGroup = wrongGradient.outputs(
  'gives the filters of all groups the gradient of the first',
  ({ dFilters }, { parameters: { groups }, sizes: { Q } }) => ({
    dFilters: permuted(dFilters, (u, v, a, q) => [u, v, a, q % (Q / groups)]),
  }),
)

export const biasWhereReached = wrongGradient.outputs(
  'adds up for the bias only what arrives where the kernel reaches',
  (_, { inputs: { dy }, parameters, sizes }) => {
    const [rows, columns] = reachOf(parameters, sizes)
    const { N, H, W, K } = sizes
    return {
      dBias: build([K], (k) => {
        let sum = 0
        for (let n = 0; n < N; n++)
          for (let a = 0; a < Math.min(H, rows); a++)
            for (let b = 0; b < Math.min(W, columns); b++) sum += dy.at(n, a, b, k)
        return sum
      }),
    }
  },
)

export const biasAverages = wrongGradient.outputs(
  'takes the mean over the places for the gradient by the bias',
  ({ dBias }, { sizes: { H, W } }) => ({ dBias: changed(dBias, (value) => value / (H * W)) }),
)
