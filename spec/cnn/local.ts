import { except } from '../language/classes.ts'
import { clause } from '../language/clause.ts'
import { array, type CaseView, operation, type Parameters } from '../language/operation.ts'
import { integer, sizes } from '../language/parameter.ts'
import { conv2dBiasGradient, conv2dFilterGradient, conv2dInputGradient } from './backprop.ts'
import { conv2d, convolutionClasses, convolutionDimensions } from './conv2d.ts'
import { goodfellow, lecun } from './publications.ts'
import { locallyConnected, locallyConnectedGradient } from './share.ts'
import { usualWindows } from './usual.ts'
import { dilations, padding, strides } from './window.ts'

const kernelFits = {
  says: 'a kernel that is not larger than the image',
  argument: 'kernelRows',
  holds: (_: unknown, { kernelRows, kernelColumns, rows, columns }: Parameters) =>
    kernelRows <= rows && kernelColumns <= columns,
  repair: (parameters: Parameters) => ({
    ...parameters,
    kernelRows: Math.min(parameters.kernelRows, parameters.rows),
    kernelColumns: Math.min(parameters.kernelColumns, parameters.columns),
  }),
  violate: (parameters: Parameters) => ({ ...parameters, kernelRows: parameters.rows + 1 }),
}

/** How many parameters a layer has that gives `filters` maps of an image, by how it is connected. */
export const parameterCounts = operation({
  id: 'cnn.parameterCounts',
  title: 'Parameters of a layer: dense, local, shared',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    rows: integer({ min: 1, upTo: 12 }),
    columns: integer({ min: 1, upTo: 12 }),
    channels: integer({ min: 1, upTo: 5 }),
    kernelRows: integer({ min: 1, upTo: 7 }),
    kernelColumns: integer({ min: 1, upTo: 7 }),
    filters: integer({ min: 1, upTo: 4 }),
  },
  constraints: [kernelFits],
  usual: [
    {
      parameters: {
        rows: 28,
        columns: 28,
        channels: 1,
        kernelRows: 5,
        kernelColumns: 5,
        filters: 6,
      },
    },
    { parameters: { rows: 32, columns: 32, channels: 3, kernelRows: 3, kernelColumns: 3 } },
    {
      parameters: {
        rows: 227,
        columns: 227,
        channels: 3,
        kernelRows: 11,
        kernelColumns: 11,
        filters: 96,
      },
    },
  ],
  outputs: {
    dense: array('every unit connected to every pixel'),
    local: array('every unit connected to its window, with weights of its own'),
    shared: array('a convolution: the same weights in every window'),
  },
  classes: {
    'kernel as large as the image': ({ parameters }: CaseView) =>
      parameters.kernelRows === parameters.rows && parameters.kernelColumns === parameters.columns,
    'kernel not square': ({ parameters }: CaseView) =>
      parameters.kernelRows !== parameters.kernelColumns,
    'image not square': ({ parameters }: CaseView) => parameters.rows !== parameters.columns,
    'one channel': ({ parameters }: CaseView) => parameters.channels === 1,
    'one filter': ({ parameters }: CaseView) => parameters.filters === 1,
  },
})

const { N, Hf, Wf, K, H, W, Ho, Wo } = convolutionDimensions
const patchClasses = except(convolutionClasses, 'one filter', 'sizes coincide')

/** The pixels under the window at each position, as one column each; known as im2col. */
export const patches = operation({
  id: 'cnn.patches',
  title: 'Windows of an image as columns',
  level: 'core',
  dimensions: {
    N,
    Hf,
    Wf,
    K,
    H,
    W,
    Ho,
    Wo,
    P: {
      kind: 'derived',
      size: (sizes) => sizes.Hf! * sizes.Wf! * sizes.K!,
      meaning: 'numbers under a window',
    },
  },
  inputs: { x: array('the images', 'N', 'H', 'W', 'K') },
  parameters: { kernelSize: sizes('Hf', 'Wf'), strides, dilations, padding },
  usual: usualWindows,
  outputs: { patches: array('one column a position', 'N', 'Ho', 'Wo', 'P') },
  classes: patchClasses,
})

export const paramReduction = clause({
  id: 'cnn.local.param-reduction',
  title: 'Local connections save parameters, shared ones far more',
  kind: 'count',
  operations: [
    parameterCounts,
    locallyConnected,
    locallyConnectedGradient,
    conv2dFilterGradient,
    conv2dBiasGradient,
  ],
  statement:
    'For $Q$ maps of $H_o \\times W_o$ units over an image of $H \\times W \\times K$, dense connections take a weight a pixel and a bias for every unit, local ones a weight for each pixel of its window, and a convolution keeps one window of weights and one bias a filter for all units. So a convolution never has more parameters than local connections, and these never more than dense ones; the first two are equal for a single position, the last two for a kernel as large as the image.',
  formula: String.raw`N_{\mathrm{dense}} = H_o W_o Q (HWK + 1),\qquad N_{\mathrm{local}} = H_o W_o Q (H'W'K + 1),\qquad N_{\mathrm{shared}} = Q (H'W'K + 1);\qquad N_{\mathrm{dense}} \ge N_{\mathrm{local}} \ge N_{\mathrm{shared}}`,
  domain: 'Stride 1, no padding; kernels that fit into the image.',
  conventions: [
    {
      choice: 'Every unit (or filter, where it is shared) has a bias.',
      others: 'Layers that are followed by a normalization usually have none.',
    },
  ],
  source: {
    notes: [[9, 9]],
    publications: [
      { ...goodfellow, where: 'section 9.2' },
      { ...lecun, where: 'section II' },
    ],
  },
  errata: [],
})

export const neurons = clause({
  id: 'cnn.local.neurons',
  title:
    'A layer has a neuron for every filter at every position, with weights in three dimensions',
  kind: 'count',
  operations: [conv2d, parameterCounts],
  statement:
    "A filter at a position is one neuron: its weights are an array of $H' \\times W' \\times K$, as deep as the image, and it has a bias. The neurons themselves are arranged as the output is, in rows, columns and filters: $H_o W_o Q$ of them, $Q$ at each position and $H_o W_o$ a filter. Only with a single position are there as many neurons as filters.",
  formula: String.raw`\#\text{neurons} = H_o W_o Q,\qquad N_{\mathrm{local}} = \#\text{neurons} \cdot (H'W'K + 1),\qquad N_{\mathrm{dense}} = \#\text{neurons} \cdot (HWK + 1)`,
  domain: 'Stride 1, no padding; kernels that fit into the image.',
  conventions: [
    {
      choice: 'A neuron is one number of the output.',
      others: 'Some texts call a whole filter, with all its positions, a neuron.',
    },
  ],
  source: {
    notes: [
      [11, 11],
      [13, 13],
      [37, 37],
    ],
    publications: [{ ...lecun, where: 'section II.A' }],
  },
  errata: [
    {
      id: 'E-97',
      lines: [37, 37],
      says: 'The number of filters is the number of neurons of the layer.',
      counterexample:
        'One filter of 2 × 2 on 3 × 3 pixels gives four numbers: four neurons, which take 4 · 10 = 40 parameters if each is connected to all nine pixels; a single neuron would take 10.',
      correction:
        'Each filter has a neuron at each of its positions; the number of filters is that of the neurons at one position.',
      settledBy: { ...lecun, where: 'section II.A' },
    },
  ],
})

export const connectivity = clause({
  id: 'cnn.local.connectivity',
  title: 'A unit sees a window of the image, but all of its channels',
  kind: 'formula',
  operations: [conv2d, conv2dInputGradient],
  statement:
    'The response at a position changes with the pixels under its window, each channel by the weight that lies on it, and with no other pixel.',
  formula: String.raw`\frac{\partial y_{nijq}}{\partial x_{nabk}} = \begin{cases} F_{uvkq} & \text{if } a + P_t = S_h i + D_h u,\ b + P_l = S_w j + D_w v \\ & \text{for some } u < H',\ v < W' \\ 0 & \text{otherwise} \end{cases}`,
  domain: 'Finite numbers; any sizes that leave at least one window.',
  conventions: [],
  source: {
    notes: [[11, 11]],
    publications: [{ ...goodfellow, where: 'section 9.2' }],
  },
  errata: [],
})

export const depthColumn = clause({
  id: 'cnn.local.depth-column',
  title: 'The units of a depth column look at the same window',
  kind: 'law',
  operations: [patches, conv2d],
  statement:
    'All filters at a position take the same numbers, those under the window: written as one column, they are multiplied by the bank written as a matrix with one column a filter. So a convolution is a product of matrices.',
  formula: String.raw`y_{nij:} = \Phi^{\mathsf T} p_{nij} + b,\qquad p_{nij,(uW' + v)K + k} = x^{\mathrm{pad}}_{n,\,S_h i + D_h u,\,S_w j + D_w v,\,k},\qquad \Phi_{(uW' + v)K + k,\,q} = F_{uvkq}`,
  domain: 'Finite numbers; any sizes that leave at least one window.',
  conventions: [
    {
      choice: 'Within a column rows of the kernel come first, then its columns, then channels.',
      others: 'Caffe and PyTorch (unfold) put channels first; TensorFlow agrees with us.',
    },
  ],
  source: {
    notes: [[13, 13]],
    publications: [
      {
        title:
          'Chellapilla, Puri, Simard (2006), High performance convolutional neural networks for document processing',
        where: 'section 3.1',
      },
    ],
  },
  errata: [],
})
