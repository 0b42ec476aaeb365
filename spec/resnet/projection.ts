import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  optional,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { block, conventions, passing, three, variant } from './block.ts'
import { residualLearning } from './publications.ts'

/** The side of a kernel that sees a single pixel. */
export const one = derived(() => 1, 'side of a 1 × 1 kernel')

/** ⌈size / S⌉: what a stride leaves of rows or columns. */
const strided =
  (symbol: 'H' | 'W') =>
  (sizes: Sizes, { stride }: Parameters) =>
    Math.ceil(sizes[symbol]! / stride)

const plainProjection = { stride: 1, variant: 'linear' } as const

/** A residual block whose output has another size than its input, so that the shortcut is a 1 × 1 convolution. */
export const projectionBlock = operation({
  id: 'resnet.projectionBlock',
  title: 'Residual block with a projection shortcut',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    H: free(1, 5, 'rows'),
    W: free(1, 5, 'columns'),
    C: free(1, 3, 'channels of the input'),
    Q: free(1, 3, 'channels of the output'),
    U: three,
    I: one,
    Ho: derived(strided('H'), 'rows of the output'),
    Wo: derived(strided('W'), 'columns of the output'),
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'C'),
    filters1: array('the filters of the first convolution', 'U', 'U', 'C', 'Q'),
    bias1: optional(array('its bias', 'Q')),
    filters2: array('the filters of the second convolution', 'U', 'U', 'Q', 'Q'),
    bias2: optional(array('its bias', 'Q')),
    projection: array('the filters of the shortcut, W_s', 'I', 'I', 'C', 'Q'),
  },
  parameters: { stride: integer({ min: 1, upTo: 4 }), variant },
  usual: [
    { sizes: { Q: ({ C }) => 2 * C! }, parameters: { stride: 2, variant: 'original' } },
    { sizes: { Q: ({ C }) => 2 * C!, W: ({ H }) => H! }, parameters: { stride: 2 } },
    { sizes: { Q: ({ C }) => 4 * C! }, parameters: { stride: 1, variant: 'original' } },
  ],
  sums: [
    {
      sizes: { N: 1, H: 11, W: 11, C: 9, Q: 9 },
      parameters: plainProjection,
      arrays: { ...passing('filters2', 'bias2'), projection: 'zeros' },
    },
    {
      sizes: { N: 1, H: 10, W: 10, C: 9, Q: 9 },
      parameters: plainProjection,
      arrays: { x: 'magnitudes', ...passing('filters1', 'bias1'), projection: 'zeros' },
    },
    {
      sizes: { N: 1, H: 4, W: 4, C: 81, Q: 16 },
      parameters: plainProjection,
      arrays: { filters1: 'zeros', bias1: 'zeros', filters2: 'zeros', bias2: 'zeros' },
    },
  ],
  outputs: { y: array('the output of the block', 'N', 'Ho', 'Wo', 'Q') },
  classes: {
    'stride above 1': ({ parameters }: CaseView) => parameters.stride > 1,
    'stride 1': ({ parameters }: CaseView) => parameters.stride === 1,
    'last row left over': ({ sizes, parameters }: CaseView) =>
      parameters.stride > 1 && sizes.H! % parameters.stride !== 1,
    'rectifier after the addition': ({ parameters }: CaseView) => parameters.variant === 'original',
    'no rectifier after the addition': ({ parameters }: CaseView) =>
      parameters.variant === 'linear',
    'rectifier before the convolutions': ({ parameters }: CaseView) =>
      parameters.variant === 'pre-activation',
    'more channels out than in': ({ sizes }: CaseView) => sizes.Q! > sizes.C!,
    'fewer channels out than in': ({ sizes }: CaseView) => sizes.Q! < sizes.C!,
    'one output pixel': ({ sizes }: CaseView) => sizes.Ho === 1 && sizes.Wo === 1,
    'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
  },
})

/** The gradients of a block with a projection shortcut. */
export const projectionBlockGradient = gradientOf(projectionBlock, {
  title: 'Gradients of the residual block with a projection shortcut',
  sums: [
    {
      sizes: { N: 2, H: 7, W: 7, C: 9, Q: 9 },
      parameters: plainProjection,
      arrays: {
        x: 'magnitudes',
        ...passing('filters1', 'bias1'),
        ...passing('filters2', 'bias2'),
        projection: 'zeros',
      },
    },
    {
      sizes: { N: 1, H: 6, W: 6, C: 9, Q: 9 },
      parameters: plainProjection,
      arrays: { x: 'zeros', bias1: 'ones', filters2: 'identity kernel', projection: 'zeros' },
    },
  ],
})

export const sameSize = clause({
  id: 'resnet.skip.same-size',
  title: 'Only arrays of one shape are added; a projection makes them so',
  kind: 'law',
  operations: [block, projectionBlock, projectionBlockGradient],
  statement:
    'The input and the branch are added element by element, so they must have the same shape in every axis; a block whose filters give another number of channels is rejected, and nothing is broadcast, not even a single channel. Where a block changes the size, its shortcut is a 1 × 1 convolution with the stride of the block, without a bias: $y = F(x) + W_s x$.',
  formula: String.raw`y = F(x) + W_s * x,\qquad W_s \in \mathbb R^{1\times1\times C\times Q},\quad y \in \mathbb R^{\lceil H/S\rceil\times\lceil W/S\rceil\times Q}`,
  domain: 'Every size from 1 on, strides from 1 on; the stride is that of the first convolution.',
  conventions: [
    ...conventions,
    {
      choice: 'The projection takes the input of the block, in every variant.',
      others:
        'Some pre-activation networks project the rectified input of the block instead; others pad the missing channels with zeros (option A of He et al. 2016).',
    },
    {
      choice: 'One ring of zeros around a 3 × 3 kernel, whatever the stride.',
      others:
        'The padding `same` of TensorFlow puts the whole ring at the bottom and right when an even size is halved.',
    },
  ],
  source: {
    notes: [[117, 117]],
    publications: [{ ...residualLearning, where: 'equation 2' }],
  },
  errata: [],
})
