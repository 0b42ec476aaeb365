import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  stridedChain as chainReference,
  fireCounts as countsReference,
  squeezenet as networkReference,
} from '../../../reference/efficient/squeezenet.ts'
import { fireCounts, squeezenet, stridedChain } from '../../../spec/efficient/squeezenet.ts'
import { fault, mapArray } from '../../kit/fault.ts'

export const forgetsBiases = fault(
  fireCounts,
  countsReference,
  'leaves the biases out',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { squeeze, expand1, expand3 } = parameters
    const biases = [squeeze, expand1, expand3]
    const byLayer = mapArray(answer.byLayer, (count, layer) => count - biases[layer]!)
    return { ...answer, byLayer, parameters: fromData([], [byLayer.data.reduce((a, b) => a + b)]) }
  },
)

export const expandsFromInput = fault(
  fireCounts,
  countsReference,
  'lets the 3 × 3 filters see the channels before the squeeze',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const more = answer.unsqueezed.at() - answer.squeezed.at()
    return {
      unsqueezed: answer.unsqueezed,
      squeezed: answer.unsqueezed,
      parameters: fromData([], [answer.parameters.at() + more]),
      byLayer: mapArray(answer.byLayer, (count, layer) => (layer === 2 ? count + more : count)),
    }
  },
)

export const expandsInTurn = fault(
  fireCounts,
  countsReference,
  'lets the 3 × 3 filters see what the 1 × 1 filters give',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { squeeze, expand1, expand3 } = parameters
    const more = 9 * (expand1 - squeeze) * expand3
    return {
      ...answer,
      parameters: fromData([], [answer.parameters.at() + more]),
      byLayer: mapArray(answer.byLayer, (count, layer) => (layer === 2 ? count + more : count)),
    }
  },
)

export const otherVersion = fault(
  squeezenet,
  networkReference,
  'takes one version for the other',
  ({ inputs, parameters, right }) =>
    right(inputs, { ...parameters, version: parameters.version === '1.0' ? '1.1' : '1.0' }),
)

export const poolsDown = fault(
  squeezenet,
  networkReference,
  'rounds sizes down when it pools',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { sides } = answer
    const early = parameters.version === '1.0' ? [1, 4, 8] : [1, 3, 5]
    let side = sides.at(0)
    const down = build([10], (layer) => {
      if (early.includes(layer)) side = Math.floor((side - 3) / 2) + 1
      return layer === 0 ? sides.at(0) : side
    })
    return { ...answer, sides: down }
  },
)

export const lastModuleNarrow = fault(
  squeezenet,
  networkReference,
  'gives the last convolution the channels of one kind of filters only',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const less = 256 * parameters.classes
    const side = answer.sides.at(9)
    return {
      ...answer,
      parameters: mapArray(answer.parameters, (count) => count - less),
      byLayer: mapArray(answer.byLayer, (count, layer) => (layer === 9 ? count - less : count)),
      multiplyAdds: mapArray(answer.multiplyAdds, (count) => count - less * side * side),
    }
  },
)

export const strideForgotten = fault(
  stridedChain,
  chainReference,
  'forgets strides but the first',
  ({ inputs, parameters, right }) =>
    right(inputs, { ...parameters, strides: parameters.strides.map((s, l) => (l === 0 ? s : 1)) }),
)

export const roundsDown = fault(
  stridedChain,
  chainReference,
  'rounds odd sizes down',
  ({ inputs, parameters, right }) => {
    const even = (size: number) => {
      const reach = parameters.strides.reduce((a, b) => a * b)
      return Math.max(1, Math.floor(size / reach)) * reach
    }
    const { rows, columns } = parameters
    return right(inputs, { ...parameters, rows: even(rows), columns: even(columns) })
  },
)

export const countsInputs = fault(
  stridedChain,
  chainReference,
  'counts the positions that each layer is given, not those that it gives',
  ({ inputs, parameters, right }) =>
    right(inputs, { ...parameters, strides: [1, ...parameters.strides.slice(0, -1)] }),
)

export const lateIsSmall = fault(
  stridedChain,
  chainReference,
  'E-77 read literally: is no dearer, and no larger, however late the strides',
  ({ inputs, parameters, right }) =>
    right(inputs, { ...parameters, strides: parameters.strides.toSorted((a, b) => b - a) }),
)

export const shrinksFilters = fault(
  stridedChain,
  chainReference,
  'takes filters with a stride to have fewer weights',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const last = parameters.strides.at(-1)!
    return { ...answer, weights: mapArray(answer.weights, (count) => count / last) }
  },
)
