import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  denseBlockGradient as gradientReference,
  denseBlock as reference,
} from '../../../reference/efficient/dense.ts'
import { denseBlock, denseBlockGradient } from '../../../spec/efficient/dense.ts'
import { fault, mapArray } from '../../kit/fault.ts'

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

export const previousOnly = fault(
  denseBlock,
  reference,
  'E-33 read literally: gives a layer the maps of the layer before it only',
  ({ inputs, parameters, right }) => {
    const { x, filters, biases } = inputs
    const [C, K] = [x.shape[3]!, biases.shape[1]!]
    const chain = without(
      filters,
      biases,
      C,
      (layer, channel) => layer > 0 && channel < C + K * (layer - 1),
    )
    return right({ ...inputs, filters: chain }, parameters)
  },
)

export const newestFirst = fault(
  denseBlock,
  reference,
  'puts the newest maps first',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    const C = inputs.x.shape[3]!
    const Q = y.shape[3]!
    return {
      y: build(y.shape, (n, i, j, q) => y.at(n, i, j, q < Q - C ? C + q : q - (Q - C))),
    }
  },
)

export const passesRectified = fault(
  denseBlock,
  reference,
  'rectifies in place, so that the output holds rectified maps',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    const C = inputs.x.shape[3]!
    if (parameters.activation === 'linear') return { y }
    return { y: mapArray(y, (v, at) => (at % y.shape[3]! < C ? Math.max(v, 0) : v)) }
  },
)

export const addsInput = fault(
  denseBlock,
  reference,
  'adds the first channel of the input to the maps of a layer, as ResNet does',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    const C = inputs.x.shape[3]!
    return {
      y: build(y.shape, (n, i, j, q) => y.at(n, i, j, q) + (q < C ? 0 : y.at(n, i, j, 0))),
    }
  },
)

export const neverRectifies = fault(
  denseBlock,
  reference,
  'leaves the rectifiers out',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, activation: 'linear' }),
)

export const gradientLosesSlice = fault(
  denseBlockGradient,
  gradientReference,
  'forgets the slice of the gradient that the input gets directly',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { dx } = answer
    return {
      ...answer,
      dx: build(dx.shape, (n, i, j, c) => dx.at(n, i, j, c) - inputs.dy.at(n, i, j, c)),
    }
  },
)

export const gradientIsSlice = fault(
  denseBlockGradient,
  gradientReference,
  'passes the slice of the gradient on, without what the layers send back',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { dx } = answer
    return { ...answer, dx: build(dx.shape, (...at) => inputs.dy.at(...at)) }
  },
)

export const gradientOfOwnSlice = fault(
  denseBlockGradient,
  gradientReference,
  'gives each layer its own slice of the gradient, and nothing from the layers after it',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const C = inputs.x.shape[3]!
    // No layer sends anything back to another when each sees the input of the block only.
    const apart = without(inputs.filters, inputs.biases, C, (_, channel) => channel >= C)
    return { ...answer, dBiases: right({ ...inputs, filters: apart }, parameters).dBiases }
  },
)

export const gradientIgnoresRectifiers = fault(
  denseBlockGradient,
  gradientReference,
  'lets the gradient through the rectifiers everywhere',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, activation: 'linear' }),
)
