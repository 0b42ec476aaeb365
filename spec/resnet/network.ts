import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, operation, type Parameters } from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { residualLearning } from './publications.ts'

/** The networks of the publication, named by the number of their layers that have weights. */
const depth = choice('18', '34', '50', '101', '152')

const parameters = {
  depth,
  side: integer({ min: 1, upTo: 256 }),
  classes: integer({ min: 1, upTo: 1000 }),
  /** Which convolution of the first bottleneck of a stage has the stride: the first or the 3 × 3. */
  strideIn: choice('first', 'middle'),
} as const

/** The layers with weights, two pooling layers, and the shortcut convolutions. */
const layerCount = (_: unknown, { depth }: Parameters) =>
  Number(depth) + 2 + (Number(depth) < 50 ? 3 : 4)

const of =
  (...depths: readonly string[]) =>
  (the: CaseView) =>
    depths.includes(the.parameters.depth)

const classes = {
  'basic blocks': of('18', '34'),
  'bottleneck blocks': of('50', '101', '152'),
  'stride in the first convolution': ({ parameters }: CaseView) => parameters.strideIn === 'first',
  'stride in the 3 × 3 convolution': ({ parameters }: CaseView) => parameters.strideIn === 'middle',
  'image that is not a multiple of 32': ({ parameters }: CaseView) => parameters.side % 32 > 0,
} as const

/** The kinds of layer, by the number that a description gives them. */
export const kinds = { convolution: 0, maximum: 1, mean: 2, linear: 3, shortcut: 4 } as const

/** A residual network as a list of its layers, from the image to the classes. */
export const network = operation({
  id: 'resnet.network',
  title: 'The layers of a residual network',
  level: 'core',
  dimensions: {
    Layers: derived(layerCount, 'layers'),
    Columns: derived(() => 7, 'kind, kernel, stride, channels in, channels out, side in, side out'),
  },
  inputs: {},
  parameters,
  usual: [
    { parameters: { side: 224, classes: 1000, depth: '18' } },
    { parameters: { side: 224, classes: 1000, depth: '50' } },
    { parameters: { side: 224, classes: 1000 } },
  ],
  outputs: {
    layers: array(
      'one row a layer: kind (0 convolution, 1 maximum, 2 mean, 3 linear, 4 convolution of a shortcut), side of the kernel, stride, channels in and out, side of the image in and out',
      'Layers',
      'Columns',
    ),
  },
  classes,
})

/** How large a residual network is, and what an image costs. */
export const networkCounts = operation({
  id: 'resnet.networkCounts',
  title: 'Parameters and multiply-adds of a residual network',
  level: 'core',
  dimensions: { Parts: derived(() => 6, 'the first layer, four stages, the classifier') },
  inputs: {},
  parameters,
  usual: [
    { parameters: { side: 224, classes: 1000, depth: '18' } },
    { parameters: { side: 224, classes: 1000, depth: '50' } },
    { parameters: { side: 224, classes: 1000 } },
  ],
  outputs: {
    parameters: array('weights of all layers, with two numbers a normalized channel'),
    multiplyAdds: array('multiply-adds of convolutions and the classifier for one image'),
    weighted: array('layers with weights in each part, without those of shortcuts', 'Parts'),
  },
  classes,
})

/** What it takes to halve the rows and columns of an image by a maximum, and by a convolution. */
export const poolingCost = operation({
  id: 'resnet.poolingCost',
  title: 'Cost of a maximum and of a convolution of the same window',
  level: 'core',
  dimensions: { Ways: derived(() => 2, 'the maximum, the convolution') },
  inputs: {},
  parameters: {
    window: integer({ min: 1, upTo: 7 }),
    channels: integer({ min: 1, upTo: 16 }),
    outputs: integer({ min: 1, upTo: 64 }),
  },
  usual: [{ parameters: { window: 2, channels: 64, outputs: 784 } }, { parameters: { window: 3 } }],
  outputs: {
    dearer: array('1 when the maximum takes more operations than the convolution, else 0'),
    operations: array(
      'comparisons of the maximum, multiply-adds of the convolution that keeps the channels; for all positions',
      'Ways',
    ),
  },
  classes: {
    'one channel': ({ parameters }) => parameters.channels === 1,
    'several channels': ({ parameters }) => parameters.channels > 1,
    'window of one': ({ parameters }) => parameters.window === 1,
  },
})

const table1 = { ...residualLearning, where: 'table 1' } as const

export const poolingTwoOnly = clause({
  id: 'resnet.pooling.two-only',
  title: 'Two pooling layers, at the entry and before the classifier',
  kind: 'decision',
  operations: [network, poolingCost],
  statement:
    'A residual network has a maximum over 3 × 3 pixels with stride 2 directly after its first convolution, and the mean over all pixels directly before its classifier. Every other layer that makes an image smaller is a convolution with stride 2: an image of 224 pixels a side goes through 112, 56, 28, 14 and 7 to 1.',
  formula: String.raw`224 \xrightarrow{7\times7/2} 112 \xrightarrow{\max 3\times3/2} 56 \xrightarrow{} 56 \xrightarrow{/2} 28 \xrightarrow{/2} 14 \xrightarrow{/2} 7 \xrightarrow{\mathrm{mean}} 1`,
  domain: 'ResNet-18, -34, -50, -101 and -152; square images of any side.',
  conventions: [
    {
      choice: 'Where a bottleneck strides is a parameter.',
      others:
        'The publication strides in the first 1 × 1 convolution, torchvision in the 3 × 3 convolution.',
    },
  ],
  source: { notes: [[121, 121]], publications: [table1] },
  errata: [
    {
      id: 'E-17',
      lines: [121, 121],
      says: 'Pooling is left out because a maximum is an expensive thing to compute.',
      counterexample:
        'One channel and one 3 × 3 window: the maximum takes 8 comparisons, the convolution that replaces it 9 multiply-adds; with C channels it is 8C against 9C².',
      correction:
        'A maximum is cheaper than the strided convolution, whatever the window and the number of channels; the publication does not give its cost as a reason.',
      settledBy: { ...residualLearning, where: 'section 3.3' },
    },
  ],
})

export const networkTotals = clause({
  id: 'resnet.network.counts',
  title: 'The published sizes and costs of five residual networks',
  kind: 'count',
  operations: [networkCounts, network],
  statement:
    'Four stages of residual blocks after a 7 × 7 convolution of 64 filters, with 2, 2, 2, 2 or 3, 4, 6, 3 basic blocks, or 3, 4, 6, 3 or 3, 4, 23, 3 or 3, 8, 36, 3 bottlenecks that widen to four times their inner channels, and one linear layer: 18, 34, 50, 101 or 152 layers with weights. The first block of a stage has a 1 × 1 convolution for its shortcut wherever its shape changes.',
  formula: String.raw`\text{parameters} = \sum_{\text{conv}} \left(k^2\,C_{in} C_{out} + 2 C_{out}\right) + (C + 1)\,n,\qquad \text{multiply-adds} = \sum_{\text{conv}} k^2\,C_{in} C_{out} H_{out} W_{out} + C n`,
  domain: 'Square images of any side, any number n of classes; one normalization a convolution.',
  conventions: [
    {
      choice: 'Parameters are what training learns: the running means and variances do not count.',
      others: 'Keras counts them as parameters that are not trained.',
    },
    {
      choice: 'Shortcuts that change shape are projections.',
      others:
        'Option A of the publication pads channels with zeros, so its ResNet-34 costs 3.6 · 10⁹ where projections make it 3.66 · 10⁹.',
    },
  ],
  source: {
    notes: [
      [117, 117],
      [121, 121],
    ],
    publications: [
      table1,
      { title: 'torchvision documentation, models and pre-trained weights', where: 'ResNet' },
    ],
  },
  errata: [],
})
