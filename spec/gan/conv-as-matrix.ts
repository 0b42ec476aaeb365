import { conv2d } from '../cnn/conv2d.ts'
import { dilations, extent, outputSize, smallestImage, strides } from '../cnn/window.ts'
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
import { sizes } from '../language/parameter.ts'
import { dumoulinVisin } from './publications.ts'
import { cuts, groups, wholeGroups } from './tconv-window.ts'

/** The matrix that a convolution multiplies an image by, both written as one column. */
export const convolutionMatrix = operation({
  id: 'gan.convolutionMatrix',
  title: 'Matrix of a convolution',
  level: 'core',
  dimensions: {
    Hf: free(1, 3, 'rows of the kernel'),
    Wf: free(1, 3, 'columns of the kernel'),
    A: free(1, 2, 'channels of a group'),
    Q: free(1, 3, 'filters'),
    H: atLeast(smallestImage(0), 2, 'rows', 'the extent of the kernel less the padding'),
    W: atLeast(smallestImage(1), 2, 'columns', 'the extent of the kernel less the padding'),
    Ho: derived(outputSize(0), 'rows of the response'),
    Wo: derived(outputSize(1), 'columns of the response'),
    Rows: derived(({ Ho, Wo, Q }: Sizes) => Ho! * Wo! * Q!, 'numbers of the response'),
    Columns: derived(
      ({ H, W, A }: Sizes, { groups }: Parameters) => H! * W! * A! * groups,
      'numbers of the image',
    ),
  },
  inputs: { filters: array('the bank of filters, F', 'Hf', 'Wf', 'A', 'Q') },
  parameters: { imageSize: sizes('H', 'W'), strides, dilations, padding: cuts, groups },
  constraints: [wholeGroups],
  usual: [
    {
      sizes: { Hf: 3, Wf: 3, A: 1, Q: 1, H: 4, W: 4 },
      parameters: { strides: [1, 1], dilations: [1, 1], padding: [0, 0, 0, 0], groups: 1 },
    },
    {
      sizes: { Hf: 3, Wf: 3, H: 4, W: 4 },
      parameters: { strides: [2, 2], dilations: [1, 1], padding: [1, 1, 1, 1], groups: 1 },
    },
    { sizes: { Hf: 2, Wf: 2 }, parameters: { strides: [2, 2], padding: [0, 0, 0, 0] } },
  ],
  work: ({ Rows, Columns }: Sizes) => Rows! * Columns!,
  outputs: {
    matrix: array(
      'a row a number of the response, a column a number of the image',
      'Rows',
      'Columns',
    ),
  },
  classes: {
    'stride above 1': ({ parameters: { strides } }: CaseView) => Math.max(...strides) > 1,
    'strides differ': ({ parameters: { strides } }: CaseView) => strides[0] !== strides[1],
    'dilation above 1': ({ sizes, parameters: { dilations } }: CaseView) =>
      (dilations[0] > 1 && sizes.Hf! > 1) || (dilations[1] > 1 && sizes.Wf! > 1),
    'kernel of 1 × 1': ({ sizes }: CaseView) => sizes.Hf === 1 && sizes.Wf === 1,
    'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
    'several positions along both axes': ({ sizes }: CaseView) => sizes.Ho! > 1 && sizes.Wo! > 1,
    'one channel and one filter': ({ sizes, parameters }: CaseView) =>
      sizes.A! * parameters.groups === 1 && sizes.Q === 1,
    'several channels and filters': ({ sizes, parameters }: CaseView) =>
      sizes.A! * parameters.groups > 1 && sizes.Q! > 1,
    'several groups': ({ parameters }: CaseView) => parameters.groups > 1,
    'weights that only lie on padding': ({ sizes, parameters: { padding, dilations } }: CaseView) =>
      padding[0] >= extent(sizes.Hf!, dilations[0]) ||
      padding[2] >= extent(sizes.Wf!, dilations[1]),
    'padding differs top and bottom': ({ parameters: { padding } }: CaseView) =>
      padding[0] !== padding[1],
  },
})

export const asMatrix = clause({
  id: 'gan.conv-as-matrix',
  title: 'A convolution is a product with a matrix of few different numbers',
  kind: 'formula',
  operations: [convolutionMatrix, conv2d],
  statement:
    "A convolution is linear, so the response as one column is a matrix times the image as one column. Its row of a position and a filter has the weights of the filter in the columns of the pixels under the window and zeros elsewhere, $H'W'K$ weights at most; the row of the next position has the same weights a stride further on. Without padding every weight occurs once a position. For a 4 × 4 image, a 3 × 3 kernel and one channel it is a 4 × 16 matrix with nine weights a row.",
  formula: String.raw`\operatorname{vec}(y) = C \operatorname{vec}(x),\qquad C_{(i,j,q),(a,b,k)} = \begin{cases} F_{uvkq} & \text{if } a + P_t = S_h i + D_h u,\ b + P_l = S_w j + D_w v \\ & \text{for some } u < H',\ v < W' \\ 0 & \text{otherwise} \end{cases}`,
  domain: 'Finite numbers; any sizes that leave at least one window; any groups.',
  conventions: [
    {
      choice:
        'Images and responses are written row by row, the channels of a pixel next to each other.',
      others: 'PyTorch and ONNX put channels first, which permutes rows and columns of the matrix.',
    },
    {
      choice: 'In groups, channels of other groups than that of the filter have zeros.',
      others: 'A convolution with one group has no such zeros.',
    },
  ],
  source: {
    notes: [
      [603, 603],
      [605, 605],
    ],
    publications: [{ ...dumoulinVisin, where: 'section 4.1' }],
  },
  errata: [
    {
      id: 'E-51',
      lines: [610, 610],
      says: 'The matrix has the first row of the kernel on shifted places in each of its eight rows, and neither of the other rows of the kernel.',
      counterexample:
        'An image of two rows of one pixel and the kernel (1, 10) of as many rows: with its first row alone the matrix is (1, 0), and the second pixel is not seen; the convolution gives x_1 + 10 x_2, whose matrix is (1, 10).',
      correction:
        'For 4 × 4 pixels and a 3 × 3 kernel there are four rows, one a position, and 16 columns; a row has all nine weights, those of the next row of the kernel four columns further on.',
      settledBy: { ...dumoulinVisin, where: 'section 4.1' },
    },
  ],
})
