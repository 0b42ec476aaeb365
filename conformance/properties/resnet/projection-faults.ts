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
import { changed, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf, lenient } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

/** Adds a branch of one channel to every channel of the input, as array libraries do unasked. */
export const broadcasts = lenient(
  block,
  'broadcasts a branch of one channel over the input',
  ({ x }) => ({ y: x }),
)

const wrong = faultsOf(projectionBlock, reference)
const wrongGradient = faultsOf(projectionBlockGradient, gradientReference)

export const answersAnyShape = wrong.accepts('answers whatever the shapes', ({ x }) => ({ y: x }))

/** The shortcut of a block alone: W_s x. */
const projected = (x: Numbers, projection: Numbers, stride: number) =>
  convolve(number, x, projection, null, stride)

/** What stands after the addition. */
const after = (variant: string, sum: Numbers) =>
  variant === 'original' ? rectify(number, sum) : sum

type Variant = { readonly variant: 'original' | 'linear' | 'pre-activation' }

/** The same block with nothing after the addition. */
const unrectified = ({ variant }: Variant): Variant => ({
  variant: variant === 'original' ? 'linear' : variant,
})

export const forgetsProjection = wrong.inputs('forgets the shortcut', ({ projection }) => ({
  projection: zeros(projection.shape),
}))

export const projectsRectified = wrong.outputs(
  'projects the rectified input',
  ({ y }, { inputs: { x, projection }, parameters: { stride, variant } }) => {
    if (variant !== 'pre-activation') return {}
    const own = projected(x, projection, stride)
    const other = projected(rectify(number, x), projection, stride)
    return { y: build(y.shape, (...at) => y.at(...at) - own.at(...at) + other.at(...at)) }
  },
)

export const takesLastPixel = wrong.answer(
  'takes the last pixel under the stride for the shortcut instead of the first',
  ({ inputs, parameters, right, sizes: { H, W } }) => {
    const { stride, variant } = parameters
    const last = (i: number, size: number) => Math.min(size - 1, i + stride - 1)
    const moved = permuted(inputs.x, (n, i, j, c) => [n, last(i, H), last(j, W), c])
    const plain = { ...inputs, projection: zeros(inputs.projection.shape) }
    const branch = right(plain, { ...parameters, ...unrectified(parameters) }).y
    const sum = plus(number, branch, projected(moved, inputs.projection, stride))
    return { y: after(variant, sum) }
  },
)

export const stridesInSecond = wrong.answer(
  'strides in the second convolution instead of the first',
  ({ inputs, parameters: { stride, variant } }) => {
    const { x, filters1, bias1, filters2, bias2, projection } = inputs
    const entry = variant === 'pre-activation' ? rectify(number, x) : x
    const hidden = rectify(number, convolve(number, entry, filters1, bias1))
    const branch = convolve(number, hidden, filters2, bias2, stride)
    return { y: after(variant, plus(number, branch, projected(x, projection, stride))) }
  },
)

export const skipsRectifier = wrong.parameters(
  'leaves out the rectifier after the addition',
  unrectified,
)

export const gradientForgetsProjection = wrongGradient.outputs(
  'sends nothing back through the projection',
  ({ dx }, { inputs, parameters, right }) => {
    // The gradient that arrives must stay: only the way back through the shortcut is cut.
    if (parameters.variant === 'original') return { dx: zeros(dx.shape) }
    const cut = { ...inputs, projection: zeros(inputs.projection.shape) }
    return { dx: right(cut, parameters).dx }
  },
)

export const gradientFillsSkipped = wrongGradient.outputs(
  'gives pixels that the stride skips the gradient of the pixel before them',
  ({ dx }, { parameters: { stride } }) => ({
    dx: permuted(dx, (n, i, j, c) => [n, i - (i % stride), j - (j % stride), c]),
  }),
)

export const gradientTakesNeighbours = wrongGradient.outputs(
  'takes the gradient by the projection from the neighbouring pixels',
  (_, { inputs, parameters, right }) => {
    const x = changed(inputs.x, (_, position) => inputs.x.data[position + 1] ?? 0)
    return { dProjection: right({ ...inputs, x }, parameters).dProjection }
  },
)
