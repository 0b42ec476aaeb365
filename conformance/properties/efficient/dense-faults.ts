import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  denseBlockGradient as gradientReference,
  denseBlock as reference,
} from '../../../reference/efficient/dense.ts'
import { denseBlock, denseBlockGradient } from '../../../spec/efficient/dense.ts'
import type { Sizes } from '../../../spec/language/operation.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

/** The filters of some input channels of some layers set to zero; both are counted from 0. */
export function without(
  filters: Numbers,
  { C, K, L }: Sizes,
  cut: (layer: number, channel: number) => boolean,
): Numbers {
  const places = Array.from({ length: L }, (_, layer) =>
    Array.from({ length: C + K * layer }, (_, channel) => [layer, channel] as const),
  ).flat()
  return build(filters.shape, (u, v, t, k) => (cut(...places[t]) ? 0 : filters.at(u, v, t, k)))
}

const wrong = faultsOf(denseBlock, reference)
const wrongGradient = faultsOf(denseBlockGradient, gradientReference)

export const previousOnly = wrong.inputs(
  'E-33 read literally: gives a layer the maps of the layer before it only',
  ({ filters }, { sizes }) => ({
    filters: without(
      filters,
      sizes,
      (layer, channel) => layer > 0 && channel < sizes.C + sizes.K * (layer - 1),
    ),
  }),
)

export const newestFirst = wrong.outputs(
  'puts the newest maps first',
  ({ y }, { sizes: { C, Q } }) => ({
    y: permuted(y, (n, i, j, q) => [n, i, j, q < Q - C ? C + q : q - (Q - C)]),
  }),
)

export const passesRectified = wrong.outputs(
  'rectifies in place, so that the output holds rectified maps',
  ({ y }, { parameters, sizes: { C, Q } }) =>
    parameters.activation === 'linear'
      ? {}
      : { y: changed(y, (v, at) => (at % Q < C ? Math.max(v, 0) : v)) },
)

export const addsInput = wrong.outputs(
  'adds the first channel of the input to the maps of a layer, as ResNet does',
  ({ y }, { sizes: { C } }) => ({
    y: build(y.shape, (n, i, j, q) => y.at(n, i, j, q) + (q < C ? 0 : y.at(n, i, j, 0))),
  }),
)

export const neverRectifies = wrong.parameters('leaves the rectifiers out', () => ({
  activation: 'linear',
}))

export const gradientLosesSlice = wrongGradient.outputs(
  'forgets the slice of the gradient that the input gets directly',
  ({ dx }, { inputs: { dy } }) => ({
    dx: build(dx.shape, (...at) => dx.at(...at) - dy.at(...at)),
  }),
)

export const gradientIsSlice = wrongGradient.outputs(
  'passes the slice of the gradient on, without what the layers send back',
  ({ dx }, { inputs: { dy } }) => ({ dx: build(dx.shape, (...at) => dy.at(...at)) }),
)

export const gradientOfOwnSlice = wrongGradient.outputs(
  'gives each layer its own slice of the gradient, and nothing from the layers after it',
  (_, { inputs, parameters, right, sizes }) => {
    // No layer sends anything back to another when each sees the input of the block only.
    const filters = without(inputs.filters, sizes, (_layer, channel) => channel >= sizes.C)
    return { dBiases: right({ ...inputs, filters }, parameters).dBiases }
  },
)

export const gradientIgnoresRectifiers = wrongGradient.parameters(
  'lets the gradient through the rectifiers everywhere',
  () => ({ activation: 'linear' }),
)
