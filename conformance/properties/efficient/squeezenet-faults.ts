import {
  stridedChain as chainReference,
  fireCounts as countsReference,
  squeezenet as networkReference,
} from '../../../reference/efficient/squeezenet.ts'
import { fireCounts, squeezenet, stridedChain } from '../../../spec/efficient/squeezenet.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongCounts = faultsOf(fireCounts, countsReference)
const wrongNetwork = faultsOf(squeezenet, networkReference)
const wrongChain = faultsOf(stridedChain, chainReference)

export const forgetsBiases = wrongCounts.outputs(
  'leaves the biases out',
  ({ byLayer }, { parameters: { squeeze, expand1, expand3 } }) => {
    const biases = [squeeze, expand1, expand3]
    const weights = changed(byLayer, (count, layer) => count - biases[layer])
    return { byLayer: weights, parameters: scalar(weights.data.reduce((a, b) => a + b)) }
  },
)

export const expandsFromInput = wrongCounts.outputs(
  'lets the 3 × 3 filters see the channels before the squeeze',
  ({ unsqueezed, squeezed, parameters, byLayer }) => {
    const more = unsqueezed.at() - squeezed.at()
    return {
      squeezed: unsqueezed,
      parameters: scalar(parameters.at() + more),
      byLayer: changed(byLayer, (count, layer) => (layer === 2 ? count + more : count)),
    }
  },
)

export const expandsInTurn = wrongCounts.outputs(
  'lets the 3 × 3 filters see what the 1 × 1 filters give',
  ({ parameters, byLayer }, { parameters: { squeeze, expand1, expand3 } }) => {
    const more = 9 * (expand1 - squeeze) * expand3
    return {
      parameters: scalar(parameters.at() + more),
      byLayer: changed(byLayer, (count, layer) => (layer === 2 ? count + more : count)),
    }
  },
)

export const otherVersion = wrongNetwork.parameters(
  'takes one version for the other',
  ({ version }) => ({ version: version === '1.0' ? '1.1' : '1.0' }),
)

export const poolsDown = wrongNetwork.outputs(
  'rounds sizes down when it pools',
  ({ sides }, { parameters: { version } }) => {
    const pools = version === '1.0' ? [1, 4, 8] : [1, 3, 5]
    let side = sides.at(0)
    return {
      sides: changed(sides, (_, layer) => {
        if (pools.includes(layer)) side = Math.floor((side - 3) / 2) + 1
        return side
      }),
    }
  },
)

export const lastModuleNarrow = wrongNetwork.outputs(
  'gives the last convolution the channels of one kind of filters only',
  ({ parameters, byLayer, multiplyAdds, sides }, { parameters: { classes } }) => {
    const less = 256 * classes
    return {
      parameters: scalar(parameters.at() - less),
      byLayer: changed(byLayer, (count, layer) => (layer === 9 ? count - less : count)),
      multiplyAdds: scalar(multiplyAdds.at() - less * sides.at(9) ** 2),
    }
  },
)

export const strideForgotten = wrongChain.parameters(
  'forgets strides but the first',
  ({ strides }) => ({ strides: strides.map((s, l) => (l === 0 ? s : 1)) }),
)

export const roundsDown = wrongChain.parameters(
  'rounds odd sizes down',
  ({ rows, columns, strides }) => {
    const whole = strides.reduce((a, b) => a * b)
    const even = (size: number) => Math.max(1, Math.floor(size / whole)) * whole
    return { rows: even(rows), columns: even(columns) }
  },
)

export const countsInputs = wrongChain.parameters(
  'counts the positions that each layer is given, not those that it gives',
  ({ strides }) => ({ strides: [1, ...strides.slice(0, -1)] }),
)

export const lateIsSmall = wrongChain.parameters(
  'is no dearer, and no larger, however late the strides',
  ({ strides }) => ({ strides: strides.toSorted((a, b) => b - a) }),
)

export const shrinksFilters = wrongChain.outputs(
  'takes filters with a stride to have fewer weights',
  ({ weights }, { parameters: { strides } }) => ({
    weights: changed(weights, (count) => count / strides[strides.length - 1]),
  }),
)
