import { build } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  convolutionalDescriptors as convolutionalReference,
  denseDescriptors as reference,
  descriptorSize as sizeReference,
} from '../../../reference/transfer/feature-extractor.ts'
import { linear } from '../../../reference/transfer/network-layers.ts'
import {
  convolutionalDescriptors,
  denseDescriptors,
  descriptorSize,
} from '../../../spec/transfer/feature-extractor.ts'
import { fault, mapArray } from '../../kit/fault.ts'

export const takesResponses = fault(
  denseDescriptors,
  reference,
  'takes the responses before the rectifier',
  ({ inputs, parameters, right }) => {
    const { x, weights1, biases1, weights2, biases2 } = inputs
    if (parameters.layer === 1) return { descriptors: linear(number, x, weights1, biases1) }
    const lower = right(inputs, { layer: 1 }).descriptors
    return { descriptors: linear(number, lower, weights2, biases2) }
  },
)

export const takesLowerLayer = fault(
  denseDescriptors,
  reference,
  'cuts one layer too low',
  ({ inputs, right }) => right(inputs, { layer: 1 }),
)

export const givesWeights = fault(
  denseDescriptors,
  reference,
  'E-18 read literally: one number for every weight of the layer',
  ({ inputs, parameters }) => {
    const { data } = parameters.layer === 1 ? inputs.weights1 : inputs.weights2
    return { descriptors: build([inputs.x.shape[0]!, data.length], (_, at) => data[at]!) }
  },
)

export const convolutionalSums = fault(
  convolutionalDescriptors,
  convolutionalReference,
  'adds up each map instead of averaging it',
  ({ inputs, parameters, right }) => {
    const { descriptors } = right(inputs, parameters)
    if (!parameters.pooled) return { descriptors }
    const flat = right(inputs, { pooled: false }).descriptors
    const positions = flat.shape[1]! / descriptors.shape[1]!
    return { descriptors: mapArray(descriptors, (v) => v * positions) }
  },
)

export const convolutionalMaximum = fault(
  convolutionalDescriptors,
  convolutionalReference,
  'takes the largest number of each map',
  ({ inputs, parameters, right }) => {
    const { descriptors } = right(inputs, parameters)
    if (!parameters.pooled) return { descriptors }
    const flat = right(inputs, { pooled: false }).descriptors
    const Q = descriptors.shape[1]!
    const positions = flat.shape[1]! / Q
    return {
      descriptors: build(descriptors.shape, (n, q) => {
        const map = Array.from({ length: positions }, (_, p) => flat.at(n, p * Q + q))
        return Math.max(...map)
      }),
    }
  },
)

export const convolutionalChannelsFirst = fault(
  convolutionalDescriptors,
  convolutionalReference,
  'flattens all positions of a filter together',
  ({ inputs, parameters, right }) => {
    const { descriptors } = right(inputs, parameters)
    if (parameters.pooled) return { descriptors }
    const Q = inputs.bias.shape[0]!
    const positions = descriptors.shape[1]! / Q
    return {
      descriptors: build(descriptors.shape, (n, at) =>
        descriptors.at(n, (at % positions) * Q + Math.floor(at / positions)),
      ),
    }
  },
)

export const countsWeights = fault(
  descriptorSize,
  sizeReference,
  'E-18 read literally: as long as the layer has weights',
  ({ inputs, parameters, right }) => {
    const { weights } = right(inputs, parameters)
    return { length: weights, weights }
  },
)

export const countsBiases = fault(
  descriptorSize,
  sizeReference,
  'counts the biases among the weights',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, weights: mapArray(answer.weights, (n) => n + parameters.filters) }
  },
)

export const flattensAlways = fault(
  descriptorSize,
  sizeReference,
  'counts all positions although the maps are averaged',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, pooled: false }),
)
