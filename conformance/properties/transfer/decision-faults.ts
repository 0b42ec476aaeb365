import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  extractionLayer as layerReference,
  strategy as reference,
} from '../../../reference/transfer/decision.ts'
import { extractionLayer, strategy } from '../../../spec/transfer/decision.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrongStrategy = faultsOf(strategy, reference)
const wrongExtractionLayer = faultsOf(extractionLayer, layerReference)

export const swapsLayers = wrongStrategy.outputs(
  'takes higher features for different data and lower ones for similar data',
  ({ suitable }) => {
    return {
      suitable: fromData(
        [4],
        [1, 0, 2, 3].map((i) => suitable.at(i)),
      ),
    }
  },
)

export const onlyFromScratch = wrongStrategy.outputs(
  'E-59 read literally: only training from scratch for large and different data',
  ({ suitable }) => {
    return { suitable: changed(suitable, (s, i) => (i === 2 ? s * (1 - suitable.at(3)) : s)) }
  },
)

export const tunesSmall = wrongStrategy.answer(
  'fine-tunes on small data sets that are similar',
  ({ parameters, inputs, right }) =>
    parameters.similarity === 'similar'
      ? right(inputs, { ...parameters, size: 'large' })
      : right(inputs, parameters),
)

export const startsCold = wrongStrategy.outputs(
  'trains from scratch whenever there is much data',
  ({ suitable }) => {
    return { suitable: changed(suitable, (s, i) => (i === 3 && suitable.at(2) === 1 ? 1 : s)) }
  },
)

export const answersAnything = wrongStrategy.accepts(
  'answers to words that it does not know',
  () => ({
    suitable: tensor([4], [0, 0, 1, 0]),
  }),
)

export const roundsUp = wrongExtractionLayer.answer(
  'rounds the layer up',
  ({ inputs, parameters: { size, similarity, levels, layers }, right }) => {
    const answer = right(inputs, { size, similarity, levels, layers })
    const layer = 1 + Math.ceil((similarity * (layers - 1)) / levels)
    return size === 'small' ? { layer: build([], () => layer) } : answer
  },
)

export const upsideDown = wrongExtractionLayer.parameters(
  'goes lower the more similar the data are',
  ({ levels, similarity }) => ({ similarity: levels - similarity }),
)

export const extractsAlways = wrongExtractionLayer.parameters(
  'takes features for large data sets too',
  () => ({ size: 'small' }),
)

export const countsFromZero = wrongExtractionLayer.outputs('counts layers from 0', (outputs) => ({
  layer: changed(outputs.layer, (layer) => Math.max(0, layer - 1)),
}))

export const acceptsAnyLevel = wrongExtractionLayer.accepts(
  'accepts levels above the highest',
  () => ({
    layer: tensor([], [1]),
  }),
)
