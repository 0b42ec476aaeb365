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
import { integer, tuple } from '../language/parameter.ts'
import { conv2d } from './conv2d.ts'
import { outputSize } from './output-size.ts'
import { dumoulinVisin } from './publications.ts'
import { usualAmounts } from './usual.ts'

const amount = integer({ min: 0, upTo: 3 })
const padding = tuple(amount, amount, amount, amount)

/** How many zeros a padding adds above and below (axis 0), or left and right (axis 1). */
const added = ({ padding }: Parameters, axis: 0 | 1): number =>
  padding[2 * axis] + padding[2 * axis + 1]

const grown = (symbol: 'H' | 'W', axis: 0 | 1) => (sizes: Sizes, parameters: Parameters) =>
  sizes[symbol]! + added(parameters, axis)
const shrunk = (symbol: 'Hp' | 'Wp', axis: 0 | 1) => (sizes: Sizes, parameters: Parameters) =>
  sizes[symbol]! - added(parameters, axis)
const around = (axis: 0 | 1) => (_: Sizes, parameters: Parameters) => added(parameters, axis) + 1

const classes = {
  'no rows added': ({ parameters }: CaseView) => added(parameters, 0) === 0,
  'no columns added': ({ parameters }: CaseView) => added(parameters, 1) === 0,
  'top and bottom differ': ({ parameters: { padding } }: CaseView) => padding[0] !== padding[1],
  'left and right differ': ({ parameters: { padding } }: CaseView) => padding[2] !== padding[3],
  'more rows added than there are': ({ sizes, parameters }: CaseView) =>
    added(parameters, 0) > sizes.H!,
  'one channel': ({ sizes }: CaseView) => sizes.K === 1,
  'several images': ({ sizes }: CaseView) => sizes.N! > 1,
} as const

/** Zeros around every image. */
export const zeroPad = operation({
  id: 'cnn.zeroPad',
  title: 'Images surrounded by zeros',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    H: free(1, 5, 'rows'),
    W: free(1, 5, 'columns'),
    K: free(1, 3, 'channels'),
    Hp: derived(grown('H', 0), 'rows with the zeros'),
    Wp: derived(grown('W', 1), 'columns with the zeros'),
  },
  inputs: { x: array('the images', 'N', 'H', 'W', 'K') },
  parameters: { padding },
  usual: usualAmounts,
  outputs: { y: array('the images with zeros around them', 'N', 'Hp', 'Wp', 'K') },
  classes,
})

/** Its gradient: what lies within the zeros. */
export const zeroPadGradient = operation({
  id: 'cnn.zeroPadGradient',
  title: 'Gradient of images surrounded by zeros',
  level: 'gradients',
  dimensions: {
    N: free(1, 2, 'images'),
    K: free(1, 3, 'channels'),
    Hp: atLeast(around(0), 4, 'rows with the zeros', 'one row within the zeros'),
    Wp: atLeast(around(1), 4, 'columns with the zeros', 'one column within the zeros'),
    H: derived(shrunk('Hp', 0), 'rows'),
    W: derived(shrunk('Wp', 1), 'columns'),
  },
  inputs: { dy: array('the gradient by the padded images', 'N', 'Hp', 'Wp', 'K') },
  parameters: { padding },
  usual: usualAmounts,
  outputs: { dx: array('the gradient by the images', 'N', 'H', 'W', 'K') },
  classes,
})

export const padZero = clause({
  id: 'cnn.pad.zero',
  title: 'Padding surrounds the image with zeros',
  kind: 'formula',
  operations: [zeroPad, zeroPadGradient, conv2d],
  statement:
    'Padding adds rows of zeros above and below an image and columns of zeros to its left and right, four amounts that may differ; with the same amount $P$ everywhere, rows and columns grow by $2P$. A padded convolution is the convolution without padding of the padded image. Cutting the zeros off again gives the image back, and is the gradient.',
  formula: String.raw`\mathrm{pad}(x) \in \mathbb R^{N \times (P_t + H + P_b) \times (P_l + W + P_r) \times K},\qquad \mathrm{pad}(x)_{n,\,P_t + i,\,P_l + j,\,k} = x_{nijk},\ 0 \text{ elsewhere}`,
  domain: 'Amounts from 0 on; finite numbers.',
  conventions: [
    {
      choice: 'Amounts are given as [top, bottom, left, right]; what is added is 0.',
      others:
        'PyTorch takes [left, right, top, bottom]; ONNX all amounts before, then all after. Other paddings repeat or mirror the border.',
    },
  ],
  source: {
    notes: [[42, 42]],
    publications: [{ ...dumoulinVisin, where: 'section 2.2' }],
  },
  errata: [
    {
      id: 'E-04',
      lines: [42, 42],
      says: 'An image padded by 1 has one row and one column more.',
      counterexample:
        'A single pixel with padding 1 becomes 3 × 3, nine numbers with the pixel in the middle, and not 2 × 2, four numbers.',
      correction:
        'Padding adds on both sides: H + 2P rows. With stride 1 a kernel of H′ = 2P + 1 rows takes them off again.',
      settledBy: { ...dumoulinVisin, where: 'relationships 2 and 3' },
    },
  ],
})

export const padSameSize = clause({
  id: 'cnn.pad.same-size',
  title: 'What keeps the size of the image at stride 1',
  kind: 'count',
  operations: [outputSize, conv2d],
  statement:
    "With stride 1 the response is as large as the image exactly if the zeros on both sides together are as many as the extent of the kernel less one. A kernel of 3 without dilation needs 1 on each side, an odd kernel $D(H' - 1)/2$. An even kernel with an odd dilation, or none, needs one more on one side than on the other, and no amount that is the same on both sides will do; with an even dilation it will.",
  formula: String.raw`H_o = H \iff P_t + P_b = D(H' - 1)\qquad (S = 1)`,
  domain: 'Stride 1, windows that fit at least once.',
  conventions: [
    {
      choice: 'The larger half of an odd number of zeros goes to the bottom and right.',
      others: 'Caffe2 and ONNX can put it at the top and left.',
    },
  ],
  source: {
    notes: [
      [42, 42],
      [44, 44],
    ],
    publications: [{ ...dumoulinVisin, where: 'relationship 3' }],
  },
  errata: [
    {
      id: 'E-05',
      lines: [44, 44],
      says: 'A stride of 1 and a padding of 1 are named, with a reminder to look up what they mean.',
      counterexample:
        'Three rows, stride 1, padding 1: a kernel of one row gives five rows and one of three rows gives three; the notes give no number.',
      correction:
        'The number of rows is ⌊(H + 2P − H′) / S⌋ + 1; stride 1 and padding 1 keep the size for a kernel of three.',
      settledBy: { ...dumoulinVisin, where: 'relationship 6' },
    },
  ],
})
