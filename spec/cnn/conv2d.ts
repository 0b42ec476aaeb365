import { clause } from '../language/clause.ts'
import {
  array,
  atLeast,
  type CaseView,
  derived,
  free,
  operation,
  optional,
} from '../language/operation.ts'
import { goodfellow } from './publications.ts'
import { usualWindows } from './usual.ts'
import { dilations, extent, outputSize, padding, smallestImage, strides } from './window.ts'

/** The sizes that every operation on a convolution shares. */
export const convolutionDimensions = {
  N: free(1, 2, 'images'),
  Hf: free(1, 4, 'rows of the kernel, the notes’ H′'),
  Wf: free(1, 4, 'columns of the kernel, the notes’ W′'),
  K: free(1, 4, 'channels'),
  Q: free(1, 4, 'filters'),
  H: atLeast(smallestImage(0), 5, 'rows', 'the extent of the kernel less the padding'),
  W: atLeast(smallestImage(1), 5, 'columns', 'the extent of the kernel less the padding'),
  Ho: derived(outputSize(0), 'rows of the output'),
  Wo: derived(outputSize(1), 'columns of the output'),
} as const

const either = (values: readonly [number, number], test: (value: number) => boolean) =>
  test(values[0]) || test(values[1])

/** The kinds of case that every operation on a convolution must reach. */
export const convolutionClasses = {
  'stride above 1': ({ parameters: { strides } }: CaseView) => either(strides, (s) => s > 1),
  'strides differ': ({ parameters: { strides } }: CaseView) => strides[0] !== strides[1],
  'stride above the kernel': ({ sizes, parameters: { strides } }: CaseView) =>
    strides[0] > sizes.Hf! || strides[1] > sizes.Wf!,
  'last rows left over': ({ sizes, parameters: { strides, dilations, padding } }: CaseView) =>
    padding === 'valid' && (sizes.H! - extent(sizes.Hf!, dilations[0])) % strides[0] > 0,
  'dilation above 1': ({ sizes, parameters: { dilations } }: CaseView) =>
    dilations[0] > 1 && sizes.Hf! > 1,
  'dilation with stride': ({ sizes, parameters: { strides, dilations } }: CaseView) =>
    dilations[0] > 1 && sizes.Hf! > 1 && strides[0] > 1,
  'even kernel': ({ sizes }: CaseView) => sizes.Hf! % 2 === 0 || sizes.Wf! % 2 === 0,
  'kernel of 1 × 1': ({ sizes }: CaseView) => sizes.Hf === 1 && sizes.Wf === 1,
  'kernel not square': ({ sizes }: CaseView) => sizes.Hf !== sizes.Wf,
  'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
  'one channel': ({ sizes }: CaseView) => sizes.K === 1,
  'one filter': ({ sizes }: CaseView) => sizes.Q === 1,
  'one output position': ({ sizes }: CaseView) => sizes.Ho === 1 && sizes.Wo === 1,
  'padding valid': ({ parameters: { padding } }: CaseView) => padding === 'valid',
  'padding same': ({ parameters: { padding } }: CaseView) => padding === 'same',
  'padding differs top and bottom': ({ parameters: { padding } }: CaseView) =>
    typeof padding !== 'string' && padding[0] !== padding[1],
  'sizes coincide': ({ sizes }: CaseView) => sizes.K === sizes.Q || sizes.H === sizes.W,
} as const

/** Where `same` would be a negative amount: the last window ends before the image does. */
export const unseenEnd = {
  'padding same, an end unseen': ({ sizes, parameters }: CaseView) => {
    const { strides, dilations, padding } = parameters
    const ends = (count: number, stride: number, kernel: number, dilation: number) =>
      (count - 1) * stride + extent(kernel, dilation)
    return (
      padding === 'same' &&
      (ends(sizes.Ho!, strides[0], sizes.Hf!, dilations[0]) < sizes.H! ||
        ends(sizes.Wo!, strides[1], sizes.Wf!, dilations[1]) < sizes.W!)
    )
  },
} as const

/** Every pixel a window, and nothing beside the image. */
export const plainly = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const

/**
 * A convolution layer: every filter, full in depth, slides over the image without being flipped,
 * and each position gives one number of the output.
 */
export const conv2d = operation({
  id: 'cnn.conv2d',
  title: 'Convolution of images with a bank of filters',
  level: 'core',
  dimensions: convolutionDimensions,
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'K'),
    filters: array('the bank of filters, F', 'Hf', 'Wf', 'K', 'Q'),
    bias: optional(array('one number a filter, b', 'Q')),
  },
  parameters: { strides, dilations, padding },
  usual: usualWindows,
  sums: [{ sizes: { N: 2, Hf: 3, Wf: 3, K: 9, Q: 8, H: 10, W: 10 }, parameters: plainly }],
  outputs: { y: array('the responses', 'N', 'Ho', 'Wo', 'Q') },
  classes: { ...convolutionClasses, ...unseenEnd },
})

export const forward = clause({
  id: 'cnn.conv2d.forward',
  title: 'The response is the sum over the window, plus the bias',
  kind: 'formula',
  operations: [conv2d],
  statement:
    'Each output is the bias of its filter plus the sum, over the rows and columns of the kernel and over all channels, of the padded image under the window times the filter.',
  formula: String.raw`y_{nijq} = b_q + \sum_{u=0}^{H'-1} \sum_{v=0}^{W'-1} \sum_{k=0}^{K-1} x^{\mathrm{pad}}_{n,\,S_h i + D_h u,\,S_w j + D_w v,\,k}\; F_{uvkq}`,
  domain: 'Finite numbers; any sizes that leave at least one window.',
  conventions: [
    {
      choice:
        'Indices count from 0; an image is rows × columns × channels, a bank rows × columns × channels × filters.',
      others: 'PyTorch and ONNX put channels first: N × K × H × W and Q × K × H′ × W′.',
    },
    {
      choice: 'No flip: what the field calls a convolution is a cross-correlation.',
      others: 'Signal processing flips the kernel; see cnn.conv2d.is-cross-correlation.',
    },
  ],
  evaluations: [
    { way: 'Winograd’s algorithm F(2 × 2, 3 × 3)', profile: 'transforms' },
    { way: 'Winograd’s algorithm F(4 × 4, 3 × 3)', profile: 'transforms' },
    { way: 'Fourier transforms of image and filter, multiplied', profile: 'transforms' },
  ],
  source: {
    notes: [[24, 28]],
    publications: [{ ...goodfellow, where: 'equation 9.7' }],
  },
  errata: [
    {
      id: 'E-01',
      lines: [28, 28],
      says: 'The sums over the window run to the height and width of the image.',
      counterexample:
        'A 2 × 2 image of ones and a 1 × 1 kernel of 1: read literally, the sum takes every pixel that exists, 4; the layer gives 1.',
      correction: 'They run over the kernel: u < H′, v < W′.',
      settledBy: { ...goodfellow, where: 'equation 9.7' },
    },
    {
      id: 'E-02',
      lines: [28, 28],
      says: 'The constant term bears the name of the output.',
      counterexample: 'x = 1, F = 1, b = 1: a term equal to the output would ask for y = y + 1.',
      correction: 'It is a bias b, one number a filter.',
      settledBy: { ...goodfellow, where: 'section 9.5' },
    },
    {
      id: 'E-03',
      lines: [28, 28],
      says: 'Channels count from 1 while rows and columns count from 0.',
      counterexample:
        'One channel, x = 1, F = 1: with k from 1 on, the only channel, k = 0, is missed and y is 0 instead of 1.',
      correction: 'All indices count from the same number, which is 0 here.',
      settledBy: { ...goodfellow, where: 'equation 9.7, where it is 1' },
    },
  ],
})
