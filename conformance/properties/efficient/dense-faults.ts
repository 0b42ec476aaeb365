import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  denseBlockGradient as gradientReference,
  denseBlock as reference,
} from '../../../reference/efficient/dense.ts'
import { denseBlock, denseBlockGradient } from '../../../spec/efficient/dense.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

/** For each place among the input channels of all layers, its layer and its channel, from 0 on. */
function places(
  C: number,
  K: number,
  L: number,
): readonly (readonly [layer: number, channel: number])[] {
  return Array.from({ length: L }, (_, l) =>
    Array.from({ length: C + K * l }, (_, channel) => [l, channel] as const),
  ).flat()
}

/** The filters of some places set to zero. */
export function without(
  { shape, data }: { readonly shape: readonly number[]; readonly data: ArrayLike<number> },
  biases: { readonly shape: readonly number[] },
  C: number,
  cut: (layer: number, channel: number) => boolean,
): Numbers {
  const [L, K] = biases.shape as [number, number]
  const where = places(C, K, L)
  const all = fromData(shape, Array.from(data))
  return build(shape, (u, v, t, k) => (cut(...where[t]!) ? 0 : all.at(u, v, t, k)))
}

const wrongDenseBlock = faultsOf(denseBlock, reference)
const wrongDenseBlockGradient = faultsOf(denseBlockGradient, gradientReference)

export const previousOnly = wrongDenseBlock.inputs(
  'E-33 read literally: gives a layer the maps of the layer before it only',
  ({ x, filters, biases }) => {
    const [C, K] = [x.shape[3]!, biases.shape[1]!]
    const chain = without(
      filters,
      biases,
      C,
      (layer, channel) => layer > 0 && channel < C + K * (layer - 1),
    )
    return { filters: chain }
  },
)

export const newestFirst = wrongDenseBlock.outputs(
  'puts the newest maps first',
  ({ y }, { inputs }) => {
    const C = inputs.x.shape[3]!
    const Q = y.shape[3]!
    return {
      y: build(y.shape, (n, i, j, q) => y.at(n, i, j, q < Q - C ? C + q : q - (Q - C))),
    }
  },
)

export const passesRectified = wrongDenseBlock.answer(
  'rectifies in place, so that the output holds rectified maps',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    const C = inputs.x.shape[3]!
    if (parameters.activation === 'linear') return { y }
    return { y: changed(y, (v, at) => (at % y.shape[3]! < C ? Math.max(v, 0) : v)) }
  },
)

export const addsInput = wrongDenseBlock.outputs(
  'adds the first channel of the input to the maps of a layer, as ResNet does',
  ({ y }, { inputs }) => {
    const C = inputs.x.shape[3]!
    return {
      y: build(y.shape, (n, i, j, q) => y.at(n, i, j, q) + (q < C ? 0 : y.at(n, i, j, 0))),
    }
  },
)

export const neverRectifies = wrongDenseBlock.parameters('leaves the rectifiers out', () => ({
  activation: 'linear',
}))

export const gradientLosesSlice = wrongDenseBlockGradient.outputs(
  'forgets the slice of the gradient that the input gets directly',
  (answer, { inputs }) => {
    const { dx } = answer
    return {
      dx: build(dx.shape, (n, i, j, c) => dx.at(n, i, j, c) - inputs.dy.at(n, i, j, c)),
    }
  },
)

export const gradientIsSlice = wrongDenseBlockGradient.outputs(
  'passes the slice of the gradient on, without what the layers send back',
  (answer, { inputs }) => {
    const { dx } = answer
    return { dx: build(dx.shape, (...at) => inputs.dy.at(...at)) }
  },
)

export const gradientOfOwnSlice = wrongDenseBlockGradient.outputs(
  'gives each layer its own slice of the gradient, and nothing from the layers after it',
  (_, { inputs, parameters, right }) => {
    const C = inputs.x.shape[3]!
    // No layer sends anything back to another when each sees the input of the block only.
    const apart = without(inputs.filters, inputs.biases, C, (_, channel) => channel >= C)
    return { dBiases: right({ ...inputs, filters: apart }, parameters).dBiases }
  },
)

export const gradientIgnoresRectifiers = wrongDenseBlockGradient.parameters(
  'lets the gradient through the rectifiers everywhere',
  () => ({ activation: 'linear' }),
)
