import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
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
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const zeros = (array: Numbers) => changed(array, () => 0)

const wrongBlock = faultsOf(block, blockReference)
const wrongBlockGradient = faultsOf(blockGradient, gradientReference)

export const forgetsShortcut = wrongBlock.parameters('forgets the shortcut', () => ({
  shortcut: 'none',
}))

export const addsInputTwice = wrongBlock.outputs(
  'adds the input once more',
  ({ y }, { inputs, parameters }) => {
    const adds = parameters.shortcut === 'identity' && parameters.variant !== 'original'
    return { y: adds ? plus(number, y, inputs.x) : y }
  },
)

export const rectifiesBeforeAddition = wrongBlock.answer(
  'rectifies the branch, then adds',
  ({ inputs, parameters, right }) => {
    if (parameters.variant !== 'original') return right(inputs, parameters)
    const branch = right(inputs, { ...parameters, shortcut: 'none' }).y
    return { y: parameters.shortcut === 'identity' ? plus(number, inputs.x, branch) : branch }
  },
)

export const neverRectifiesSum = wrongBlock.parameters(
  'leaves out the rectifier after the addition',
  (parameters) => {
    const variant = parameters.variant === 'original' ? 'linear' : parameters.variant
    return { variant }
  },
)

export const rectifiesEverySum = wrongBlock.outputs(
  'rectifies after the addition in every variant',
  (outputs) => ({ y: rectify(number, outputs.y) }),
)

export const rectifiesShortcut = wrongBlock.answer(
  'rectifies in place, so that the shortcut carries the rectified input',
  ({ inputs, parameters, right }) => {
    if (parameters.variant !== 'pre-activation') return right(inputs, parameters)
    return right({ ...inputs, x: rectify(number, inputs.x) }, parameters)
  },
)

export const forgetsSecondBias = wrongBlock.inputs('forgets the second bias', ({ bias2 }) => ({
  bias2: zeros(bias2),
}))

/** The branch with other borders or another nonlinearity; everything else as it should be. */
function withBranch(
  name: string,
  branch: (x: Numbers, filters: Numbers, bias: Numbers) => Numbers,
) {
  return wrongBlock.answer(name, ({ inputs, parameters }) => {
    const { x, filters1, bias1, filters2, bias2 } = inputs
    const entry = parameters.variant === 'pre-activation' ? rectify(number, x) : x
    const hidden = rectify(number, branch(entry, filters1, bias1))
    const f = branch(hidden, filters2, bias2)
    const joined = parameters.shortcut === 'identity' ? plus(number, x, f) : f
    return { y: parameters.variant === 'original' ? rectify(number, joined) : joined }
  })
}

export const padsOnOneSide = withBranch(
  'puts the whole padding at the bottom and right',
  (x, filters, bias) =>
    conv2d(
      number,
      { x, filters, bias },
      { strides: [1, 1], dilations: [1, 1], padding: [0, 2, 0, 2] },
    ).y,
)

export const wrapsAround = withBranch(
  'wraps the image around at its borders',
  (x, filters, bias) => {
    const [N, H, W, C] = x.shape as [number, number, number, number]
    const around = build([N, H + 2, W + 2, C], (n, i, j, c) =>
      x.at(n, (i + H - 1) % H, (j + W - 1) % W, c),
    )
    return conv2d(
      number,
      { x: around, filters, bias },
      { strides: [1, 1], dilations: [1, 1], padding: 'valid' },
    ).y
  },
)

export const noInnerRectifier = wrongBlock.answer(
  'leaves out the rectifier between the convolutions',
  ({ inputs, parameters }) => {
    const { x, filters1, bias1, filters2, bias2 } = inputs
    const entry = parameters.variant === 'pre-activation' ? rectify(number, x) : x
    const hidden = convolve(number, entry, filters1, bias1)
    const f = convolve(number, hidden, filters2, bias2)
    const joined = parameters.shortcut === 'identity' ? plus(number, x, f) : f
    return { y: parameters.variant === 'original' ? rectify(number, joined) : joined }
  },
)

export const gradientForgetsShortcut = wrongBlockGradient.outputs(
  'sends nothing back through the shortcut',
  (_outputs, { inputs, parameters, right }) => {
    const plain = right(inputs, { ...parameters, shortcut: 'none' })
    return { dx: plain.dx }
  },
)

export const gradientUnchanged = wrongBlockGradient.outputs(
  'lets the gradient through unchanged, without the part of the branch',
  (_outputs, { inputs }) => ({ dx: inputs.dy }),
)

export const gradientIgnoresLastRectifier = wrongBlockGradient.parameters(
  'ignores the rectifier after the addition',
  (parameters) => {
    const variant = parameters.variant === 'original' ? 'linear' : parameters.variant
    return { variant }
  },
)

export const gradientKeepsFilters = wrongBlockGradient.outputs(
  'sends the gradient back through filters that are not turned round',
  (_outputs, { inputs, parameters, right }) => {
    const { filters1 } = inputs
    const turned = build(filters1.shape, (u, v, k, q) => filters1.at(2 - u, 2 - v, k, q))
    const { x, bias1 } = inputs
    const dx = right({ ...inputs, filters1: turned, x, bias1 }, parameters).dx
    return { dx }
  },
)

export const gradientAveragesBias = wrongBlockGradient.outputs(
  'takes the mean over the image as gradient by the bias',
  (answer, { inputs }) => {
    const count = inputs.dy.data.length / answer.dBias2.data.length
    return { dBias2: changed(answer.dBias2, (d) => d / count) }
  },
)

export const gradientSeesShortcutInFilters = wrongBlockGradient.outputs(
  'takes the input of the block for that of the second convolution',
  (_, { inputs, parameters, right }) => {
    const through = right(
      { ...inputs, filters1: middle(inputs.filters1), bias1: zeros(inputs.bias1) },
      parameters,
    )
    return { dFilters2: through.dFilters2 }
  },
)

/** Filters that leave an image as it is. */
function middle(filters: Numbers): Numbers {
  return build(filters.shape, (u, v, k, q) => (u === 1 && v === 1 && k === q ? 1 : 0))
}

export const gradientForgetsInnerRectifier = wrongBlockGradient.outputs(
  'lets the gradient through the inner rectifier everywhere',
  (_outputs, { inputs, parameters, right }) => {
    const open = {
      ...inputs,
      bias1: fromData(
        inputs.bias1.shape,
        inputs.bias1.data.map((b) => Math.abs(b) + 1e6),
      ),
    }
    return { dBias1: right(open, parameters).dBias1 }
  },
)
