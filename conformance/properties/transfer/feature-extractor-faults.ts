import { build } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { dense } from '../../../reference/layers/dense.ts'
import {
  convolutionalDescriptors as convolutionalReference,
  denseDescriptors as reference,
  descriptorSize as sizeReference,
} from '../../../reference/transfer/feature-extractor.ts'
import {
  convolutionalDescriptors,
  denseDescriptors,
  descriptorSize,
} from '../../../spec/transfer/feature-extractor.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongDenseDescriptors = faultsOf(denseDescriptors, reference)
const wrongConvolutionalDescriptors = faultsOf(convolutionalDescriptors, convolutionalReference)
const wrongDescriptorSize = faultsOf(descriptorSize, sizeReference)

export const takesResponses = wrongDenseDescriptors.answer(
  'takes the responses before the rectifier',
  ({ inputs, parameters, right }) => {
    const { x, weights1, biases1, weights2, biases2 } = inputs
    if (parameters.layer === 1) return { descriptors: dense(number, x, weights1, biases1) }
    const lower = right(inputs, { layer: 1 }).descriptors
    return { descriptors: dense(number, lower, weights2, biases2) }
  },
)

export const takesLowerLayer = wrongDenseDescriptors.answer(
  'cuts one layer too low',
  ({ inputs, right }) => right(inputs, { layer: 1 }),
)

export const givesWeights = wrongDenseDescriptors.answer(
  'E-18 read literally: one number for every weight of the layer',
  ({ inputs, parameters }) => {
    const { data } = parameters.layer === 1 ? inputs.weights1 : inputs.weights2
    return { descriptors: build([inputs.x.shape[0]!, data.length], (_, at) => data[at]!) }
  },
)

export const convolutionalSums = wrongConvolutionalDescriptors.answer(
  'adds up each map instead of averaging it',
  ({ inputs, parameters, right }) => {
    const { descriptors } = right(inputs, parameters)
    if (!parameters.pooled) return { descriptors }
    const flat = right(inputs, { pooled: false }).descriptors
    const positions = flat.shape[1]! / descriptors.shape[1]!
    return { descriptors: changed(descriptors, (v) => v * positions) }
  },
)

export const convolutionalMaximum = wrongConvolutionalDescriptors.answer(
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

export const convolutionalChannelsFirst = wrongConvolutionalDescriptors.answer(
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

export const countsWeights = wrongDescriptorSize.outputs(
  'E-18 read literally: as long as the layer has weights',
  ({ weights }) => {
    return { length: weights, weights }
  },
)

export const countsBiases = wrongDescriptorSize.outputs(
  'counts the biases among the weights',
  (answer, { parameters }) => {
    return { weights: changed(answer.weights, (n) => n + parameters.filters) }
  },
)

export const flattensAlways = wrongDescriptorSize.parameters(
  'counts all positions although the maps are averaged',
  () => ({ pooled: false }),
)
