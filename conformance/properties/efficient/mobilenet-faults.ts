import {
  separableCost as costReference,
  mobilenet as networkReference,
  scaledCost as scaledReference,
} from '../../../reference/efficient/mobilenet.ts'
import { mobilenet, scaledCost, separableCost } from '../../../spec/efficient/mobilenet.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongCost = faultsOf(separableCost, costReference)
const wrongScaling = faultsOf(scaledCost, scaledReference)
const wrongNetwork = faultsOf(mobilenet, networkReference)

export const forgetsPointwise = wrongCost.outputs(
  'takes the depthwise convolution alone for the separable layer',
  (_, { parameters: { filters } }) => ({ ratio: scalar(1 / filters) }),
)

export const countsSideOnce = wrongCost.outputs(
  'takes the side of the kernel for its area in the depthwise convolution',
  ({ weights, multiplyAdds }, { parameters: { kernel } }) => {
    const once = (count: number, layer: number) => (layer === 0 ? count / kernel : count)
    return { weights: changed(weights, once), multiplyAdds: changed(multiplyAdds, once) }
  },
)

export const channelsForFilters = wrongCost.outputs(
  'takes the channels instead of the filters for N in the ratio',
  (_, { parameters: { channels, kernel } }) => ({ ratio: scalar(1 / channels + 1 / kernel ** 2) }),
)

export const mixesWithKernel = wrongCost.outputs(
  'mixes the channels with the whole kernel instead of single pixels',
  ({ weights, multiplyAdds }, { parameters: { kernel } }) => {
    const wide = (count: number, layer: number) => (layer === 1 ? count * kernel ** 2 : count)
    return { weights: changed(weights, wide), multiplyAdds: changed(multiplyAdds, wide) }
  },
)

export const widensInputOnly = wrongScaling.parameters(
  'scales the channels by the width, but not the filters',
  ({ width: [a, b], filters }) => ({ filters: (filters * b) / a }),
)

export const resolutionOnce = wrongScaling.outputs(
  'scales one side of the image by the resolution',
  ({ multiplyAdds }, { parameters: { resolution } }) => {
    const [p, q] = resolution
    return { multiplyAdds: changed(multiplyAdds, (c) => (c / p) * q) }
  },
)

export const weightsShrinkToo = wrongScaling.outputs(
  'scales the weights by the resolution',
  ({ weights }, { parameters: { resolution } }) => {
    const [p, q] = resolution
    return { weights: changed(weights, (c) => (c * p * p) / (q * q)) }
  },
)

export const widthSquared = wrongScaling.answer(
  'scales the depthwise convolution by the square of the width too',
  ({ inputs, parameters, right }) => {
    const [a, b] = parameters.width
    const full = right(inputs, { ...parameters, width: [1, 1] })
    const scale = (count: number) => (count * a * a) / (b * b)
    return {
      multiplyAdds: changed(full.multiplyAdds, scale),
      weights: changed(full.weights, scale),
    }
  },
)

export const acceptsAnyWidth = wrongScaling.accepts(
  'accepts widths that leave no whole channel',
  () => {
    const zero = { dtype: 'float32', shape: [], data: new Float32Array(1) } as const
    return { multiplyAdds: zero, weights: zero }
  },
)

export const roundsDown = wrongNetwork.parameters('rounds odd sides down', ({ side }) => ({
  side: Math.max(1, Math.floor(side / 32)) * 32,
}))

export const keepsClassifierWide = wrongNetwork.outputs(
  'leaves the classifier at full width',
  (counts, { parameters: { quarters, classes } }) => {
    const more = 256 * (4 - quarters) * classes
    const last = (count: number, kind: number) => (kind === 3 ? count + more : count)
    return {
      parameters: scalar(counts.parameters.at() + more),
      multiplyAdds: scalar(counts.multiplyAdds.at() + more),
      weightsByKind: changed(counts.weightsByKind, last),
      multiplyAddsByKind: changed(counts.multiplyAddsByKind, last),
    }
  },
)

export const forgetsNormalization = wrongNetwork.outputs(
  'leaves the parameters of the normalization out',
  ({ weightsByKind }, { parameters: { classes } }) => ({
    parameters: scalar(weightsByKind.data.reduce((a, b) => a + b) + classes),
  }),
)

export const fourLayersTooFew = wrongNetwork.outputs(
  'has four layers too few at the 512 channels in the middle',
  (counts, { parameters }) => {
    const c = 128 * parameters.quarters
    const positions = Math.ceil(parameters.side / 16) ** 2
    const fewer = [0, 4 * 9 * c, 4 * c * c, 0]
    const less = fewer[1] + fewer[2]
    return {
      parameters: scalar(counts.parameters.at() - less - 16 * c),
      multiplyAdds: scalar(counts.multiplyAdds.at() - less * positions),
      weightsByKind: changed(counts.weightsByKind, (n, kind) => n - fewer[kind]),
      multiplyAddsByKind: changed(
        counts.multiplyAddsByKind,
        (n, kind) => n - fewer[kind] * positions,
      ),
    }
  },
)
