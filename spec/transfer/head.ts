import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, operation, type Parameters } from '../language/operation.ts'
import { integer, list } from '../language/parameter.ts'
import { network } from './network.ts'
import { transferNotes, yosinski } from './publications.ts'

const width = integer({ min: 1, upTo: 6 })

const cutInside = {
  says: 'a cut that keeps a layer and removes one',
  argument: 'cut',
  holds: (_: unknown, { cut, widths }: Parameters) => cut <= widths.length - 2,
  repair: (parameters: Parameters) => ({
    ...parameters,
    cut: Math.min(parameters.cut, parameters.widths.length - 2),
  }),
  violate: (parameters: Parameters) => ({ ...parameters, cut: parameters.widths.length - 1 }),
}

/** What is frozen and what is trained when the end of a network is replaced. */
export const replaceHead = operation({
  id: 'transfer.replaceHead',
  title: 'Layers and parameters after the end of a network is replaced',
  level: 'core',
  dimensions: {
    Layers: derived(
      (_, { cut, hidden }: Parameters) => cut + hidden.length + 1,
      'layers of the new network',
    ),
  },
  inputs: {},
  parameters: {
    widths: list(width, { min: 3, max: 5 }),
    cut: integer({ min: 1, upTo: 3 }),
    hidden: list(width, { min: 0, max: 2 }),
    classes: width,
  },
  constraints: [cutInside],
  usual: [
    { parameters: { widths: [784, 256, 128, 10], cut: 2, hidden: [], classes: 5 } },
    { parameters: { widths: [2048, 512, 1000], cut: 1, hidden: [256], classes: 10 } },
    { parameters: { hidden: [4096, 4096], classes: 1000 } },
  ],
  outputs: {
    units: array('the units of each layer, the new head last', 'Layers'),
    parameters: array('weights and biases of each layer', 'Layers'),
    frozen: array('parameters of the layers that are kept'),
    trainable: array('parameters of the new layers'),
  },
  classes: {
    'only the head is new': ({ parameters }: CaseView) => parameters.hidden.length === 0,
    'further new layers': ({ parameters }: CaseView) => parameters.hidden.length > 0,
    'cut right before the head': ({ parameters: { cut, widths } }: CaseView) =>
      cut === widths.length - 2,
    'cut lower': ({ parameters: { cut, widths } }: CaseView) => cut < widths.length - 2,
  },
})

export const replace = clause({
  id: 'transfer.head.replace',
  title: 'New layers after the cut, the last one as wide as the new task has classes',
  kind: 'count',
  operations: [replaceHead, network],
  statement:
    'A network of $L$ layers is cut after layer $c$, $1 \\le c < L$; the layers up to there are kept, and new ones are put behind, the last one with as many units as the new task has classes. A layer from $d$ to $d^{\\prime}$ units has $(d + 1) d^{\\prime}$ parameters; those of the new layers are the ones to train. What the kept layers give does not change by a bit.',
  formula: String.raw`(d_0, \dots, d_c, h_1, \dots, h_m, C_{\mathrm{new}}),\qquad \mathrm{trainable} = \sum_{l > c} (d_{l-1} + 1)\, d_l,\qquad (d + 1)\, C_{\mathrm{new}} \text{ for a head alone}`,
  domain: 'Fully connected layers with biases; any cut that keeps a layer and removes one.',
  conventions: [
    { choice: 'Biases are counted.', others: 'Counts in the literature often leave them out.' },
  ],
  source: {
    notes: [[134, 134]],
    publications: [
      { ...yosinski, where: 'section 2' },
      { ...transferNotes, where: 'ConvNet as fixed feature extractor' },
    ],
  },
  errata: [],
})
