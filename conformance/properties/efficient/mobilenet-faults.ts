import { fromData } from '../../../reference/arithmetic/array.ts'
import {
  separableCost as costReference,
  mobilenet as networkReference,
  scaledCost as scaledReference,
} from '../../../reference/efficient/mobilenet.ts'
import { mobilenet, scaledCost, separableCost } from '../../../spec/efficient/mobilenet.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongSeparableCost = faultsOf(separableCost, costReference)
const wrongScaledCost = faultsOf(scaledCost, scaledReference)
const wrongMobilenet = faultsOf(mobilenet, networkReference)

export const forgetsPointwise = wrongSeparableCost.outputs(
  'takes the depthwise convolution alone for the separable layer',
  (_outputs, { parameters }) => ({
    ratio: fromData([], [1 / parameters.filters]),
  }),
)

export const countsSideOnce = wrongSeparableCost.outputs(
  'takes the side of the kernel for its area in the depthwise convolution',
  (answer, { parameters }) => {
    const once = (count: number, layer: number) => (layer === 0 ? count / parameters.kernel : count)
    return {
      weights: changed(answer.weights, once),
      multiplyAdds: changed(answer.multiplyAdds, once),
    }
  },
)

export const channelsForFilters = wrongSeparableCost.outputs(
  'takes the channels instead of the filters for N in the ratio',
  (_outputs, { parameters }) => ({
    ratio: fromData([], [1 / parameters.channels + 1 / parameters.kernel ** 2]),
  }),
)

export const mixesWithKernel = wrongSeparableCost.outputs(
  'mixes the channels with the whole kernel instead of single pixels',
  (answer, { parameters }) => {
    const area = parameters.kernel ** 2
    const wide = (count: number, layer: number) => (layer === 1 ? count * area : count)
    return {
      weights: changed(answer.weights, wide),
      multiplyAdds: changed(answer.multiplyAdds, wide),
    }
  },
)

export const widensInputOnly = wrongScaledCost.parameters(
  'scales the channels by the width, but not the filters',
  ({ width, filters }) => {
    const [a, b] = width
    return { filters: (filters * b) / a }
  },
)

export const resolutionOnce = wrongScaledCost.outputs(
  'scales one side of the image by the resolution',
  (answer, { parameters }) => {
    const [p, q] = parameters.resolution
    return { multiplyAdds: changed(answer.multiplyAdds, (c) => (c / p) * q) }
  },
)

export const weightsShrinkToo = wrongScaledCost.outputs(
  'scales the weights by the resolution',
  (answer, { parameters }) => {
    const [p, q] = parameters.resolution
    return { weights: changed(answer.weights, (c) => (c * p * p) / (q * q)) }
  },
)

export const widthSquared = wrongScaledCost.answer(
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

export const acceptsAnyWidth = wrongScaledCost.accepts(
  'accepts widths that leave no whole channel',
  () => {
    const zero = { dtype: 'float32', shape: [], data: new Float32Array(1) } as const
    return { multiplyAdds: zero, weights: zero }
  },
)

export const roundsDown = wrongMobilenet.parameters('rounds odd sides down', (parameters) => {
  const side = Math.max(1, Math.floor(parameters.side / 32)) * 32
  return { side }
})

export const keepsClassifierWide = wrongMobilenet.outputs(
  'leaves the classifier at full width',
  (outputs, { parameters }) => {
    const answer = outputs
    const more = 256 * (4 - parameters.quarters) * parameters.classes
    const last = (count: number, kind: number) => (kind === 3 ? count + more : count)
    return {
      parameters: changed(answer.parameters, (c) => c + more),
      multiplyAdds: changed(answer.multiplyAdds, (c) => c + more),
      weightsByKind: changed(answer.weightsByKind, last),
      multiplyAddsByKind: changed(answer.multiplyAddsByKind, last),
    }
  },
)

export const forgetsNormalization = wrongMobilenet.outputs(
  'leaves the parameters of the normalization out',
  (answer, { parameters }) => {
    const weights = answer.weightsByKind.data.reduce((a, b) => a + b)
    return { parameters: fromData([], [weights + parameters.classes]) }
  },
)

export const fourLayersTooFew = wrongMobilenet.outputs(
  'has four layers too few at the 512 channels in the middle',
  (outputs, { parameters }) => {
    const answer = outputs
    const c = 128 * parameters.quarters
    const side = Math.ceil(parameters.side / 16)
    const fewer = [0, 4 * 9 * c, 4 * c * c, 0]
    const less = fewer[1]! + fewer[2]!
    return {
      parameters: changed(answer.parameters, (count) => count - less - 16 * c),
      multiplyAdds: changed(answer.multiplyAdds, (count) => count - less * side * side),
      weightsByKind: changed(answer.weightsByKind, (count, kind) => count - fewer[kind]!),
      multiplyAddsByKind: changed(
        answer.multiplyAddsByKind,
        (count, kind) => count - fewer[kind]! * side * side,
      ),
    }
  },
)
