import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { alternatives, choice, integer, pair } from '../language/parameter.ts'
import { conv2d } from './conv2d.ts'
import { dumoulinVisin } from './publications.ts'
import { extent, paddingAmounts } from './window.ts'

const around = ({ padding }: Parameters): number =>
  typeof padding === 'string' ? 0 : padding[0] + padding[1]
const needed = (parameters: Parameters): number =>
  Math.max(1, extent(parameters.kernel, parameters.dilation) - around(parameters))

const fits = {
  says: 'at least the extent of the kernel less the padding',
  argument: 'size',
  holds: (_: Sizes, parameters: Parameters) =>
    parameters.padding === 'same' || parameters.size >= needed(parameters),
  repair: (parameters: Parameters) =>
    parameters.padding === 'same'
      ? parameters
      : { ...parameters, size: Math.max(parameters.size, needed(parameters)) },
  violate: (parameters: Parameters) => ({ ...parameters, padding: 'valid', size: 1, kernel: 2 }),
}

const leftOver = ({ parameters }: CaseView) =>
  parameters.padding !== 'same' &&
  (parameters.size + around(parameters) - extent(parameters.kernel, parameters.dilation)) %
    parameters.stride >
    0

/** How often a window fits along one axis, and what is added to the axis before. */
export const outputSize = operation({
  id: 'cnn.outputSize',
  title: 'Number of positions of a window along one axis',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    size: integer({ min: 1, upTo: 16 }),
    kernel: integer({ min: 1, upTo: 6 }),
    stride: integer({ min: 1, upTo: 5 }),
    dilation: integer({ min: 1, upTo: 3 }),
    padding: alternatives(choice('valid', 'same'), pair(integer({ min: 0, upTo: 4 }))),
  },
  constraints: [fits],
  usual: [
    { parameters: { kernel: 3, stride: 1, dilation: 1, padding: 'same' } },
    { parameters: { kernel: 3, stride: 1, dilation: 1, padding: [1, 1] } },
    { parameters: { kernel: 3, stride: 2, dilation: 1, padding: [1, 1] } },
    { parameters: { kernel: 3, stride: 2, dilation: 1, padding: 'same' } },
    { parameters: { kernel: 1, stride: 1, dilation: 1, padding: 'valid' } },
    { parameters: { size: 224, kernel: 7, stride: 2, dilation: 1, padding: [3, 3] } },
    { parameters: { size: 227, kernel: 11, stride: 4, dilation: 1, padding: 'valid' } },
  ],
  outputs: {
    count: array('the number of positions'),
    before: array('zeros added before'),
    after: array('zeros added after'),
  },
  classes: {
    'stride above 1': ({ parameters }: CaseView) => parameters.stride > 1,
    'stride above the kernel': ({ parameters }: CaseView) => parameters.stride > parameters.kernel,
    'dilation above 1': ({ parameters }: CaseView) =>
      parameters.dilation > 1 && parameters.kernel > 1,
    'even kernel': ({ parameters }: CaseView) => parameters.kernel % 2 === 0,
    'kernel of 1': ({ parameters }: CaseView) => parameters.kernel === 1,
    'last pixels left over': leftOver,
    'padding valid': ({ parameters }: CaseView) => parameters.padding === 'valid',
    'padding same': ({ parameters }: CaseView) => parameters.padding === 'same',
    'padding same, one more after': ({
      parameters: { size, kernel, stride, dilation, padding },
    }: CaseView) => {
      const [before, after] = paddingAmounts('same', 0, size, extent(kernel, dilation), stride)
      return padding === 'same' && after > before
    },
    'padding differs before and after': ({ parameters }: CaseView) =>
      typeof parameters.padding !== 'string' && parameters.padding[0] !== parameters.padding[1],
  },
})

export const outputSizeValid = clause({
  id: 'cnn.conv2d.output-size-valid',
  title: 'Without padding the response is smaller by the kernel less one',
  kind: 'count',
  operations: [conv2d, outputSize],
  statement:
    "With stride 1 and neither padding nor dilation the response has $H - H' + 1$ rows, $W - W' + 1$ columns and one channel a filter. A kernel of one pixel keeps the size, one as large as the image leaves a single position, and a larger one is rejected by an error that names the image, its shape and the rows or columns that it needs.",
  formula: String.raw`H_o = H - H' + 1,\qquad W_o = W - W' + 1`,
  domain: 'Kernels that fit into the image: H′ ≤ H and W′ ≤ W.',
  conventions: [],
  source: {
    notes: [[26, 26]],
    publications: [{ ...dumoulinVisin, where: 'relationship 1' }],
  },
  errata: [],
})

export const outputSizeGeneral = clause({
  id: 'cnn.conv2d.output-size-general',
  title: 'Stride, dilation and padding decide how often a window fits',
  kind: 'count',
  operations: [conv2d, outputSize],
  statement:
    "Along each axis the window of a kernel with dilation $D$ reaches over $D(H' - 1) + 1$ pixels and moves by the stride; it is laid wherever it fits into the padded image, beginning at its first pixel, and what is left over at the end is not seen. The padding `same` gives $\\lceil H / S \\rceil$ positions and adds as many zeros as these need, the larger half after.",
  formula: String.raw`H_o = \left\lfloor \frac{H + P_t + P_b - D(H' - 1) - 1}{S} \right\rfloor + 1;\qquad \text{same: } H_o = \left\lceil \tfrac HS \right\rceil,\ P = \max\left((H_o - 1)S + D(H' - 1) + 1 - H,\ 0\right),\ P_t = \left\lfloor \tfrac P2 \right\rfloor`,
  domain: 'Windows that fit at least once.',
  conventions: [
    {
      choice: 'Sizes are rounded down; `same` puts the larger half at the bottom and right.',
      others:
        'Caffe rounds up in pooling layers; ONNX offers the larger half before (SAME_LOWER); PyTorch allows `same` at stride 1 only.',
    },
  ],
  source: {
    notes: [[44, 44]],
    publications: [
      { ...dumoulinVisin, where: 'relationships 6 and 15' },
      { title: 'TensorFlow documentation, tf.nn.convolution', where: 'padding SAME' },
    ],
  },
  errata: [],
})
