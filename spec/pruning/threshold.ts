import { clause } from '../language/clause.ts'
import {
  array,
  bits,
  type CaseView,
  derived,
  free,
  nonnegative,
  operation,
} from '../language/operation.ts'
import { han } from './publications.ts'

/** A network of two layers of weights, D × M and M × C. */
export const twoLayers = {
  dimensions: {
    D: free(1, 4, 'inputs'),
    M: free(1, 4, 'hidden units'),
    C: free(1, 4, 'outputs'),
    Layers: derived(() => 2, 'layers of weights'),
  },
  inputs: {
    weights1: array('the weights from the inputs to the hidden units', 'D', 'M'),
    weights2: array('the weights from the hidden units to the outputs', 'M', 'C'),
  },
} as const

/** What is left of both layers, and what was taken. */
export const prunedLayers = {
  mask1: bits('1 for each weight of the first layer that is kept', 'D', 'M'),
  mask2: bits('1 for each weight of the second layer that is kept', 'M', 'C'),
  pruned1: array('the weights of the first layer, 0 where they were removed', 'D', 'M'),
  pruned2: array('the weights of the second layer, 0 where they were removed', 'M', 'C'),
  removed: array('how many weights of each layer were removed', 'Layers'),
} as const

type Layer = { readonly weights: ArrayLike<number>; readonly threshold: number }

const layersOf = ({ inputs }: CaseView): readonly Layer[] =>
  [inputs.weights1!, inputs.weights2!].map(({ data }, l) => ({
    weights: data,
    threshold: inputs.thresholds!.data[l]!,
  }))

const some = (layer: Layer, holds: (magnitude: number, threshold: number) => boolean) =>
  Array.from(layer.weights).some((w) => holds(Math.abs(w), layer.threshold))

const below = (magnitude: number, threshold: number) => magnitude < threshold
const reaches = (magnitude: number, threshold: number) => magnitude >= threshold
const meets = (magnitude: number, threshold: number) => magnitude === threshold && threshold > 0

/** Removes the weights whose magnitude is below the threshold of their layer. */
export const byThreshold = operation({
  id: 'pruning.byThreshold',
  title: 'Pruning of weights below a threshold',
  level: 'core',
  dimensions: twoLayers.dimensions,
  inputs: {
    ...twoLayers.inputs,
    thresholds: nonnegative('the threshold of each layer', 'Layers'),
  },
  parameters: {},
  outputs: prunedLayers,
  classes: {
    'one threshold for the whole network': ({ inputs }: CaseView) =>
      inputs.thresholds!.data[0] === inputs.thresholds!.data[1],
    'a threshold for each layer': ({ inputs }: CaseView) =>
      inputs.thresholds!.data[0] !== inputs.thresholds!.data[1],
    'a threshold of 0': ({ inputs }: CaseView) => inputs.thresholds!.data.includes(0),
    'a magnitude equal to the threshold': (the: CaseView) =>
      layersOf(the).some((layer) => some(layer, meets)),
    'a negative weight equal to minus the threshold': (the: CaseView) =>
      layersOf(the).some(({ weights, threshold }) =>
        Array.from(weights).some((w) => w === -threshold && threshold > 0),
      ),
    'some weights of a layer removed': (the: CaseView) =>
      layersOf(the).some((layer) => some(layer, below) && some(layer, reaches)),
    'a whole layer removed': (the: CaseView) =>
      layersOf(the).some((layer) => !some(layer, reaches)),
    'nothing removed': (the: CaseView) => layersOf(the).every((layer) => !some(layer, below)),
  },
})

export const threshold = clause({
  id: 'pruning.threshold',
  title: 'Weights below the threshold go, those that reach it stay',
  kind: 'formula',
  operations: [byThreshold],
  statement:
    'A weight is kept if its magnitude is at least the threshold $\\tau_l$ of its layer, and removed if it is below. One threshold for the whole network is the same number for every layer. A threshold of 0 removes nothing, not even a weight of 0; a larger one removes whatever a smaller one does. Signs make no difference, nor does a factor of the weights and of the thresholds alike, and to prune once more with the same thresholds removes nothing further.',
  formula: String.raw`m_{ij} = \begin{cases} 1 & |W_{ij}| \ge \tau_l \\ 0 & |W_{ij}| < \tau_l \end{cases},\qquad W'_{ij} = m_{ij} W_{ij}`,
  domain: 'Any weights, and thresholds that are not negative; a negative one is rejected.',
  conventions: [
    {
      choice: 'A magnitude equal to the threshold stays.',
      others:
        'Code that keeps what is above the threshold removes it; with a threshold of 0 it also removes the weights that are 0.',
    },
  ],
  source: {
    notes: [[179, 179]],
    publications: [{ ...han, where: 'section 3' }],
  },
  errata: [],
})
