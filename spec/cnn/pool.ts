import { clause } from '../language/clause.ts'
import { array, type CaseView, type Constraint, derived, operation } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import {
  maximumClasses,
  paddingBelowKernel,
  poolClasses,
  poolDimensions,
  pooledSize,
  poolParameters,
  windowSize,
} from './pool-window.ts'
import { usualPooling } from './usual.ts'

/** The largest number under each window. */
export const maxPool = operation({
  id: 'cnn.maxPool',
  title: 'Max pooling',
  level: 'core',
  dimensions: poolDimensions,
  inputs: { x: array('the images', 'N', 'H', 'W', 'K') },
  parameters: poolParameters,
  constraints: [paddingBelowKernel],
  usual: usualPooling,
  effort: windowSize,
  outputs: { y: array('the largest number under each window', 'N', 'Ho', 'Wo', 'K') },
  classes: maximumClasses,
})

/** The average of the numbers under each window. */
export const averagePool = operation({
  id: 'cnn.averagePool',
  title: 'Average pooling',
  level: 'core',
  dimensions: poolDimensions,
  inputs: { x: array('the images', 'N', 'H', 'W', 'K') },
  parameters: poolParameters,
  constraints: [paddingBelowKernel],
  usual: usualPooling,
  effort: windowSize,
  sums: [
    {
      sizes: { N: 4, H: 64, W: 64, K: 4 },
      parameters: { kernel: [8, 8], strides: [8, 8], padding: 'valid' },
    },
  ],
  outputs: { y: array('the average under each window', 'N', 'Ho', 'Wo', 'K') },
  classes: poolClasses,
})

/** The image holds at least one window. */
const windowFits: Constraint = {
  says: 'a kernel that fits into the padded image',
  argument: 'kernel',
  holds: (_, parameters) =>
    pooledSize(0, parameters.rows, parameters) > 0 &&
    pooledSize(1, parameters.columns, parameters) > 0,
  repair: (parameters) => ({
    ...parameters,
    rows: Math.max(parameters.rows, parameters.kernel[0]),
    columns: Math.max(parameters.columns, parameters.kernel[1]),
  }),
  violate: (parameters) => ({
    ...parameters,
    padding: 'valid',
    kernel: [parameters.rows + 1, parameters.kernel[1]],
  }),
}

/** The size that a pooling layer leaves of an image. */
export const poolOutputSize = operation({
  id: 'cnn.poolOutputSize',
  title: 'Size of a pooled image',
  level: 'core',
  dimensions: { Axes: derived(() => 2, 'rows, columns') },
  inputs: {},
  parameters: {
    rows: integer({ min: 1, upTo: 24 }),
    columns: integer({ min: 1, upTo: 24 }),
    ...poolParameters,
  },
  constraints: [paddingBelowKernel, windowFits],
  usual: usualPooling.filter(({ sizes }) => sizes === undefined),
  outputs: { size: array('rows and columns of the output', 'Axes') },
  classes: {
    'stride is the kernel': ({ parameters: { kernel, strides } }: CaseView) =>
      strides[0] === kernel[0] && kernel[0] > 1,
    'windows overlap': ({ parameters: { kernel, strides } }: CaseView) => strides[0] < kernel[0],
    'stride above the kernel': ({ parameters: { kernel, strides } }: CaseView) =>
      strides[0] > kernel[0],
    'image not square': ({ parameters: { rows, columns } }: CaseView) => rows !== columns,
    'rows left over': ({ parameters: { rows, kernel, strides, padding } }: CaseView) =>
      padding === 'valid' && (rows - kernel[0]) % strides[0] > 0,
    'padding same': ({ parameters }: CaseView) => parameters.padding === 'same',
    'padding by amounts': ({ parameters }: CaseView) => typeof parameters.padding !== 'string',
    'size unchanged': ({ parameters }: CaseView) =>
      pooledSize(0, parameters.rows, parameters) === parameters.rows,
  },
})

export const goodfellowPooling = {
  title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
  where: 'section 9.3',
} as const
const overlappingPooling = {
  title:
    'Krizhevsky, Sutskever, Hinton (2012), ImageNet classification with deep convolutional neural networks',
  where: 'section 3.4',
} as const

const window = String.raw`\Omega_{ij} = \{ (p, q) : 0 \le p - S_h i + P_t < h,\ 0 \le q - S_w j + P_l < w,\ 0 \le p < H,\ 0 \le q < W \}`

export const max = clause({
  id: 'cnn.pool.max',
  title: 'Max pooling gives the largest number under each window',
  kind: 'formula',
  operations: [maxPool],
  statement:
    'A window of $h \\times w$ places moves over the image in steps of the stride, as far as it finds room in the padded image. In each channel, the output is the largest number that the image has under the window. Padding never wins: it counts as $-\\infty$, so a window over the border of an image of negative numbers gives a negative number.',
  formula: String.raw`y_{nijk} = \max_{(p,q) \in \Omega_{ij}} x_{npqk},\qquad ${window}`,
  domain:
    'Any sizes that leave at least one window; padding narrower than the kernel, so that each window covers a pixel. Finite numbers, infinities and NaN.',
  conventions: [
    {
      choice: 'Padding counts as −∞.',
      others: 'A convolution pads with 0; code that pads first and pools then does the same.',
    },
    {
      choice: 'A window that covers a NaN gives NaN.',
      others: 'PyTorch gives NaN as well; TensorFlow.js skips it or not, depending on the backend.',
    },
    {
      choice: '`same` puts the larger half of the padding at the bottom and right.',
      others: 'ONNX offers SAME_LOWER, with the larger half at the top and left.',
    },
  ],
  source: { notes: [[64, 64]], publications: [goodfellowPooling] },
  errata: [],
})

export const average = clause({
  id: 'cnn.pool.avg',
  title: 'Average pooling gives the mean of the numbers under each window',
  kind: 'formula',
  operations: [averagePool],
  statement:
    'The windows are those of max pooling; the output is the sum of the numbers that the image has under the window, divided by how many these are. Padding is not counted, so a constant image stays the same constant, up to its border. Windows that tile the image keep its mean.',
  formula: String.raw`y_{nijk} = \frac{1}{|\Omega_{ij}|} \sum_{(p,q) \in \Omega_{ij}} x_{npqk},\qquad ${window}`,
  domain:
    'Finite numbers; any sizes that leave at least one window; padding narrower than the kernel.',
  conventions: [
    {
      choice: 'The average is over the pixels of the image under the window.',
      others:
        'PyTorch divides by h · w, padding included, unless told otherwise (`count_include_pad`); ONNX has the same switch, off by default. `pixelCount` of the specification converts.',
    },
  ],
  evaluations: [
    { way: 'every pixel times the rounded $1/|\\Omega|$, added up, as in a convolution' },
  ],
  source: { notes: [[66, 66]], publications: [goodfellowPooling] },
  errata: [],
})

export const channelwise = clause({
  id: 'cnn.pool.channelwise',
  title: 'Pooling treats every channel by itself',
  kind: 'law',
  operations: [maxPool, averagePool],
  statement:
    'Each channel of the output depends on the same channel of the image and on no other. Pooling a single channel gives that channel of the pooled image; other orders of the channels give the output in that order; the number of channels stays.',
  formula: String.raw`\mathrm{pool}(x)_{::k} = \mathrm{pool}(x_{::k})`,
  domain: 'As for max and average pooling.',
  conventions: [],
  source: { notes: [[62, 62]], publications: [goodfellowPooling] },
  errata: [],
})

export const outputSize = clause({
  id: 'cnn.pool.output-size',
  title: 'The size of a pooled image, and when its windows are disjoint',
  kind: 'count',
  operations: [poolOutputSize, maxPool, averagePool],
  statement:
    'Along each axis there are as many outputs as windows find room: the rule of convolution. With the stride equal to the kernel and no padding, windows tile the image: no two of them share a pixel, and the last $H \\bmod h$ rows belong to none.',
  formula: String.raw`H_o = \left\lfloor \frac{H + P_t + P_b - h}{S_h} \right\rfloor + 1;\qquad H_o = \left\lfloor \frac{H}{h} \right\rfloor \text{ for } S_h = h,\ P = 0`,
  domain: 'Any image that holds a window; padding narrower than the kernel.',
  conventions: [
    {
      choice: 'A last window that does not fit is dropped.',
      others:
        'Caffe rounds up and lets it reach over the border; PyTorch offers that as `ceil_mode`.',
    },
  ],
  source: {
    notes: [[62, 62]],
    publications: [
      {
        title: 'Dumoulin, Visin (2016), A guide to convolution arithmetic for deep learning',
        where: 'section 3',
      },
      overlappingPooling,
    ],
  },
  errata: [
    {
      id: 'E-08',
      lines: [62, 62],
      says: 'A stride equal to the kernel makes sure that the layer makes its input smaller.',
      counterexample:
        'A kernel of 1 × 1 with stride 1 gives 5 × 5 of 5 × 5, where at most 4 × 4 is promised.',
      correction:
        'Without padding, an image of several rows loses some exactly if the kernel or the stride has more than one. A stride equal to the kernel makes the windows disjoint; overlapping ones, 3 × 3 with stride 2, make the image smaller as well and are in use.',
      settledBy: overlappingPooling,
    },
  ],
})
