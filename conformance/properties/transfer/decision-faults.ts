import {
  extractionLayer as layerReference,
  strategy as reference,
} from '../../../reference/transfer/decision.ts'
import { extractionLayer, strategy } from '../../../spec/transfer/decision.ts'
import { changed, permuted, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(strategy, reference)
const wrongLayer = faultsOf(extractionLayer, layerReference)

export const swapsLayers = wrong.outputs(
  'takes higher features for different data and lower ones for similar data',
  ({ suitable }) => ({ suitable: permuted(suitable, (i) => [[1, 0, 2, 3][i]!]) }),
)

export const onlyFromScratch = wrong.outputs(
  'E-59 read literally: only training from scratch for large and different data',
  ({ suitable }) => ({
    suitable: changed(suitable, (s, i) => (i === 2 && suitable.at(3) === 1 ? 0 : s)),
  }),
)

export const tunesSmall = wrong.parameters(
  'fine-tunes on small data sets that are similar',
  ({ size, similarity }) => ({ size: similarity === 'similar' ? 'large' : size }),
)

export const startsCold = wrong.outputs(
  'trains from scratch whenever there is much data',
  ({ suitable }) => ({
    suitable: changed(suitable, (s, i) => (i === 3 && suitable.at(2) === 1 ? 1 : s)),
  }),
)

export const answersAnything = wrong.accepts('answers to words that it does not know', () => ({
  suitable: tensor([4], [0, 0, 1, 0]),
}))

export const roundsUp = wrongLayer.outputs(
  'rounds the layer up',
  ({ layer }, { parameters: { size, similarity, levels, layers } }) => ({
    layer: size === 'small' ? scalar(1 + Math.ceil((similarity * (layers - 1)) / levels)) : layer,
  }),
)

export const upsideDown = wrongLayer.parameters(
  'goes lower the more similar the data are',
  ({ levels, similarity }) => ({ similarity: levels - similarity }),
)

export const extractsAlways = wrongLayer.parameters(
  'takes features for large data sets too',
  () => ({ size: 'small' }),
)

export const countsFromZero = wrongLayer.outputs('counts layers from 0', ({ layer }) => ({
  layer: changed(layer, (l) => Math.max(0, l - 1)),
}))

export const acceptsAnyLevel = wrongLayer.accepts('accepts levels above the highest', () => ({
  layer: tensor([], [1]),
}))
