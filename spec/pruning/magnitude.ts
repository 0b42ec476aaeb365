import { clause } from '../language/clause.ts'
import { type CaseView, operation, type Parameters } from '../language/operation.ts'
import { choice, real } from '../language/parameter.ts'
import { han } from './publications.ts'
import { byThreshold, prunedLayers, twoLayers } from './threshold.ts'

const places = 10_000

const decimal = {
  says: 'a share of at most four decimal places',
  argument: 'share',
  holds: (_: unknown, { share }: Parameters) => Math.round(share * places) / places === share,
  repair: (parameters: Parameters) => ({
    ...parameters,
    share: Math.round(parameters.share * places) / places,
  }),
  violate: (parameters: Parameters) => ({ ...parameters, share: 0.12345 }),
}

const weightsOf = ({ inputs }: CaseView) => [
  ...Array.from(inputs.weights1!.data),
  ...Array.from(inputs.weights2!.data),
]

/** ⌊p N⌋ of a share of four decimal places, in whole numbers. */
const floorOf = (share: number, N: number) => Math.floor((Math.round(share * places) * N) / places)

/** Whether the last magnitude that goes and the first that stays are equal. */
function tiesAtTheCut(weights: readonly number[], share: number): boolean {
  const sorted = weights.map(Math.abs).sort((a, b) => a - b)
  const r = floorOf(share, sorted.length)
  return r > 0 && r < sorted.length && sorted[r - 1] === sorted[r]
}

/** Removes a share of the weights, those of the smallest magnitude. */
export const byPercentage = operation({
  id: 'pruning.byPercentage',
  title: 'Pruning of a share of the weights, the smallest ones',
  level: 'core',
  dimensions: twoLayers.dimensions,
  inputs: twoLayers.inputs,
  parameters: {
    share: real({ min: 0, max: 1, from: 0, to: 1, values: [0, 0.25, 0.5, 0.9, 1] }),
    scope: choice('layer', 'network'),
  },
  constraints: [decimal],
  usual: [
    { sizes: { D: 10, M: 10, C: 10 }, parameters: { share: 0.29 } },
    { sizes: { D: 10, M: 10, C: 5 }, parameters: { share: 0.07 } },
    { sizes: { D: 5, M: 4, C: 5 }, parameters: { share: 0.35 } },
    { parameters: { share: 0.8, scope: 'network' } },
    { parameters: { share: 0.65, scope: 'layer' } },
  ],
  outputs: prunedLayers,
  classes: {
    'layer by layer': ({ parameters }: CaseView) => parameters.scope === 'layer',
    'over the whole network': ({ parameters }: CaseView) => parameters.scope === 'network',
    'a share that leaves a fraction of a weight': ({ parameters, ...the }: CaseView) =>
      !Number.isInteger(
        (Math.round(parameters.share * places) * weightsOf({ parameters, ...the }).length) / places,
      ),
    'equal magnitudes at the cut of the network': (the: CaseView) =>
      the.parameters.scope === 'network' && tiesAtTheCut(weightsOf(the), the.parameters.share),
    'equal magnitudes at the cut of a layer': ({ inputs, parameters }: CaseView) =>
      parameters.scope === 'layer' &&
      tiesAtTheCut(Array.from(inputs.weights1!.data), parameters.share),
    'nothing removed': ({ parameters }: CaseView) => parameters.share === 0,
    'everything removed': ({ parameters }: CaseView) => parameters.share === 1,
  },
})

export const percentage = clause({
  id: 'pruning.percentage',
  title: 'A share p of N weights is ⌊pN⌋ of them, those of the smallest magnitude',
  kind: 'formula',
  operations: [byPercentage, byThreshold],
  statement:
    'Of $N$ weights exactly $r = \\lfloor pN \\rfloor$ are removed, so that no magnitude that goes is above one that stays. Of equal magnitudes the one with the lower index goes first, row by row, and the first layer before the second. Layer by layer, $N$ counts the weights of each layer; over the whole network, all of them. A larger share removes whatever a smaller one does. Where all magnitudes differ, it is pruning by a threshold: the smallest magnitude that stays.',
  formula: String.raw`r = \lfloor p N \rfloor,\qquad \sum_i (1 - m_i) = r,\qquad m_i = 0 \iff \#\{k : |W_k| < |W_i| \text{ or } |W_k| = |W_i|,\, k < i\} < r`,
  domain:
    'Any weights, and a share from 0 to 1 of at most four decimal places, read as the decimal that it is.',
  conventions: [
    {
      choice: 'Of equal magnitudes the lower index goes first.',
      others:
        'PyTorch takes those that its topk returns, an order it does not promise; a threshold at the last magnitude that goes removes all equal ones, or none. The higher index first is the convention prunedFirst.',
    },
    {
      choice:
        'The number is rounded down, and the share is a decimal: 0.29 of 100 is 29, though 0.29 · 100 is 28.999999999999996 in double precision, whose floor is 28.',
      others: 'PyTorch and the TensorFlow model optimization toolkit round to the nearest.',
    },
  ],
  source: {
    notes: [
      [181, 181],
      [189, 189],
    ],
    publications: [{ ...han, where: 'section 3, with a share for the threshold' }],
  },
  errata: [],
})

export const dataFree = clause({
  id: 'pruning.mbp.data-free',
  title: 'Of all ways to remove so many weights, the smallest magnitudes change the weights least',
  kind: 'theorem',
  operations: [byPercentage],
  statement:
    'Pruning by magnitude looks at the weights only: neither data nor a loss nor a gradient is asked. What it leaves is nearest to the weights among all arrays with as many zeros in their places, in the Euclidean norm, in the sum of magnitudes and in the largest magnitude alike: the squared distance is the sum of the $r$ smallest squares.',
  formula: String.raw`\lVert W - W' \rVert^2 = \sum_{k < r} |W|_{(k)}^2 = \min_{|Z| = r} \sum_{i \in Z} W_i^2`,
  domain: 'Any weights; every set of as many weights is tried where there are at most eight.',
  conventions: [],
  source: {
    notes: [
      [183, 183],
      [189, 189],
    ],
    publications: [{ ...han, where: 'section 3' }],
  },
  errata: [],
})

export const globalVersusLayerwise = clause({
  id: 'pruning.global-vs-layerwise',
  title:
    'Over the whole network the magnitudes that stay are largest, and layers share the loss unevenly',
  kind: 'theorem',
  operations: [byPercentage],
  statement:
    'With as many weights removed in all, pruning over the whole network keeps at least as much as pruning layer by layer, in the sum of magnitudes and of squares. How dense each layer stays then follows from its weights, and one with small weights can be removed as a whole. That the loss is smaller is a tendency, and no theorem: if the weights before a rectifier are multiplied by a factor and those behind it are divided by it, the network computes the same; layer by layer it loses the same connections, over the whole network it need not.',
  formula: String.raw`\sum_i m^{\text{net}}_i |W_i|^q \ge \sum_i m^{\text{layer}}_i |W_i|^q,\quad q = 1, 2;\qquad m^{\text{layer}}(c W_1, W_2 / c) = m^{\text{layer}}(W_1, W_2),\quad c > 0`,
  domain: 'Shares that remove as many weights either way; factors that are powers of 2.',
  conventions: [],
  source: {
    notes: [
      [185, 185],
      [189, 189],
    ],
    publications: [{ ...han, where: 'section 4' }],
  },
  errata: [
    {
      id: 'E-20',
      lines: [185, 185],
      says: 'Pruning over the whole network lets less salient layers have more weights that are not zero.',
      counterexample:
        'Weights 1, 2, 3, 4 in the first layer and 10, 20, 30, 40 in the second, half of them removed: the first, less salient layer loses all four, and has no weight that is not zero.',
      correction:
        'Less salient layers have more zeros: they become sparse, the salient ones stay dense.',
      settledBy: { ...han, where: 'section 4.2, table 4' },
    },
    {
      id: 'E-21',
      lines: [185, 185],
      says: 'Pruning over the whole network is in general better than layer by layer.',
      counterexample:
        'Weights 1, 2, 3, 4 and then 2, 4, 6, 8, half of them removed: three of the first layer go. With a rectifier between the layers, 4, 8, 12, 16 and then 0.5, 1, 1.5, 2 is the same function, of which the whole second layer goes, and nothing is left of the output.',
      correction:
        'It keeps more magnitude, which is all that is certain. What it removes depends on a scale of the layers that does not matter to the function, and it can remove a layer as a whole.',
      settledBy: {
        title:
          'Neyshabur, Salakhutdinov, Srebro (2015), Path-SGD: path-normalized optimization in deep neural networks',
        where: 'section 2, rescaling invariance',
      },
    },
  ],
})
