import { build } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { depthwise } from '../../../reference/efficient/depthwise.ts'
import { pointwise } from '../../../reference/efficient/pointwise.ts'
import {
  separableGradient as gradientReference,
  separable as reference,
} from '../../../reference/efficient/separable.ts'
import { separable, separableGradient } from '../../../spec/efficient/separable.ts'
import { fault, mapArray } from '../../kit/fault.ts'

const rectified = (v: number) => Math.max(v, 0)

export const neverRectifies = fault(
  separable,
  reference,
  'leaves both rectifiers out',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, activation: 'linear' }),
)

export const rectifiesOnce = fault(
  separable,
  reference,
  'has a rectifier after the second convolution only',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, { ...parameters, activation: 'linear' })
    return { y: parameters.activation === 'relu' ? mapArray(y, rectified) : y }
  },
)

export const alwaysRectifies = fault(
  separable,
  reference,
  'rectifies even where it is to be linear',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, activation: 'relu' }),
)

export const forgetsFirstBias = fault(
  separable,
  reference,
  'forgets the bias between the convolutions',
  ({ inputs, parameters, right }) =>
    right({ ...inputs, depthwiseBias: mapArray(inputs.depthwiseBias, () => 0) }, parameters),
)

export const biasBeforePadding = fault(
  separable,
  reference,
  'adds the first bias to the image, so that padding gets none',
  ({ inputs, parameters }) => {
    const { x, depthwiseBias, pointwiseBias, pointwise: P, depthwise: D } = inputs
    const M = D.shape[3]!
    const { activation, ...windows } = parameters
    const moved = build(x.shape, (n, i, j, k) => x.at(n, i, j, k) + depthwiseBias.at(k * M))
    const psi = activation === 'relu' ? rectified : (v: number) => v
    const g = mapArray(depthwise(number, { x: moved, filters: D }, windows).y, psi)
    const { y } = pointwise(number, { x: g, filters: P }, {})
    return { y: build(y.shape, (n, i, j, q) => psi(y.at(n, i, j, q) + pointwiseBias.at(q))) }
  },
)

export const filtersOutside = fault(
  separable,
  reference,
  'reads the rows of the pointwise filters in the order mK + k',
  ({ inputs, parameters, right }) => {
    const { pointwise: P, depthwise: D } = inputs
    const [K, M] = D.shape.slice(2) as [number, number]
    const read = build(P.shape, (_u, _v, p, q) => P.at(0, 0, (p % M) * K + Math.floor(p / M), q))
    return right({ ...inputs, pointwise: read }, parameters)
  },
)

export const gradientIgnoresRectifiers = fault(
  separableGradient,
  gradientReference,
  'lets the gradient through both rectifiers everywhere',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, activation: 'linear' }),
)

export const gradientAveragesBias = fault(
  separableGradient,
  gradientReference,
  'takes the mean over all positions for the gradient by the first bias',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const [N, Ho, Wo] = inputs.dy.shape as [number, number, number]
    return { ...answer, dDepthwiseBias: mapArray(answer.dDepthwiseBias, (d) => d / (N * Ho * Wo)) }
  },
)

export const gradientSkipsDepthwise = fault(
  separableGradient,
  gradientReference,
  'takes the images for the input of the pointwise convolution',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { depthwise: D } = inputs
    const [Hf, Wf] = D.shape as [number, number]
    const middle = [Math.floor(Hf / 2), Math.floor(Wf / 2)]
    const identity = build(D.shape, (u, v) => (u === middle[0] && v === middle[1] ? 1 : 0))
    const through = right({ ...inputs, depthwise: identity }, parameters)
    return { ...answer, dPointwise: through.dPointwise }
  },
)
