import {
  denseChannels as channelsReference,
  densenet as networkReference,
} from '../../../reference/efficient/densenet.ts'
import { denseChannels, densenet } from '../../../spec/efficient/densenet.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongChannels = faultsOf(denseChannels, channelsReference)
const wrongNetwork = faultsOf(densenet, networkReference)

export const sumsLayersOnly = wrongChannels.outputs(
  'takes the channels that the layers add for all of the output',
  (_, { parameters: { growth, layers } }) => ({ output: scalar(growth * layers) }),
)

export const oneGrowthTooMany = wrongChannels.outputs(
  'counts the channels of a layer itself among those that it is given',
  ({ inputs }, { parameters: { growth } }) => ({
    inputs: changed(inputs, (count) => count + growth),
  }),
)

export const connectsInChain = wrongChannels.outputs(
  'has one connection a layer, and weights for the maps of the layer before it',
  (_, { parameters: { channels, growth, layers } }) => ({
    connections: scalar(layers),
    weights: scalar(9 * growth * (channels + growth * (layers - 1))),
  }),
)

export const keepsChannels = wrongNetwork.outputs(
  'keeps all channels between blocks',
  ({ channels }, { parameters: { depth } }) => {
    let given = depth === '161' ? 96 : 64
    let kept = given
    return {
      channels: changed(channels, (count) => {
        kept += count - given
        given = count / 2
        return kept
      }),
    }
  },
)

export const noBottleneck = wrongNetwork.outputs('leaves the bottlenecks out', ({ layers }) => ({
  layers: scalar((layers.at() - 5) / 2 + 5),
}))

export const oneNormalization = wrongNetwork.outputs(
  'leaves the last normalization out',
  ({ parameters, channels }) => ({ parameters: scalar(parameters.at() - 2 * channels.at(3)) }),
)

export const roundsUp = wrongNetwork.outputs(
  'rounds sides up between blocks',
  (_, { inputs, parameters, right }) => {
    const side = Math.ceil(parameters.side / 32) * 32
    return { multiplyAdds: right(inputs, { ...parameters, side }).multiplyAdds }
  },
)

export const costsWithoutStride = wrongNetwork.outputs(
  'does not pool after the first convolution',
  (_, { inputs, parameters, right }) => ({
    multiplyAdds: right(inputs, { ...parameters, side: 2 * parameters.side }).multiplyAdds,
  }),
)
