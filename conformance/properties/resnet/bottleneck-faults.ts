import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { conv2d } from '../../../reference/cnn/conv2d.ts'
import { plus } from '../../../reference/layers/addition.ts'
import { convolve } from '../../../reference/layers/half-padding.ts'
import { rectify } from '../../../reference/layers/rectifier.ts'
import {
  bottleneckGradient as gradientReference,
  bottleneckLayers as layersReference,
  bottleneck as reference,
} from '../../../reference/resnet/bottleneck.ts'
import {
  bottleneck,
  bottleneckGradient,
  bottleneckLayers,
} from '../../../spec/resnet/bottleneck.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const zeros = (array: Numbers) => changed(array, () => 0)

const wrongBottleneck = faultsOf(bottleneck, reference)
const wrongBottleneckGradient = faultsOf(bottleneckGradient, gradientReference)
const wrongBottleneckLayers = faultsOf(bottleneckLayers, layersReference)

export const forgetsShortcut = wrongBottleneck.parameters('forgets the shortcut', () => ({
  shortcut: 'none',
}))

/** The bottleneck with one of its layers made otherwise. */
function otherwise(
  name: string,
  { rectifyNarrow = true, rectifyLast = false, spread = convolve<number> as Spread },
) {
  return wrongBottleneck.answer(name, ({ inputs, parameters }) => {
    const { x, reduce, reduceBias, filters, bias, expand, expandBias } = inputs
    const entry = parameters.variant === 'pre-activation' ? rectify(number, x) : x
    const reduced = convolve(number, entry, reduce, reduceBias)
    const narrow = rectifyNarrow ? rectify(number, reduced) : reduced
    const middle = rectify(number, spread(number, narrow, filters, bias))
    const expanded = convolve(number, middle, expand, expandBias)
    const branch = rectifyLast ? rectify(number, expanded) : expanded
    const joined = parameters.shortcut === 'identity' ? plus(number, x, branch) : branch
    return { y: parameters.variant === 'original' ? rectify(number, joined) : joined }
  })
}

type Spread = (arithmetic: typeof number, x: Numbers, filters: Numbers, bias: Numbers) => Numbers

export const rectifiesBranch = otherwise('rectifies the branch before the addition', {
  rectifyLast: true,
})

export const rectifiesOnce = otherwise('has no rectifier after the reduction', {
  rectifyNarrow: false,
})

export const padsOnOneSide = otherwise('puts the whole padding at the bottom and right', {
  spread: (arithmetic, x, filters, bias) =>
    conv2d(
      arithmetic,
      { x, filters, bias },
      { strides: [1, 1], dilations: [1, 1], padding: [0, 2, 0, 2] },
    ).y,
})

export const doesNotPad = wrongBottleneck.outputs(
  'does not pad, and adds what is left in the middle',
  ({ y }, { inputs, parameters, right }) => {
    const [, H, W] = y.shape as [number, number, number]
    const plain = right(
      { ...inputs, expand: zeros(inputs.expand), expandBias: zeros(inputs.expandBias) },
      parameters,
    ).y
    const inside = (i: number, size: number) => i > 0 && i < size - 1
    return {
      y: build(y.shape, (n, i, j, c) =>
        inside(i, H) && inside(j, W) ? y.at(n, i, j, c) : plain.at(n, i, j, c),
      ),
    }
  },
)

export const padsPoints = wrongBottleneck.inputs(
  'E-60 read literally: surrounds the image with a ring of zeros before each 1 × 1 convolution',
  ({ x }) => {
    const [N, H, W, C] = x.shape as [number, number, number, number]
    const within = (i: number, size: number) => i >= 2 && i < size + 2
    const padded = build([N, H + 4, W + 4, C], (n, i, j, c) =>
      within(i, H) && within(j, W) ? x.at(n, i - 2, j - 2, c) : 0,
    )
    return { x: padded }
  },
)

export const gradientForgetsShortcut = wrongBottleneckGradient.answer(
  'sends nothing back through the shortcut',
  ({ inputs, parameters, right }) => {
    if (parameters.variant === 'original') return right(inputs, parameters)
    const plain = right(inputs, { ...parameters, shortcut: 'none' })
    return { ...right(inputs, parameters), dx: plain.dx }
  },
)

export const gradientSkipsMiddle = wrongBottleneckGradient.outputs(
  'gives the 3 × 3 filters the gradient of their middle only',
  (answer) => {
    const dFilters = build(answer.dFilters.shape, (u, v, k, q) =>
      u === 1 && v === 1 ? answer.dFilters.at(u, v, k, q) : 0,
    )
    return { dFilters }
  },
)

export const gradientTransposes = wrongBottleneckGradient.outputs(
  'gives the gradient by the expanding filters transposed',
  (answer) => {
    const { shape, data } = answer.dExpand
    const [, , B, C] = shape as [number, number, number, number]
    const transposed = data.map((_, k) => data[(k % B) * C + Math.floor(k / B)]!)
    return { dExpand: fromData(shape, transposed) }
  },
)

export const layersShrink = wrongBottleneckLayers.outputs(
  'lets the 3 × 3 convolution take one ring of pixels away',
  (answer) => {
    const shapes = build([4, 3], (layer, axis) => {
      const size = answer.shapes.at(layer, axis)
      return layer >= 2 && axis < 2 ? Math.max(0, size - 2) : size
    })
    return { shapes }
  },
)

export const layersExpandAlways = wrongBottleneckLayers.parameters(
  'takes the outer channels to be four times the inner ones',
  ({ inside }) => ({ channels: 4 * inside }),
)

export const layersCountBiases = wrongBottleneckLayers.outputs(
  'counts the biases among the weights',
  (answer, { parameters }) => {
    const { channels, inside } = parameters
    const biases = [inside, inside, channels]
    return {
      weights: changed(answer.weights, (count, layer) => count + biases[layer]!),
    }
  },
)

export const layersForgetRestoring = wrongBottleneckLayers.outputs(
  'leaves the restoring convolution out of the ratio',
  (_outputs, { parameters }) => {
    const { channels: C, inside: b } = parameters
    const ratio = fromData([], [(18 * C * C) / (C * b + 9 * b * b)])
    return { ratio }
  },
)
