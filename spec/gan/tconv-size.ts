import { outputSize } from '../cnn/output-size.ts'
import { extent } from '../cnn/window.ts'
import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { integer, pair } from '../language/parameter.ts'
import { dumoulinVisin } from './publications.ts'
import { tconv2d } from './tconv.ts'

const sizeOf = ({ size, kernel, stride, dilation, padding, outputPadding }: Parameters): number =>
  (size - 1) * stride + extent(kernel, dilation) - padding[0] - padding[1] + outputPadding

/** Something of the result is left. */
const leavesSome = {
  says: 'at least what leaves something of the result',
  argument: 'size',
  holds: (_: Sizes, parameters: Parameters) => sizeOf(parameters) >= 1,
  repair: (parameters: Parameters) => ({
    ...parameters,
    size: parameters.size + Math.max(0, Math.ceil((1 - sizeOf(parameters)) / parameters.stride)),
  }),
  violate: (parameters: Parameters) => ({
    ...parameters,
    size: 1,
    padding: [extent(parameters.kernel, parameters.dilation), parameters.outputPadding],
  }),
}

const little = {
  says: 'less output padding than the stride or the dilation',
  argument: 'outputPadding',
  holds: (_: Sizes, { stride, dilation, outputPadding }: Parameters) =>
    outputPadding < Math.max(stride, dilation),
  repair: (parameters: Parameters) => ({
    ...parameters,
    outputPadding: Math.min(
      parameters.outputPadding,
      Math.max(parameters.stride, parameters.dilation) - 1,
    ),
  }),
  violate: (parameters: Parameters) => ({
    ...parameters,
    outputPadding: Math.max(parameters.stride, parameters.dilation),
  }),
}

/** How long the result of a transposed convolution is along one axis. */
export const tconvOutputSize = operation({
  id: 'gan.tconvOutputSize',
  title: 'Size of the result of a transposed convolution along one axis',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    size: integer({ min: 1, upTo: 16 }),
    kernel: integer({ min: 1, upTo: 6 }),
    stride: integer({ min: 1, upTo: 5 }),
    dilation: integer({ min: 1, upTo: 3 }),
    padding: pair(integer({ min: 0, upTo: 4 })),
    outputPadding: integer({ min: 0, upTo: 3 }),
  },
  constraints: [little, leavesSome],
  usual: [
    { parameters: { kernel: 4, stride: 2, dilation: 1, padding: [1, 1], outputPadding: 0 } },
    { parameters: { kernel: 5, stride: 2, dilation: 1, padding: [2, 2], outputPadding: 1 } },
    { parameters: { kernel: 3, stride: 2, dilation: 1, padding: [1, 1], outputPadding: 1 } },
    { parameters: { kernel: 2, stride: 2, dilation: 1, padding: [0, 0], outputPadding: 0 } },
    { parameters: { kernel: 3, stride: 1, dilation: 1, padding: [0, 0], outputPadding: 0 } },
    { parameters: { size: 1, kernel: 4, stride: 1, padding: [0, 0], outputPadding: 0 } },
  ],
  outputs: { size: array('how many rows or columns the result has') },
  classes: {
    'stride above 1': ({ parameters }: CaseView) => parameters.stride > 1,
    'stride above the kernel': ({ parameters }: CaseView) => parameters.stride > parameters.kernel,
    'dilation above 1': ({ parameters }: CaseView) =>
      parameters.dilation > 1 && parameters.kernel > 1,
    'kernel of 1': ({ parameters }: CaseView) => parameters.kernel === 1,
    'nothing cut off': ({ parameters }: CaseView) =>
      parameters.padding[0] + parameters.padding[1] === 0,
    'cut differs before and behind': ({ parameters }: CaseView) =>
      parameters.padding[0] !== parameters.padding[1],
    'output padding': ({ parameters }: CaseView) => parameters.outputPadding > 0,
    'output padding of a stride or more': ({ parameters }: CaseView) =>
      parameters.outputPadding >= parameters.stride,
  },
})

export const size = clause({
  id: 'gan.tconv.output-size',
  title: 'The result is as large as the image of the convolution',
  kind: 'count',
  operations: [tconvOutputSize, tconv2d, outputSize],
  statement:
    'Steps of a stride take $(H_o - 1)S$ rows, the last of them the extent of the kernel; the padding is cut off on both sides, and output padding adds rows at the end. The convolution with the same numbers makes of the result as many rows as the input has. Images of several sizes give the same number of positions, up to $S - 1$ rows more: the output padding tells them apart. A 2 × 2 input and a 3 × 3 kernel make 4 × 4.',
  formula: String.raw`H = (H_o - 1)S + D(H' - 1) + 1 - P_t - P_b + o,\qquad 0 \le o < S \;\Rightarrow\; \left\lfloor \frac{H + P_t + P_b - D(H' - 1) - 1}{S} \right\rfloor + 1 = H_o`,
  domain: 'Sizes of which at least one row is left.',
  conventions: [
    {
      choice: 'The output padding o is given, and rows are added at the end.',
      others:
        'TensorFlow is told the size of the result in its place; see gan.tconv.conventions for PyTorch, ONNX and Keras.',
    },
  ],
  source: {
    notes: [[603, 603]],
    publications: [{ ...dumoulinVisin, where: 'relationships 13 and 14' }],
  },
  errata: [],
})
