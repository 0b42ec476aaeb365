import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, derived, free, operation, optional } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import {
  blockClasses,
  conventions,
  passing,
  plainBlock,
  shortcut,
  three,
  variant,
} from './block.ts'
import { one } from './projection.ts'
import { residualLearning } from './publications.ts'

/** A residual block with its 3 × 3 convolution between two 1 × 1 convolutions. */
export const bottleneck = operation({
  id: 'resnet.bottleneck',
  title: 'Bottleneck residual block',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    H: free(1, 4, 'rows'),
    W: free(1, 4, 'columns'),
    C: free(1, 4, 'channels outside'),
    B: free(1, 3, 'channels inside'),
    U: three,
    I: one,
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'C'),
    reduce: array('the filters that reduce the channels', 'I', 'I', 'C', 'B'),
    reduceBias: optional(array('their bias', 'B')),
    filters: array('the filters of the 3 × 3 convolution', 'U', 'U', 'B', 'B'),
    bias: optional(array('their bias', 'B')),
    expand: array('the filters that restore the channels', 'I', 'I', 'B', 'C'),
    expandBias: optional(array('their bias', 'C')),
  },
  parameters: { shortcut, variant },
  usual: [
    { sizes: { C: ({ B }) => 4 * B! }, parameters: { shortcut: 'identity', variant: 'original' } },
    { sizes: { C: ({ B }) => 4 * B! }, parameters: { variant: 'pre-activation' } },
    { sizes: { C: ({ B }) => 4 * B!, W: ({ H }) => H! } },
  ],
  sums: [
    {
      sizes: { N: 1, H: 8, W: 8, C: 81, B: 16 },
      parameters: plainBlock,
      arrays: { ...passing('filters', 'bias'), ...passing('expand', 'expandBias') },
    },
    {
      sizes: { N: 1, H: 10, W: 10, C: 9, B: 9 },
      parameters: plainBlock,
      arrays: {
        x: 'magnitudes',
        ...passing('reduce', 'reduceBias'),
        ...passing('expand', 'expandBias'),
      },
    },
    {
      sizes: { N: 4, H: 1, W: 1, C: 64, B: 64 },
      parameters: plainBlock,
      arrays: {
        x: 'magnitudes',
        ...passing('reduce', 'reduceBias'),
        ...passing('filters', 'bias'),
      },
    },
  ],
  outputs: { y: array('the output of the block', 'N', 'H', 'W', 'C') },
  classes: {
    ...blockClasses,
    'fewer channels inside': ({ sizes }: CaseView) => sizes.B! < sizes.C!,
    'one channel inside': ({ sizes }: CaseView) => sizes.B === 1,
  },
})

/** The gradients of a bottleneck block with respect to everything that it takes. */
export const bottleneckGradient = gradientOf(bottleneck, {
  title: 'Gradients of the bottleneck residual block',
  sums: [
    {
      sizes: { N: 2, H: 7, W: 7, C: 9, B: 9 },
      parameters: plainBlock,
      arrays: {
        x: 'magnitudes',
        ...passing('reduce', 'reduceBias'),
        ...passing('filters', 'bias'),
        ...passing('expand', 'expandBias'),
      },
    },
    {
      sizes: { N: 1, H: 4, W: 4, C: 81, B: 16 },
      parameters: plainBlock,
      arrays: {
        x: 'zeros',
        reduce: 'identity kernel',
        reduceBias: 'ones',
        ...passing('filters', 'bias'),
      },
    },
  ],
})

/** The shapes and weights of a bottleneck, layer by layer. */
export const bottleneckLayers = operation({
  id: 'resnet.bottleneckLayers',
  title: 'Shapes and weights of a bottleneck block',
  level: 'core',
  dimensions: {
    Layers: derived(() => 3, 'convolutions'),
    Arrays: derived(() => 4, 'the input and what each convolution gives'),
    Axes: derived(() => 3, 'rows, columns, channels'),
  },
  inputs: {},
  parameters: {
    rows: integer({ min: 1, upTo: 12 }),
    columns: integer({ min: 1, upTo: 12 }),
    channels: integer({ min: 1, upTo: 32 }),
    inside: integer({ min: 1, upTo: 16 }),
  },
  usual: [
    { parameters: { rows: 56, columns: 56, channels: 256, inside: 64 } },
    { parameters: { rows: 7, columns: 7, channels: 2048, inside: 512 } },
  ],
  outputs: {
    weights: array('the weights of each convolution, without biases', 'Layers'),
    shapes: array('rows, columns and channels of each array', 'Arrays', 'Axes'),
    multiplyAdds: array('the multiply-adds of each convolution', 'Layers'),
    ratio: array(
      'the weights of two 3 × 3 convolutions at full width over those of the bottleneck',
    ),
  },
  classes: {
    'fewer channels inside': ({ parameters }) => parameters.inside < parameters.channels,
    'image not square': ({ parameters }) => parameters.rows !== parameters.columns,
    'a single row': ({ parameters }) => parameters.rows === 1,
  },
})

const figure5 = { ...residualLearning, where: 'section 4.1 and figure 5, right' } as const

export const shapes = clause({
  id: 'resnet.bottleneck.shapes',
  title: 'Channels shrink and grow back; rows and columns never change',
  kind: 'law',
  operations: [bottleneck, bottleneckGradient, bottleneckLayers],
  statement:
    'A bottleneck takes $C$ channels to $b$ by a 1 × 1 convolution, keeps $b$ through a 3 × 3 convolution surrounded by one ring of zeros, and restores $C$ by another 1 × 1 convolution, which needs no padding. Every array on the way has the rows and columns of the input, so the addition is possible; without the ring it would not be.',
  formula: String.raw`H{\times}W{\times}C \xrightarrow{1\times1} H{\times}W{\times}b \xrightarrow{3\times3,\,p=1} H{\times}W{\times}b \xrightarrow{1\times1} H{\times}W{\times}C \xrightarrow{+x} H{\times}W{\times}C`,
  domain: 'Every number of rows, columns and channels from 1 on.',
  conventions,
  source: { notes: [[117, 117]], publications: [figure5] },
  errata: [
    {
      id: 'E-60',
      lines: [117, 117],
      says: 'The 1 × 1 convolutions of a bottleneck are padded, so that the image keeps its size.',
      counterexample:
        'One pixel 1, all weights 1 in the middle, no shortcut: without padding a 1 × 1 convolution gives one pixel, and the branch 1; with a ring of zeros around each of both it would give 5 × 5 pixels.',
      correction:
        'A kernel of one pixel keeps the size as it is; only the 3 × 3 convolution between them needs its ring.',
      settledBy: { ...residualLearning, where: 'section 4.1 and figure 5, right' },
    },
  ],
})

export const params = clause({
  id: 'resnet.bottleneck.params',
  title: 'A bottleneck has 2Cb + 9b² weights',
  kind: 'count',
  operations: [bottleneckLayers],
  statement:
    'Its three convolutions have $Cb$, $9b^2$ and $bC$ weights. Two 3 × 3 convolutions at $C$ channels have $18C^2$; when $b$ is a quarter of $C$ that is 288/17 times as many, about 16.9, for every $C$.',
  formula: String.raw`2Cb + 9b^2,\qquad \frac{18C^2}{2Cb + 9b^2} = \frac{18}{\tfrac12 + \tfrac9{16}} = \frac{288}{17}\ \text{for } b = C/4`,
  domain: 'Whole numbers of channels from 1 on.',
  conventions: [
    {
      choice: 'Weights of filters only.',
      others: 'Totals of published networks add the parameters of batch normalization.',
    },
  ],
  source: { notes: [[117, 117]], publications: [figure5] },
  errata: [],
})
