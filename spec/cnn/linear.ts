import { clause } from '../language/clause.ts'
import {
  array,
  atLeast,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { conv2d } from './conv2d.ts'
import { strides, windowCount } from './window.ts'

const kernels = {
  U1: free(1, 3, 'rows of the first kernel'),
  V1: free(1, 3, 'columns of the first kernel'),
  U2: free(1, 3, 'rows of the second kernel'),
  V2: free(1, 3, 'columns of the second kernel'),
  K: free(1, 2, 'channels'),
  M: free(1, 3, 'filters of the first layer'),
  Q: free(1, 2, 'filters of the second layer'),
} as const

const banks = {
  filters1: array('the filters of the first layer', 'U1', 'V1', 'K', 'M'),
  bias1: array('its biases', 'M'),
  filters2: array('the filters of the second layer', 'U2', 'V2', 'M', 'Q'),
  bias2: array('its biases', 'Q'),
} as const

const inner = ['U1', 'V1'] as const
const outer = ['U2', 'V2'] as const
const image = ['H', 'W'] as const

/** The rows (0) or columns (1) of the one kernel that replaces two: (U₂ − 1) S₁ + U₁. */
const compositeExtent = (axis: 0 | 1) => (sizes: Sizes, parameters: Parameters) =>
  (sizes[outer[axis]]! - 1) * parameters.strides1[axis] + sizes[inner[axis]]!

/** The one convolution that does what two without a non-linearity between them do. */
export const composeConvolutions = operation({
  id: 'cnn.composeConvolutions',
  title: 'One convolution for two in a row',
  level: 'core',
  dimensions: {
    ...kernels,
    Uc: derived(compositeExtent(0), 'rows of the composite kernel'),
    Vc: derived(compositeExtent(1), 'columns of the composite kernel'),
    Axes: derived(() => 2, 'vertical, horizontal'),
  },
  inputs: banks,
  parameters: { strides1: strides, strides2: strides },
  usual: [
    { sizes: { U1: 3, V1: 3, U2: 3, V2: 3 }, parameters: { strides1: [1, 1], strides2: [1, 1] } },
    { sizes: { U1: 3, V1: 3, U2: 1, V2: 1 }, parameters: { strides1: [1, 1], strides2: [1, 1] } },
    { sizes: { U1: 3, V1: 3, U2: 3, V2: 3 }, parameters: { strides1: [2, 2], strides2: [1, 1] } },
  ],
  sums: [
    {
      sizes: { U1: 3, V1: 3, U2: 1, V2: 1, K: 8, M: 81, Q: 16 },
      parameters: { strides1: [1, 1], strides2: [1, 1] },
    },
  ],
  outputs: {
    filters: array('the composite filters', 'Uc', 'Vc', 'K', 'Q'),
    bias: array('their biases', 'Q'),
    strides: array('the composite stride', 'Axes'),
  },
  classes: {
    'first stride above 1': ({ parameters }: CaseView) => parameters.strides1[0] > 1,
    'first stride above the first kernel': ({ sizes, parameters }: CaseView) =>
      (parameters.strides1[0] > sizes.U1! && sizes.U2! > 1) ||
      (parameters.strides1[1] > sizes.V1! && sizes.V2! > 1),
    'strides differ': ({ parameters }: CaseView) =>
      parameters.strides1[0] !== parameters.strides1[1],
    'kernels overlap': ({ sizes, parameters }: CaseView) =>
      parameters.strides1[0] < sizes.U1! && sizes.U2! > 1,
    'second kernel of one row or column': ({ sizes }: CaseView) => sizes.U2 === 1 || sizes.V2 === 1,
    'one channel': ({ sizes }: CaseView) => sizes.K === 1,
    'one filter between': ({ sizes }: CaseView) => sizes.M === 1,
  },
})

/** The fewest rows (0) or columns (1) of an image that leave both layers a window. */
const smallestImage = (axis: 0 | 1) => (sizes: Sizes, parameters: Parameters) => {
  const { strides1, padding1, padding2 } = parameters
  const between = Math.max(1, sizes[outer[axis]]! - 2 * padding2)
  return Math.max(1, (between - 1) * strides1[axis] + sizes[inner[axis]]! - 2 * padding1)
}

const stackSize = (axis: 0 | 1) => (sizes: Sizes, parameters: Parameters) => {
  const { strides1, strides2, padding1, padding2 } = parameters
  const [first, second] = [sizes[inner[axis]]!, sizes[outer[axis]]!]
  const between = windowCount(sizes[image[axis]]!, padding1, padding1, first, strides1[axis])
  return windowCount(between, padding2, padding2, second, strides2[axis])
}

const plainStack = {
  strides1: [1, 1],
  strides2: [1, 1],
  padding1: 0,
  padding2: 0,
  activation: 'relu',
} as const

/** Two convolution layers, each zero-padded on all sides, with or without a non-linearity between. */
export const convolutionStack = operation({
  id: 'cnn.convolutionStack',
  title: 'Two convolutions in a row',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    ...kernels,
    H: atLeast(smallestImage(0), 2, 'rows', 'what leaves both layers a window'),
    W: atLeast(smallestImage(1), 2, 'columns', 'what leaves both layers a window'),
    Ho: derived(stackSize(0), 'rows of the output'),
    Wo: derived(stackSize(1), 'columns of the output'),
  },
  inputs: { x: array('the images', 'N', 'H', 'W', 'K'), ...banks },
  parameters: {
    strides1: strides,
    strides2: strides,
    padding1: integer({ min: 0, upTo: 2 }),
    padding2: integer({ min: 0, upTo: 2 }),
    activation: choice('linear', 'relu', 'tanh'),
  },
  usual: [
    {
      sizes: { U1: 3, V1: 3, U2: 3, V2: 3 },
      parameters: {
        strides1: [1, 1],
        strides2: [1, 1],
        padding1: 1,
        padding2: 1,
        activation: 'relu',
      },
    },
    { sizes: { U1: 3, V1: 3, U2: 3, V2: 3 }, parameters: { strides1: [1, 1], strides2: [1, 1] } },
    { sizes: { U1: 3, V1: 3, U2: 1, V2: 1 }, parameters: { padding1: 1, padding2: 0 } },
  ],
  sums: [
    {
      sizes: { N: 1, H: 10, W: 10, U1: 3, V1: 3, U2: 1, V2: 1, K: 9, M: 16, Q: 16 },
      parameters: plainStack,
      arrays: { filters2: 'identity kernel', bias2: 'zeros' },
    },
    {
      sizes: { N: 1, H: 10, W: 10, U1: 1, V1: 1, U2: 3, V2: 3, K: 9, M: 9, Q: 9 },
      parameters: plainStack,
      arrays: { x: 'magnitudes', filters1: 'identity kernel', bias1: 'zeros' },
    },
  ],
  outputs: { y: array('the responses of the second layer', 'N', 'Ho', 'Wo', 'Q') },
  classes: {
    'nothing between': ({ parameters }: CaseView) => parameters.activation === 'linear',
    'rectifier between': ({ parameters }: CaseView) => parameters.activation === 'relu',
    'tanh between': ({ parameters }: CaseView) => parameters.activation === 'tanh',
    'no padding': ({ parameters }: CaseView) => parameters.padding1 + parameters.padding2 === 0,
    'padding between the layers': ({ sizes, parameters }: CaseView) =>
      parameters.padding2 > 0 && sizes.U2! > 1,
    'padding before both': ({ parameters }: CaseView) =>
      parameters.padding1 > 0 && parameters.padding2 > 0,
    'both strides above 1': ({ parameters }: CaseView) =>
      parameters.strides1[0] > 1 && parameters.strides2[0] > 1,
    'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
  },
})

const goodfellow = { title: 'Goodfellow, Bengio, Courville (2016), Deep Learning' } as const

export const collapse = clause({
  id: 'cnn.linear.collapse',
  title: 'Convolutions in a row, without padding or non-linearity, are one convolution',
  kind: 'law',
  operations: [composeConvolutions, convolutionStack, conv2d],
  statement:
    "Two convolution layers without padding and with nothing between them give what a single one gives. Its kernel spreads the second kernel by the stride of the first and puts a weighted copy of the first kernel on each of its places, so it has $(H_2' - 1) S_1 + H_1'$ rows, no fewer than either, and more than both where both have several. Its stride is the product of the two, and its bias is that of the second layer plus what the first bias becomes on its way. Taken again and again, this turns any number of layers into one, in whatever order they are joined.",
  formula: String.raw`F_{abkq} = \sum_{m} \sum_{u,v} F^{(2)}_{uvmq}\, F^{(1)}_{a - S_1 u,\, b - S_1 v,\, k,\, m},\qquad b_q = b^{(2)}_q + \sum_m \Big( \sum_{u,v} F^{(2)}_{uvmq} \Big) b^{(1)}_m,\qquad S = S_1 S_2`,
  domain: 'Finite numbers; any kernels and strides, no dilation, images that leave a window.',
  conventions: [
    {
      choice: 'With biases the composition is affine, and so is the one layer that replaces it.',
      others: 'Linear in the strict sense is only a stack without biases.',
    },
  ],
  source: {
    notes: [[57, 57]],
    publications: [{ ...goodfellow, where: 'section 6.1' }],
  },
  errata: [],
})

export const collapsePaddingCaveat = clause({
  id: 'cnn.linear.collapse-padding-caveat',
  title: 'Zero padding between layers: one convolution in the interior, another at the border',
  kind: 'law',
  operations: [convolutionStack, composeConvolutions, conv2d],
  statement:
    'With zeros around the features between two layers of stride 1, the stack is still affine, but the single convolution with the composite kernel and the sum of both paddings agrees with it only where the second kernel meets no padding: at a distance from the border of at least the padding $P_2$ between the layers. Nearer to it, the stack takes zeros for what the single layer goes on computing beyond the image.',
  formula: String.raw`y^{\mathrm{stack}}_{ijq} = y^{\mathrm{one}}_{ijq}\quad\text{for } P_2 \le i < H_o - P_2,\ P_2 \le j < W_o - P_2`,
  domain: 'Strides 1, symmetric zero padding.',
  conventions: [],
  source: {
    notes: [[57, 57]],
    publications: [{ ...goodfellow, where: 'sections 6.1 and 9.5' }],
  },
  errata: [
    {
      id: 'E-07',
      lines: [57, 57],
      says: 'Three convolutions in a row are the same as a single one, without any condition.',
      counterexample:
        'The row 1, 0, 0 under two kernels 1, 1, 1 with one zero on each side before each: 1, 1, 0, then 2, 2, 1. The composite kernel 1, 2, 3, 2, 1 with two zeros on each side gives 3, 2, 1.',
      correction:
        'It holds without padding between the layers, for a kernel that is larger than theirs (7 × 7 for three of 3 × 3); with biases the composition is affine; with padding it holds away from the border.',
      settledBy: { ...goodfellow, where: 'sections 6.1 and 9.5' },
    },
  ],
})
