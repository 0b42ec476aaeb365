import { build } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { plus } from '../../../reference/layers/addition.ts'
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
import { changed, scalar, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { type Layer, paddedBehind, plain } from './block-faults.ts'

const wrong = faultsOf(bottleneck, reference)
const wrongGradient = faultsOf(bottleneckGradient, gradientReference)
const wrongLayers = faultsOf(bottleneckLayers, layersReference)

export const forgetsShortcut = wrong.parameters('forgets the shortcut', () => ({
  shortcut: 'none',
}))

const rectified: Layer = (x, filters, bias) => rectify(number, plain(x, filters, bias))

/** The bottleneck with one of its layers made otherwise. */
function otherwise(name: string, { reducing = rectified, spreading = plain, expanding = plain }) {
  return wrong.answer(name, ({ inputs, parameters: { shortcut, variant } }) => {
    const { x, reduce, reduceBias, filters, bias, expand, expandBias } = inputs
    const entry = variant === 'pre-activation' ? rectify(number, x) : x
    const narrow = reducing(entry, reduce, reduceBias)
    const middle = rectify(number, spreading(narrow, filters, bias))
    const branch = expanding(middle, expand, expandBias)
    const joined = shortcut === 'identity' ? plus(number, x, branch) : branch
    return { y: variant === 'original' ? rectify(number, joined) : joined }
  })
}

export const rectifiesBranch = otherwise('rectifies the branch before the addition', {
  expanding: rectified,
})

export const rectifiesOnce = otherwise('has no rectifier after the reduction', { reducing: plain })

export const padsOnOneSide = otherwise('puts the whole padding at the bottom and right', {
  spreading: paddedBehind,
})

export const doesNotPad = wrong.outputs(
  'does not pad, and adds what is left in the middle',
  ({ y }, { inputs, parameters, right, sizes: { H, W } }) => {
    const [expand, expandBias] = [zeros(inputs.expand.shape), zeros(inputs.expandBias.shape)]
    const alone = right({ ...inputs, expand, expandBias }, parameters).y
    const inside = (i: number, size: number) => i > 0 && i < size - 1
    return {
      y: build(y.shape, (n, i, j, c) => (inside(i, H) && inside(j, W) ? y : alone).at(n, i, j, c)),
    }
  },
)

export const padsPoints = wrong.inputs(
  'E-60 read literally: surrounds the image with a ring of zeros before each 1 × 1 convolution',
  ({ x }, { sizes: { N, H, W, C } }) => {
    const within = (i: number, size: number) => i >= 2 && i < size + 2
    return {
      x: build([N, H + 4, W + 4, C], (n, i, j, c) =>
        within(i, H) && within(j, W) ? x.at(n, i - 2, j - 2, c) : 0,
      ),
    }
  },
)

export const gradientForgetsShortcut = wrongGradient.outputs(
  'sends nothing back through the shortcut',
  ({ dx }, { inputs, parameters, right }) =>
    parameters.variant === 'original'
      ? { dx }
      : { dx: right(inputs, { ...parameters, shortcut: 'none' }).dx },
)

export const gradientSkipsMiddle = wrongGradient.outputs(
  'gives the 3 × 3 filters the gradient of their middle only',
  ({ dFilters }) => ({
    dFilters: build(dFilters.shape, (u, v, k, q) =>
      u === 1 && v === 1 ? dFilters.at(u, v, k, q) : 0,
    ),
  }),
)

export const gradientTransposes = wrongGradient.outputs(
  'gives the gradient by the expanding filters transposed',
  ({ dExpand }, { sizes: { B, C } }) => ({
    dExpand: changed(dExpand, (_, k) => dExpand.data[(k % B) * C + Math.floor(k / B)]),
  }),
)

export const layersShrink = wrongLayers.outputs(
  'lets the 3 × 3 convolution take one ring of pixels away',
  ({ shapes }) => ({
    shapes: build([4, 3], (layer, axis) => {
      const size = shapes.at(layer, axis)
      return layer >= 2 && axis < 2 ? Math.max(0, size - 2) : size
    }),
  }),
)

export const layersExpandAlways = wrongLayers.parameters(
  'takes the outer channels to be four times the inner ones',
  ({ inside }) => ({ channels: 4 * inside }),
)

export const layersCountBiases = wrongLayers.outputs(
  'counts the biases among the weights',
  ({ weights }, { parameters: { channels, inside } }) => {
    const biases = [inside, inside, channels]
    return { weights: changed(weights, (count, layer) => count + biases[layer]) }
  },
)

export const layersForgetRestoring = wrongLayers.outputs(
  'leaves the restoring convolution out of the ratio',
  (_, { parameters: { channels: C, inside: b } }) => ({
    ratio: scalar((18 * C * C) / (C * b + 9 * b * b)),
  }),
)
