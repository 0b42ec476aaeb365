import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  stridedChain as chainReference,
  fireCounts as countsReference,
  squeezenet as networkReference,
} from '../../../reference/efficient/squeezenet.ts'
import { fireCounts, squeezenet, stridedChain } from '../../../spec/efficient/squeezenet.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongFireCounts = faultsOf(fireCounts, countsReference)
const wrongSqueezenet = faultsOf(squeezenet, networkReference)
const wrongStridedChain = faultsOf(stridedChain, chainReference)

export const forgetsBiases = wrongFireCounts.outputs(
  'leaves the biases out',
  (answer, { parameters }) => {
    const { squeeze, expand1, expand3 } = parameters
    const biases = [squeeze, expand1, expand3]
    const byLayer = changed(answer.byLayer, (count, layer) => count - biases[layer]!)
    return { byLayer, parameters: fromData([], [byLayer.data.reduce((a, b) => a + b)]) }
  },
)

export const expandsFromInput = wrongFireCounts.outputs(
  'lets the 3 × 3 filters see the channels before the squeeze',
  (outputs) => {
    const answer = outputs
    const more = answer.unsqueezed.at() - answer.squeezed.at()
    return {
      unsqueezed: answer.unsqueezed,
      squeezed: answer.unsqueezed,
      parameters: fromData([], [answer.parameters.at() + more]),
      byLayer: changed(answer.byLayer, (count, layer) => (layer === 2 ? count + more : count)),
    }
  },
)

export const expandsInTurn = wrongFireCounts.outputs(
  'lets the 3 × 3 filters see what the 1 × 1 filters give',
  (answer, { parameters }) => {
    const { squeeze, expand1, expand3 } = parameters
    const more = 9 * (expand1 - squeeze) * expand3
    return {
      parameters: fromData([], [answer.parameters.at() + more]),
      byLayer: changed(answer.byLayer, (count, layer) => (layer === 2 ? count + more : count)),
    }
  },
)

export const otherVersion = wrongSqueezenet.parameters(
  'takes one version for the other',
  ({ version }) => ({ version: version === '1.0' ? '1.1' : '1.0' }),
)

export const poolsDown = wrongSqueezenet.outputs(
  'rounds sizes down when it pools',
  (answer, { parameters }) => {
    const { sides } = answer
    const early = parameters.version === '1.0' ? [1, 4, 8] : [1, 3, 5]
    let side = sides.at(0)
    const down = build([10], (layer) => {
      if (early.includes(layer)) side = Math.floor((side - 3) / 2) + 1
      return layer === 0 ? sides.at(0) : side
    })
    return { sides: down }
  },
)

export const lastModuleNarrow = wrongSqueezenet.outputs(
  'gives the last convolution the channels of one kind of filters only',
  (answer, { parameters }) => {
    const less = 256 * parameters.classes
    const side = answer.sides.at(9)
    return {
      parameters: changed(answer.parameters, (count) => count - less),
      byLayer: changed(answer.byLayer, (count, layer) => (layer === 9 ? count - less : count)),
      multiplyAdds: changed(answer.multiplyAdds, (count) => count - less * side * side),
    }
  },
)

export const strideForgotten = wrongStridedChain.parameters(
  'forgets strides but the first',
  ({ strides }) => ({ strides: strides.map((s, l) => (l === 0 ? s : 1)) }),
)

export const roundsDown = wrongStridedChain.parameters(
  'rounds odd sizes down',
  ({ rows, columns, strides }) => {
    const even = (size: number) => {
      const reach = strides.reduce((a, b) => a * b)
      return Math.max(1, Math.floor(size / reach)) * reach
    }
    return { rows: even(rows), columns: even(columns) }
  },
)

export const countsInputs = wrongStridedChain.parameters(
  'counts the positions that each layer is given, not those that it gives',
  ({ strides }) => ({ strides: [1, ...strides.slice(0, -1)] }),
)

export const lateIsSmall = wrongStridedChain.parameters(
  'is no dearer, and no larger, however late the strides',
  ({ strides }) => ({ strides: strides.toSorted((a, b) => b - a) }),
)

export const shrinksFilters = wrongStridedChain.outputs(
  'takes filters with a stride to have fewer weights',
  (answer, { parameters }) => {
    const last = parameters.strides.at(-1)!
    return { weights: changed(answer.weights, (count) => count / last) }
  },
)
