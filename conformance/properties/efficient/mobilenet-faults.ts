import { fromData } from '../../../reference/arithmetic/array.ts'
import {
  separableCost as costReference,
  mobilenet as networkReference,
  scaledCost as scaledReference,
} from '../../../reference/efficient/mobilenet.ts'
import { mobilenet, scaledCost, separableCost } from '../../../spec/efficient/mobilenet.ts'
import { fault, lenient, mapArray } from '../../kit/fault.ts'

export const forgetsPointwise = fault(
  separableCost,
  costReference,
  'takes the depthwise convolution alone for the separable layer',
  ({ inputs, parameters, right }) => ({
    ...right(inputs, parameters),
    ratio: fromData([], [1 / parameters.filters]),
  }),
)

export const countsSideOnce = fault(
  separableCost,
  costReference,
  'takes the side of the kernel for its area in the depthwise convolution',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const once = (count: number, layer: number) => (layer === 0 ? count / parameters.kernel : count)
    return {
      ...answer,
      weights: mapArray(answer.weights, once),
      multiplyAdds: mapArray(answer.multiplyAdds, once),
    }
  },
)

export const channelsForFilters = fault(
  separableCost,
  costReference,
  'takes the channels instead of the filters for N in the ratio',
  ({ inputs, parameters, right }) => ({
    ...right(inputs, parameters),
    ratio: fromData([], [1 / parameters.channels + 1 / parameters.kernel ** 2]),
  }),
)

export const mixesWithKernel = fault(
  separableCost,
  costReference,
  'mixes the channels with the whole kernel instead of single pixels',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const area = parameters.kernel ** 2
    const wide = (count: number, layer: number) => (layer === 1 ? count * area : count)
    return {
      ...answer,
      weights: mapArray(answer.weights, wide),
      multiplyAdds: mapArray(answer.multiplyAdds, wide),
    }
  },
)

export const widensInputOnly = fault(
  scaledCost,
  scaledReference,
  'scales the channels by the width, but not the filters',
  ({ inputs, parameters, right }) => {
    const [a, b] = parameters.width
    return right(inputs, { ...parameters, filters: (parameters.filters * b) / a })
  },
)

export const resolutionOnce = fault(
  scaledCost,
  scaledReference,
  'scales one side of the image by the resolution',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const [p, q] = parameters.resolution
    return { ...answer, multiplyAdds: mapArray(answer.multiplyAdds, (c) => (c / p) * q) }
  },
)

export const weightsShrinkToo = fault(
  scaledCost,
  scaledReference,
  'scales the weights by the resolution',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const [p, q] = parameters.resolution
    return { ...answer, weights: mapArray(answer.weights, (c) => (c * p * p) / (q * q)) }
  },
)

export const widthSquared = fault(
  scaledCost,
  scaledReference,
  'scales the depthwise convolution by the square of the width too',
  ({ inputs, parameters, right }) => {
    const [a, b] = parameters.width
    const full = right(inputs, { ...parameters, width: [1, 1] })
    const scale = (count: number) => (count * a * a) / (b * b)
    return {
      multiplyAdds: mapArray(full.multiplyAdds, scale),
      weights: mapArray(full.weights, scale),
    }
  },
)

export const acceptsAnyWidth = lenient(
  scaledCost,
  'accepts widths that leave no whole channel',
  () => {
    const zero = { dtype: 'float32', shape: [], data: new Float32Array(1) } as const
    return { multiplyAdds: zero, weights: zero }
  },
)

export const roundsDown = fault(
  mobilenet,
  networkReference,
  'rounds odd sides down',
  ({ inputs, parameters, right }) => {
    const side = Math.max(1, Math.floor(parameters.side / 32)) * 32
    return right(inputs, { ...parameters, side })
  },
)

export const keepsClassifierWide = fault(
  mobilenet,
  networkReference,
  'leaves the classifier at full width',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const more = 256 * (4 - parameters.quarters) * parameters.classes
    const last = (count: number, kind: number) => (kind === 3 ? count + more : count)
    return {
      parameters: mapArray(answer.parameters, (c) => c + more),
      multiplyAdds: mapArray(answer.multiplyAdds, (c) => c + more),
      weightsByKind: mapArray(answer.weightsByKind, last),
      multiplyAddsByKind: mapArray(answer.multiplyAddsByKind, last),
    }
  },
)

export const forgetsNormalization = fault(
  mobilenet,
  networkReference,
  'leaves the parameters of the normalization out',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const weights = answer.weightsByKind.data.reduce((a, b) => a + b)
    return { ...answer, parameters: fromData([], [weights + parameters.classes]) }
  },
)

export const fourLayersTooFew = fault(
  mobilenet,
  networkReference,
  'has four layers too few at the 512 channels in the middle',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const c = 128 * parameters.quarters
    const side = Math.ceil(parameters.side / 16)
    const fewer = [0, 4 * 9 * c, 4 * c * c, 0]
    const less = fewer[1]! + fewer[2]!
    return {
      parameters: mapArray(answer.parameters, (count) => count - less - 16 * c),
      multiplyAdds: mapArray(answer.multiplyAdds, (count) => count - less * side * side),
      weightsByKind: mapArray(answer.weightsByKind, (count, kind) => count - fewer[kind]!),
      multiplyAddsByKind: mapArray(
        answer.multiplyAddsByKind,
        (count, kind) => count - fewer[kind]! * side * side,
      ),
    }
  },
)
