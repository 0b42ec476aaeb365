import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { conv2d } from '../../../reference/cnn/conv2d.ts'
import { plus } from '../../../reference/layers/addition.ts'
import { convolve } from '../../../reference/layers/half-padding.ts'
import { rectify } from '../../../reference/layers/rectifier.ts'
import {
  block as blockReference,
  blockGradient as gradientReference,
} from '../../../reference/resnet/block.ts'
import { block, blockGradient } from '../../../spec/resnet/block.ts'
import { changed, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

/** A layer of a block, as a fault may have it. */
export type Layer = (x: Numbers, filters: Numbers, bias: Numbers) => Numbers

/** The layer as it should be, but for its rectifier. */
export const plain: Layer = (x, filters, bias) => convolve(number, x, filters, bias)

/** A layer with both rings of zeros at the bottom and right. */
export const paddedBehind: Layer = (x, filters, bias) =>
  conv2d(
    number,
    { x, filters, bias },
    { strides: [1, 1], dilations: [1, 1], padding: [0, 2, 0, 2] },
  ).y

/** A layer of an image that goes on beyond its borders with its other side. */
const wrapped: Layer = (x, filters, bias) => {
  const [N, H, W, C] = x.shape
  const around = build([N, H + 2, W + 2, C], (n, i, j, c) =>
    x.at(n, (i + H - 1) % H, (j + W - 1) % W, c),
  )
  return conv2d(
    number,
    { x: around, filters, bias },
    { strides: [1, 1], dilations: [1, 1], padding: 'valid' },
  ).y
}

const wrong = faultsOf(block, blockReference)
const wrongGradient = faultsOf(blockGradient, gradientReference)

/** The block with its layers, or what is between them, made otherwise. */
function otherwise(
  name: string,
  { layer = plain, between = (x: Numbers) => rectify(number, x) }: Partial<Otherwise>,
) {
  return wrong.answer(name, ({ inputs, parameters: { shortcut, variant } }) => {
    const { x, filters1, bias1, filters2, bias2 } = inputs
    const entry = variant === 'pre-activation' ? rectify(number, x) : x
    const branch = layer(between(layer(entry, filters1, bias1)), filters2, bias2)
    const joined = shortcut === 'identity' ? plus(number, x, branch) : branch
    return { y: variant === 'original' ? rectify(number, joined) : joined }
  })
}

interface Otherwise {
  readonly layer: Layer
  readonly between: (x: Numbers) => Numbers
}

export const forgetsShortcut = wrong.parameters('forgets the shortcut', () => ({
  shortcut: 'none',
}))

export const addsInputTwice = wrong.outputs(
  'adds the input once more',
  ({ y }, { inputs, parameters: { shortcut, variant } }) =>
    shortcut === 'identity' && variant !== 'original' ? { y: plus(number, y, inputs.x) } : {},
)

export const rectifiesBeforeAddition = wrong.outputs(
  'rectifies the branch, then adds',
  (_, { inputs, parameters, right }) => {
    if (parameters.variant !== 'original') return {}
    const branch = right(inputs, { ...parameters, shortcut: 'none' }).y
    return { y: parameters.shortcut === 'identity' ? plus(number, inputs.x, branch) : branch }
  },
)

export const neverRectifiesSum = wrong.parameters(
  'leaves out the rectifier after the addition',
  ({ variant }) => ({ variant: variant === 'original' ? 'linear' : variant }),
)

export const rectifiesEverySum = wrong.outputs(
  'rectifies after the addition in every variant',
  ({ y }) => ({ y: rectify(number, y) }),
)

export const rectifiesShortcut = wrong.inputs(
  'rectifies in place, so that the shortcut carries the rectified input',
  ({ x }, { parameters: { variant } }) =>
    variant === 'pre-activation' ? { x: rectify(number, x) } : {},
)

export const forgetsSecondBias = wrong.inputs('forgets the second bias', ({ bias2 }) => ({
  bias2: zeros(bias2.shape),
}))

export const padsOnOneSide = otherwise('puts the whole padding at the bottom and right', {
  layer: paddedBehind,
})

export const wrapsAround = otherwise('wraps the image around at its borders', { layer: wrapped })

export const noInnerRectifier = otherwise('leaves out the rectifier between the convolutions', {
  between: (x) => x,
})

export const gradientForgetsShortcut = wrongGradient.outputs(
  'sends nothing back through the shortcut',
  (_, { inputs, parameters, right }) => ({
    dx: right(inputs, { ...parameters, shortcut: 'none' }).dx,
  }),
)

export const gradientUnchanged = wrongGradient.outputs(
  'lets the gradient through unchanged, without the part of the branch',
  (_, { inputs: { dy } }) => ({ dx: dy }),
)

export const gradientIgnoresLastRectifier = wrongGradient.parameters(
  'ignores the rectifier after the addition',
  ({ variant }) => ({ variant: variant === 'original' ? 'linear' : variant }),
)

export const gradientKeepsFilters = wrongGradient.outputs(
  'sends the gradient back through filters that are not turned round',
  (_, { inputs, parameters, right }) => {
    const filters1 = permuted(inputs.filters1, (u, v, k, q) => [2 - u, 2 - v, k, q])
    return { dx: right({ ...inputs, filters1 }, parameters).dx }
  },
)

export const gradientAveragesBias = wrongGradient.outputs(
  'takes the mean over the image as gradient by the bias',
  ({ dBias2 }, { sizes: { N, H, W } }) => ({ dBias2: changed(dBias2, (d) => d / (N * H * W)) }),
)

export const gradientSeesShortcutInFilters = wrongGradient.outputs(
  'takes the input of the block for that of the second convolution',
  (_, { inputs, parameters, right }) => {
    const filters1 = build(inputs.filters1.shape, (u, v, k, q) =>
      u === 1 && v === 1 && k === q ? 1 : 0,
    )
    const identity = { ...inputs, filters1, bias1: zeros(inputs.bias1.shape) }
    return { dFilters2: right(identity, parameters).dFilters2 }
  },
)

export const gradientForgetsInnerRectifier = wrongGradient.outputs(
  'lets the gradient through the inner rectifier everywhere',
  (_, { inputs, parameters, right }) => {
    const bias1 = changed(inputs.bias1, (b) => Math.abs(b) + 1e6)
    return { dBias1: right({ ...inputs, bias1 }, parameters).dBias1 }
  },
)
