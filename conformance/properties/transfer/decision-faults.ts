import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  extractionLayer as layerReference,
  strategy as reference,
} from '../../../reference/transfer/decision.ts'
import { extractionLayer, strategy } from '../../../spec/transfer/decision.ts'
import { fault, lenient, mapArray } from '../../kit/fault.ts'
import { tensor } from '../../kit/tensor.ts'

export const swapsLayers = fault(
  strategy,
  reference,
  'takes higher features for different data and lower ones for similar data',
  ({ inputs, parameters, right }) => {
    const { suitable } = right(inputs, parameters)
    return {
      suitable: fromData(
        [4],
        [1, 0, 2, 3].map((i) => suitable.at(i)),
      ),
    }
  },
)

export const onlyFromScratch = fault(
  strategy,
  reference,
  'E-59 read literally: only training from scratch for large and different data',
  ({ inputs, parameters, right }) => {
    const { suitable } = right(inputs, parameters)
    return { suitable: mapArray(suitable, (s, i) => (i === 2 ? s * (1 - suitable.at(3)) : s)) }
  },
)

export const tunesSmall = fault(
  strategy,
  reference,
  'fine-tunes on small data sets that are similar',
  ({ parameters, inputs, right }) =>
    parameters.similarity === 'similar'
      ? right(inputs, { ...parameters, size: 'large' })
      : right(inputs, parameters),
)

export const startsCold = fault(
  strategy,
  reference,
  'trains from scratch whenever there is much data',
  ({ inputs, parameters, right }) => {
    const { suitable } = right(inputs, parameters)
    return { suitable: mapArray(suitable, (s, i) => (i === 3 && suitable.at(2) === 1 ? 1 : s)) }
  },
)

export const answersAnything = lenient(strategy, 'answers to words that it does not know', () => ({
  suitable: tensor([4], [0, 0, 1, 0]),
}))

export const roundsUp = fault(
  extractionLayer,
  layerReference,
  'rounds the layer up',
  ({ inputs, parameters: { size, similarity, levels, layers }, right }) => {
    const answer = right(inputs, { size, similarity, levels, layers })
    const layer = 1 + Math.ceil((similarity * (layers - 1)) / levels)
    return size === 'small' ? { layer: build([], () => layer) } : answer
  },
)

export const upsideDown = fault(
  extractionLayer,
  layerReference,
  'goes lower the more similar the data are',
  ({ inputs, parameters, right }) =>
    right(inputs, { ...parameters, similarity: parameters.levels - parameters.similarity }),
)

export const extractsAlways = fault(
  extractionLayer,
  layerReference,
  'takes features for large data sets too',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, size: 'small' }),
)

export const countsFromZero = fault(
  extractionLayer,
  layerReference,
  'counts layers from 0',
  ({ inputs, parameters, right }) => ({
    layer: mapArray(right(inputs, parameters).layer, (layer) => Math.max(0, layer - 1)),
  }),
)

export const acceptsAnyLevel = lenient(extractionLayer, 'accepts levels above the highest', () => ({
  layer: tensor([], [1]),
}))
