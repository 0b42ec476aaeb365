import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { conv2d } from '../../../reference/cnn/conv2d.ts'
import {
  block as blockReference,
  blockGradient as gradientReference,
} from '../../../reference/resnet/block.ts'
import { convolve, plus, rectify } from '../../../reference/resnet/block-layers.ts'
import { block, blockGradient } from '../../../spec/resnet/block.ts'
import { fault, mapArray } from '../../kit/fault.ts'

type Numbers = NumberArray<number>

const zeros = (array: Numbers) => mapArray(array, () => 0)

export const forgetsShortcut = fault(
  block,
  blockReference,
  'forgets the shortcut',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, shortcut: 'none' }),
)

export const addsInputTwice = fault(
  block,
  blockReference,
  'adds the input once more',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    const adds = parameters.shortcut === 'identity' && parameters.variant !== 'original'
    return { y: adds ? plus(number, y, inputs.x) : y }
  },
)

export const rectifiesBeforeAddition = fault(
  block,
  blockReference,
  'rectifies the branch, then adds',
  ({ inputs, parameters, right }) => {
    if (parameters.variant !== 'original') return right(inputs, parameters)
    const branch = right(inputs, { ...parameters, shortcut: 'none' }).y
    return { y: parameters.shortcut === 'identity' ? plus(number, inputs.x, branch) : branch }
  },
)

export const neverRectifiesSum = fault(
  block,
  blockReference,
  'leaves out the rectifier after the addition',
  ({ inputs, parameters, right }) => {
    const variant = parameters.variant === 'original' ? 'linear' : parameters.variant
    return right(inputs, { ...parameters, variant })
  },
)

export const rectifiesEverySum = fault(
  block,
  blockReference,
  'rectifies after the addition in every variant',
  ({ inputs, parameters, right }) => ({ y: rectify(number, right(inputs, parameters).y) }),
)

export const rectifiesShortcut = fault(
  block,
  blockReference,
  'rectifies in place, so that the shortcut carries the rectified input',
  ({ inputs, parameters, right }) => {
    if (parameters.variant !== 'pre-activation') return right(inputs, parameters)
    return right({ ...inputs, x: rectify(number, inputs.x) }, parameters)
  },
)

export const forgetsSecondBias = fault(
  block,
  blockReference,
  'forgets the second bias',
  ({ inputs, parameters, right }) => right({ ...inputs, bias2: zeros(inputs.bias2) }, parameters),
)

/** The branch with other borders or another nonlinearity; everything else as it should be. */
function withBranch(
  name: string,
  branch: (x: Numbers, filters: Numbers, bias: Numbers) => Numbers,
) {
  return fault(block, blockReference, name, ({ inputs, parameters }) => {
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

export const noInnerRectifier = fault(
  block,
  blockReference,
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

export const gradientForgetsShortcut = fault(
  blockGradient,
  gradientReference,
  'sends nothing back through the shortcut',
  ({ inputs, parameters, right }) => {
    const plain = right(inputs, { ...parameters, shortcut: 'none' })
    return { ...right(inputs, parameters), dx: plain.dx }
  },
)

export const gradientUnchanged = fault(
  blockGradient,
  gradientReference,
  'lets the gradient through unchanged, without the part of the branch',
  ({ inputs, parameters, right }) => ({ ...right(inputs, parameters), dx: inputs.dy }),
)

export const gradientIgnoresLastRectifier = fault(
  blockGradient,
  gradientReference,
  'ignores the rectifier after the addition',
  ({ inputs, parameters, right }) => {
    const variant = parameters.variant === 'original' ? 'linear' : parameters.variant
    return right(inputs, { ...parameters, variant })
  },
)

export const gradientKeepsFilters = fault(
  blockGradient,
  gradientReference,
  'sends the gradient back through filters that are not turned round',
  ({ inputs, parameters, right }) => {
    const { filters1 } = inputs
    const turned = build(filters1.shape, (u, v, k, q) => filters1.at(2 - u, 2 - v, k, q))
    const { x, bias1 } = inputs
    const dx = right({ ...inputs, filters1: turned, x, bias1 }, parameters).dx
    return { ...right(inputs, parameters), dx }
  },
)

export const gradientAveragesBias = fault(
  blockGradient,
  gradientReference,
  'takes the mean over the image as gradient by the bias',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const count = inputs.dy.data.length / answer.dBias2.data.length
    return { ...answer, dBias2: mapArray(answer.dBias2, (d) => d / count) }
  },
)

export const gradientSeesShortcutInFilters = fault(
  blockGradient,
  gradientReference,
  'takes the input of the block for that of the second convolution',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const through = right(
      { ...inputs, filters1: middle(inputs.filters1), bias1: zeros(inputs.bias1) },
      parameters,
    )
    return { ...answer, dFilters2: through.dFilters2 }
  },
)

/** Filters that leave an image as it is. */
function middle(filters: Numbers): Numbers {
  return build(filters.shape, (u, v, k, q) => (u === 1 && v === 1 && k === q ? 1 : 0))
}

export const gradientForgetsInnerRectifier = fault(
  blockGradient,
  gradientReference,
  'lets the gradient through the inner rectifier everywhere',
  ({ inputs, parameters, right }) => {
    const open = {
      ...inputs,
      bias1: fromData(
        inputs.bias1.shape,
        inputs.bias1.data.map((b) => Math.abs(b) + 1e6),
      ),
    }
    return { ...right(inputs, parameters), dBias1: right(open, parameters).dBias1 }
  },
)
