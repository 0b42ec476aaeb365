import {
  layerCost as costReference,
  layer as reference,
} from '../../../reference/lowrank/fc-matrix.ts'
import { layer, layerCost } from '../../../spec/lowrank/fc-matrix.ts'
import { changed, scalar, zeros } from '../../kit/arrays.ts'
import { faultsOf, keepsLast } from '../../kit/faults.ts'

const wrong = faultsOf(layer, reference)
const wrongCost = faultsOf(layerCost, costReference)

export const readsTransposed = wrong.inputs(
  'reads the weights column by column',
  ({ weights }, { sizes: { H, W } }) => ({
    weights: changed(weights, (_, at) => weights.data[(at % W!) * H! + Math.floor(at / W!)]!),
  }),
)

export const forgetsBias = wrong.inputs('adds no bias', ({ bias }) => ({ bias: zeros(bias.shape) }))

export const keepsBias = keepsLast(layer, reference, 'bias')

export const dropsLastUnit = wrong.inputs(
  'leaves the last unit of the layer before out',
  ({ x }, { sizes: { H } }) => ({ x: changed(x, (v, at) => (at % H! === H! - 1 ? 0 : v)) }),
)

export const countsBias = wrongCost.outputs(
  'counts a bias for every unit',
  ({ weights }, { parameters: { units } }) => ({ weights: scalar(weights.at() + units) }),
)

export const countsOperations = wrongCost.outputs(
  'counts a multiplication and its addition as two',
  ({ multiplyAdds }) => ({ multiplyAdds: changed(multiplyAdds, (c) => 2 * c) }),
)

export const forgetsSamples = wrongCost.outputs(
  'counts the multiply-adds of one sample',
  ({ weights }) => ({ multiplyAdds: weights }),
)
