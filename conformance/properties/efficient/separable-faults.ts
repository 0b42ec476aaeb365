import { build } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { depthwise } from '../../../reference/efficient/depthwise.ts'
import { pointwise } from '../../../reference/efficient/pointwise.ts'
import {
  separableGradient as gradientReference,
  separable as reference,
} from '../../../reference/efficient/separable.ts'
import { separable, separableGradient } from '../../../spec/efficient/separable.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const rectified = (v: number) => Math.max(v, 0)

const wrongSeparable = faultsOf(separable, reference)
const wrongSeparableGradient = faultsOf(separableGradient, gradientReference)

export const neverRectifies = wrongSeparable.parameters('leaves both rectifiers out', () => ({
  activation: 'linear',
}))

export const rectifiesOnce = wrongSeparable.answer(
  'has a rectifier after the second convolution only',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, { ...parameters, activation: 'linear' })
    return { y: parameters.activation === 'relu' ? changed(y, rectified) : y }
  },
)

export const alwaysRectifies = wrongSeparable.parameters(
  'rectifies even where it is to be linear',
  () => ({ activation: 'relu' }),
)

export const forgetsFirstBias = wrongSeparable.inputs(
  'forgets the bias between the convolutions',
  ({ depthwiseBias }) => ({ depthwiseBias: changed(depthwiseBias, () => 0) }),
)

export const biasBeforePadding = wrongSeparable.answer(
  'adds the first bias to the image, so that padding gets none',
  ({ inputs, parameters }) => {
    const { x, depthwiseBias, pointwiseBias, pointwise: P, depthwise: D } = inputs
    const M = D.shape[3]!
    const { activation, ...windows } = parameters
    const moved = build(x.shape, (n, i, j, k) => x.at(n, i, j, k) + depthwiseBias.at(k * M))
    const psi = activation === 'relu' ? rectified : (v: number) => v
    const g = changed(depthwise(number, { x: moved, filters: D }, windows).y, psi)
    const { y } = pointwise(number, { x: g, filters: P }, {})
    return { y: build(y.shape, (n, i, j, q) => psi(y.at(n, i, j, q) + pointwiseBias.at(q))) }
  },
)

export const filtersOutside = wrongSeparable.inputs(
  'reads the rows of the pointwise filters in the order mK + k',
  (inputs) => {
    const { pointwise: P, depthwise: D } = inputs
    const [K, M] = D.shape.slice(2) as [number, number]
    const read = build(P.shape, (_u, _v, p, q) => P.at(0, 0, (p % M) * K + Math.floor(p / M), q))
    return { pointwise: read }
  },
)

export const gradientIgnoresRectifiers = wrongSeparableGradient.parameters(
  'lets the gradient through both rectifiers everywhere',
  () => ({ activation: 'linear' }),
)

export const gradientAveragesBias = wrongSeparableGradient.outputs(
  'takes the mean over all positions for the gradient by the first bias',
  (answer, { inputs }) => {
    const [N, Ho, Wo] = inputs.dy.shape as [number, number, number]
    return { dDepthwiseBias: changed(answer.dDepthwiseBias, (d) => d / (N * Ho * Wo)) }
  },
)

export const gradientSkipsDepthwise = wrongSeparableGradient.outputs(
  'takes the images for the input of the pointwise convolution',
  (_, { inputs, parameters, right }) => {
    const { depthwise: D } = inputs
    const [Hf, Wf] = D.shape as [number, number]
    const middle = [Math.floor(Hf / 2), Math.floor(Wf / 2)]
    const identity = build(D.shape, (u, v) => (u === middle[0] && v === middle[1] ? 1 : 0))
    const through = right({ ...inputs, depthwise: identity }, parameters)
    return { dPointwise: through.dPointwise }
  },
)
