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
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(denseDescriptors, reference)
const wrongMaps = faultsOf(convolutionalDescriptors, convolutionalReference)
const wrongSize = faultsOf(descriptorSize, sizeReference)

export const takesResponses = wrong.answer(
  'takes the responses before the rectifier',
  ({ inputs, parameters: { layer }, right }) => {
    const { x, weights1, biases1, weights2, biases2 } = inputs
    if (layer === 1) return { descriptors: dense(number, x, weights1, biases1) }
    const lower = right(inputs, { layer: 1 }).descriptors
    return { descriptors: dense(number, lower, weights2, biases2) }
  },
)

export const takesLowerLayer = wrong.parameters('cuts one layer too low', () => ({ layer: 1 }))

export const givesWeights = wrong.answer(
  'E-18 read literally: one number for every weight of the layer',
  ({ inputs: { weights1, weights2 }, parameters: { layer }, sizes: { N } }) => {
    const { data } = layer === 1 ? weights1 : weights2
    return { descriptors: build([N, data.length], (_, at) => data[at]!) }
  },
)

export const convolutionalSums = wrongMaps.outputs(
  'adds up each map instead of averaging it',
  ({ descriptors }, { inputs, parameters: { pooled }, right }) => {
    if (!pooled) return {}
    const flat = right(inputs, { pooled: false }).descriptors
    const positions = flat.shape[1]! / descriptors.shape[1]!
    return { descriptors: changed(descriptors, (v) => v * positions) }
  },
)

export const convolutionalMaximum = wrongMaps.outputs(
  'takes the largest number of each map',
  ({ descriptors }, { inputs, parameters: { pooled }, right }) => {
    if (!pooled) return {}
    const flat = right(inputs, { pooled: false }).descriptors
    const [Q, length] = [descriptors.shape[1]!, flat.shape[1]!]
    const map = (n: number, q: number) =>
      Array.from({ length: length / Q }, (_, p) => flat.at(n, p * Q + q))
    return { descriptors: build(descriptors.shape, (n, q) => Math.max(...map(n, q))) }
  },
)

export const convolutionalChannelsFirst = wrongMaps.outputs(
  'flattens all positions of a filter together',
  ({ descriptors }, { parameters: { pooled }, sizes: { Q } }) => {
    if (pooled) return {}
    const positions = descriptors.shape[1]! / Q
    const from = (at: number) => (at % positions) * Q + Math.floor(at / positions)
    return { descriptors: permuted(descriptors, (n, at) => [n, from(at)]) }
  },
)

export const countsWeights = wrongSize.outputs(
  'E-18 read literally: as long as the layer has weights',
  ({ weights }) => ({ length: weights }),
)

export const countsBiases = wrongSize.outputs(
  'counts the biases among the weights',
  ({ weights }, { parameters: { filters } }) => ({ weights: changed(weights, (n) => n + filters) }),
)

export const flattensAlways = wrongSize.parameters(
  'counts all positions although the maps are averaged',
  () => ({ pooled: false }),
)
