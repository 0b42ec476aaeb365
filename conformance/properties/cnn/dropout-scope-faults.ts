import {
  droppedNetwork as networkReference,
  dropoutPlacement as placementReference,
} from '../../../reference/cnn/dropout-scope.ts'
import { dropoutPlacement, droppedNetwork } from '../../../spec/cnn/dropout-scope.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongPlacement = faultsOf(dropoutPlacement, placementReference)
const wrongNetwork = faultsOf(droppedNetwork, networkReference)

export const denseOnly = wrongPlacement.parameters(
  'E-10 read as a rule: never after a convolution, whatever the policy',
  () => ({ policy: 'dense' }),
)

export const everywhere = wrongPlacement.parameters(
  'after convolutions, whatever the policy',
  () => ({ policy: 'hidden' }),
)

export const outputToo = wrongPlacement.outputs(
  'after the output layer as well',
  ({ follows }, { parameters: { layers } }) => ({
    follows: changed(follows, (bit, l) => (layers[l] === 'output' ? 1 : bit)),
  }),
)

export const poolingToo = wrongPlacement.outputs(
  'after pooling layers as well',
  ({ follows }, { parameters: { layers } }) => ({
    follows: changed(follows, (bit, l) => (layers[l] === 'pooling' ? 1 : bit)),
  }),
)

export const dropsFeatures = wrongNetwork.outputs(
  'drops features of the convolution by the same mask, in training',
  ({ features }, { inputs: { mask }, parameters: { training } }) => {
    const bits = mask.data
    return training ? { features: changed(features, (v, at) => v * bits[at % bits.length]) } : {}
  },
)

export const ignoresMask = wrongNetwork.parameters('does not drop at all', () => ({
  training: false,
}))

export const dropsOutputs = wrongNetwork.outputs(
  'drops the answers instead of the units of the dense layer',
  (_, { inputs, parameters, right }) => {
    const { z } = right(inputs, { ...parameters, training: false })
    if (!parameters.training) return { z }
    const bits = inputs.mask.data
    const scale = 1 / (1 - parameters.rate)
    return { z: changed(z, (v, at) => v * bits[at % bits.length] * scale) }
  },
)

export const rectifiesNothing = wrongNetwork.outputs(
  'leaves the rectifier of the features out',
  ({ features }, { inputs, parameters, right }) => {
    const [filters, bias] = [inputs.filters, inputs.bias].map((a) => changed(a, (v) => -v))
    const negative = right({ ...inputs, filters, bias }, parameters).features
    return { features: changed(features, (positive, at) => positive - negative.data[at]) }
  },
)
