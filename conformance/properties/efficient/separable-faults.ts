import { build } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { depthwise } from '../../../reference/efficient/depthwise.ts'
import { pointwise } from '../../../reference/efficient/pointwise.ts'
import {
  separableGradient as gradientReference,
  separable as reference,
} from '../../../reference/efficient/separable.ts'
import { separable, separableGradient } from '../../../spec/efficient/separable.ts'
import { changed, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const rectified = (v: number) => Math.max(v, 0)

const wrong = faultsOf(separable, reference)
const wrongGradient = faultsOf(separableGradient, gradientReference)

export const neverRectifies = wrong.parameters('leaves both rectifiers out', () => ({
  activation: 'linear',
}))

export const rectifiesOnce = wrong.answer(
  'has a rectifier after the second convolution only',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, { ...parameters, activation: 'linear' })
    return { y: parameters.activation === 'relu' ? changed(y, rectified) : y }
  },
)

export const alwaysRectifies = wrong.parameters('rectifies even where it is to be linear', () => ({
  activation: 'relu',
}))

export const forgetsFirstBias = wrong.inputs(
  'forgets the bias between the convolutions',
  ({ depthwiseBias }) => ({ depthwiseBias: zeros(depthwiseBias.shape) }),
)

export const biasBeforePadding = wrong.answer(
  'adds the first bias to the image, so that padding gets none',
  ({ inputs, parameters, sizes }) => {
    const { x, depthwiseBias, pointwiseBias, pointwise: P, depthwise: D } = inputs
    const { activation, ...windows } = parameters
    const moved = changed(x, (value, at) => value + depthwiseBias.at((at % sizes.K) * sizes.M))
    const psi = activation === 'relu' ? rectified : (v: number) => v
    const g = changed(depthwise(number, { x: moved, filters: D }, windows).y, psi)
    const { y } = pointwise(number, { x: g, filters: P }, {})
    return { y: changed(y, (value, at) => psi(value + pointwiseBias.at(at % sizes.Q))) }
  },
)

export const filtersOutside = wrong.inputs(
  'reads the rows of the pointwise filters in the order mK + k',
  ({ pointwise }, { sizes: { K, M } }) => ({
    pointwise: permuted(pointwise, (u, v, p, q) => [u, v, (p % M) * K + Math.floor(p / M), q]),
  }),
)

export const gradientIgnoresRectifiers = wrongGradient.parameters(
  'lets the gradient through both rectifiers everywhere',
  () => ({ activation: 'linear' }),
)

export const gradientAveragesBias = wrongGradient.outputs(
  'takes the mean over all positions for the gradient by the first bias',
  ({ dDepthwiseBias }, { sizes: { N, Ho, Wo } }) => ({
    dDepthwiseBias: changed(dDepthwiseBias, (d) => d / (N * Ho * Wo)),
  }),
)

export const gradientSkipsDepthwise = wrongGradient.outputs(
  'takes the images for the input of the pointwise convolution',
  (_, { inputs, parameters, right, sizes: { Hf, Wf } }) => {
    const [middle, centre] = [Math.floor(Hf / 2), Math.floor(Wf / 2)]
    const identity = build(inputs.depthwise.shape, (u, v) => (u === middle && v === centre ? 1 : 0))
    return { dPointwise: right({ ...inputs, depthwise: identity }, parameters).dPointwise }
  },
)
