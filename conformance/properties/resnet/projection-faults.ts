import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { plus } from '../../../reference/layers/addition.ts'
import { convolve } from '../../../reference/layers/half-padding.ts'
import { rectify } from '../../../reference/layers/rectifier.ts'
import {
  projectionBlockGradient as gradientReference,
  projectionBlock as reference,
} from '../../../reference/resnet/projection.ts'
import { block } from '../../../spec/resnet/block.ts'
import { projectionBlock, projectionBlockGradient } from '../../../spec/resnet/projection.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf, lenient } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const zeros = (array: Numbers) => changed(array, () => 0)

/** Adds a branch of one channel to every channel of the input, as array libraries do unasked. */
export const broadcasts = lenient(
  block,
  'broadcasts a branch of one channel over the input',
  ({ x }) => ({ y: x! }),
)

const wrongProjectionBlock = faultsOf(projectionBlock, reference)
const wrongProjectionBlockGradient = faultsOf(projectionBlockGradient, gradientReference)

export const forgetsProjection = wrongProjectionBlock.inputs(
  'forgets the shortcut',
  ({ projection }) => ({ projection: zeros(projection) }),
)

export const projectsRectified = wrongProjectionBlock.answer(
  'projects the rectified input',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    if (parameters.variant !== 'pre-activation') return answer
    const { x, projection } = inputs
    const side = (image: Numbers) => convolve(number, image, projection, null, parameters.stride)
    const [wrong, own] = [side(rectify(number, x)), side(x)]
    const y = build(answer.y.shape, (...at) => answer.y.at(...at) - own.at(...at) + wrong.at(...at))
    return { y }
  },
)

export const takesLastPixel = wrongProjectionBlock.answer(
  'takes the last pixel under the stride for the shortcut instead of the first',
  ({ inputs, parameters, right }) => {
    const { x } = inputs
    const { stride } = parameters
    const [, H, W] = x.shape as [number, number, number]
    const last = build(x.shape, (n, i, j, c) =>
      x.at(n, Math.min(H - 1, i + stride - 1), Math.min(W - 1, j + stride - 1), c),
    )
    const plain = right({ ...inputs, projection: zeros(inputs.projection) }, linear(parameters))
    const side = convolve(number, last, inputs.projection, null, stride)
    const joined = plus(number, plain.y, side)
    return { y: parameters.variant === 'original' ? rectify(number, joined) : joined }
  },
)

function linear<P extends { readonly variant: string }>(parameters: P): P {
  return parameters.variant === 'original' ? { ...parameters, variant: 'linear' } : parameters
}

export const stridesInSecond = wrongProjectionBlock.answer(
  'strides in the second convolution instead of the first',
  ({ inputs, parameters }) => {
    const { x, filters1, bias1, filters2, bias2, projection } = inputs
    const { stride, variant } = parameters
    const entry = variant === 'pre-activation' ? rectify(number, x) : x
    const hidden = rectify(number, convolve(number, entry, filters1, bias1))
    const branch = convolve(number, hidden, filters2, bias2, stride)
    const side = convolve(number, x, projection, null, stride)
    const joined = plus(number, branch, side)
    return { y: variant === 'original' ? rectify(number, joined) : joined }
  },
)

export const skipsRectifier = wrongProjectionBlock.answer(
  'leaves out the rectifier after the addition',
  ({ inputs, parameters, right }) => right(inputs, linear(parameters)),
)

export const gradientForgetsProjection = wrongProjectionBlockGradient.answer(
  'sends nothing back through the projection',
  ({ inputs, parameters, right }) => {
    // The gradient that arrives must stay: only the way back through the shortcut is cut.
    const answer = right(inputs, parameters)
    if (parameters.variant === 'original') return { ...answer, dx: zeros(answer.dx) }
    const cut = right({ ...inputs, projection: zeros(inputs.projection) }, parameters)
    return { ...answer, dx: cut.dx }
  },
)

export const gradientFillsSkipped = wrongProjectionBlockGradient.outputs(
  'gives pixels that the stride skips the gradient of the pixel before them',
  (answer, { parameters }) => {
    const { stride } = parameters
    const dx = build(answer.dx.shape, (n, i, j, c) =>
      answer.dx.at(n, i - (i % stride), j - (j % stride), c),
    )
    return { dx }
  },
)

export const gradientTakesNeighbours = wrongProjectionBlockGradient.outputs(
  'takes the gradient by the projection from the neighbouring pixels',
  (_, { inputs, parameters, right }) => {
    const shifted = changed(inputs.x, (_, position) => inputs.x.data[position + 1] ?? 0)
    const other = right({ ...inputs, x: shifted }, parameters)
    return { dProjection: other.dProjection }
  },
)
