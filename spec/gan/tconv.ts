import { conv2d } from '../cnn/conv2d.ts'
import { dilations, extent, strides } from '../cnn/window.ts'
import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  atLeast,
  type CaseView,
  derived,
  free,
  operation,
  optional,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { convolutionMatrix } from './conv-as-matrix.ts'
import { deepLearning, dumoulinVisin } from './publications.ts'
import { usualTransposed } from './tconv-usual.ts'
import {
  cuts,
  groups,
  littleOutputPadding,
  outputPadding,
  resultSize,
  smallestInput,
  wholeGroups,
} from './tconv-window.ts'

/** Every row one further, nothing cut off and nothing more. */
const plainly = {
  strides: [1, 1],
  dilations: [1, 1],
  padding: [0, 0, 0, 0],
  outputPadding: [0, 0],
  groups: 1,
} as const

const bound = 'what leaves something of the result'

/** Whether a condition on one axis holds of the rows or of the columns. */
const either =
  (
    holds: (axis: {
      stride: number
      dilation: number
      kernel: number
      cut: readonly number[]
      more: number
    }) => boolean,
  ) =>
  ({ sizes, parameters }: CaseView): boolean =>
    ([0, 1] as const).some((axis) =>
      holds({
        stride: parameters.strides[axis],
        dilation: parameters.dilations[axis],
        kernel: [sizes.Hf!, sizes.Wf!][axis]!,
        cut: parameters.padding.slice(2 * axis, 2 * axis + 2),
        more: parameters.outputPadding[axis],
      }),
    )

/** The transpose of a convolution: every number of the input lays the filter, times itself, over the result. */
export const tconv2d = operation({
  id: 'gan.tconv2d',
  title: 'Transposed convolution',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    Hf: free(1, 4, 'rows of the kernel'),
    Wf: free(1, 4, 'columns of the kernel'),
    A: free(1, 3, 'channels of the result in a group'),
    Q: free(1, 4, 'channels of the input'),
    K: derived(({ A }: Sizes, { groups }: Parameters) => A! * groups, 'channels of the result'),
    Ho: atLeast(smallestInput(0), 3, 'rows of the input', bound),
    Wo: atLeast(smallestInput(1), 3, 'columns of the input', bound),
    H: derived(resultSize(0), 'rows of the result'),
    W: derived(resultSize(1), 'columns of the result'),
  },
  inputs: {
    z: array('the input, in the place of responses', 'N', 'Ho', 'Wo', 'Q'),
    filters: array('the bank of the convolution that is transposed, F', 'Hf', 'Wf', 'A', 'Q'),
    bias: optional(array('one number a channel of the result, b', 'K')),
  },
  parameters: { strides, dilations, padding: cuts, outputPadding, groups },
  constraints: [wholeGroups, littleOutputPadding],
  usual: usualTransposed,
  sums: [{ sizes: { N: 1, Hf: 3, Wf: 3, A: 16, Q: 9, Ho: 10, Wo: 10 }, parameters: plainly }],
  outputs: { y: array('the result, in the place of images', 'N', 'H', 'W', 'K') },
  classes: {
    'stride above 1': either(({ stride }) => stride > 1),
    'strides differ': ({ parameters: { strides } }: CaseView) => strides[0] !== strides[1],
    'stride above the kernel': either(
      ({ stride, kernel, dilation }) => stride > extent(kernel, dilation),
    ),
    'dilation above 1': either(({ dilation, kernel }) => dilation > 1 && kernel > 1),
    'dilation with stride': either(
      ({ dilation, kernel, stride }) => dilation > 1 && kernel > 1 && stride > 1,
    ),
    'even kernel': either(({ kernel }) => kernel % 2 === 0),
    'kernel of 1 × 1': ({ sizes }: CaseView) => sizes.Hf === 1 && sizes.Wf === 1,
    'kernel not square': ({ sizes }: CaseView) => sizes.Hf !== sizes.Wf,
    'image not square': ({ sizes }: CaseView) => sizes.Ho !== sizes.Wo,
    'a single pixel': ({ sizes }: CaseView) => sizes.Ho === 1 && sizes.Wo === 1,
    'one channel of the input': ({ sizes }: CaseView) => sizes.Q === 1,
    'one channel of the result': ({ sizes }: CaseView) => sizes.K === 1,
    'several groups': ({ parameters }: CaseView) => parameters.groups > 1,
    'groups of several channels': ({ sizes, parameters }: CaseView) =>
      parameters.groups > 1 && sizes.A! > 1 && sizes.Q! > parameters.groups,
    'nothing cut off': ({ parameters }: CaseView) =>
      parameters.padding.every((n: number) => n === 0),
    'cut differs before and behind': either(({ cut }) => cut[0] !== cut[1]),
    'more cut off than the kernel reaches': either(
      ({ cut, kernel, dilation }) => Math.max(...cut) >= extent(kernel, dilation),
    ),
    'output padding that the kernel reaches': either(
      ({ cut, more }) => Math.min(cut[1]!, more) > 0,
    ),
    'output padding behind the kernel': either(({ cut, more }) => more > cut[1]!),
    'output padding of a stride or more': either(({ more, stride }) => more >= stride),
  },
})

/** Its gradients. */
export const tconv2dGradient = gradientOf(tconv2d, {
  title: 'Gradients of the transposed convolution',
  sums: [{ sizes: { N: 1, Hf: 3, Wf: 3, A: 8, Q: 16, Ho: 9, Wo: 9 }, parameters: plainly }],
})

const domain = 'Finite numbers; any stride, dilation, padding, output padding and groups.'

export const matrixTranspose = clause({
  id: 'gan.tconv.matrix-transpose',
  title: 'A transposed convolution multiplies by the transpose of the matrix of a convolution',
  kind: 'formula',
  operations: [tconv2d, convolutionMatrix],
  statement:
    'Written as one column, the result is the transposed matrix of the convolution times the input, plus the bias: the filter is laid over the result once for every number of the input, times this number, a stride apart, and what overlaps is added. The padding of the convolution is cut off. Input and result have the shapes of the response and of the image of that convolution, so that input channels are its filters. Output padding keeps rows and columns at the bottom and right that the padding would have cut off, and zeros where there are none left; the bias is added there, too.',
  formula: String.raw`\operatorname{vec}(y) = C^{\mathsf T} \operatorname{vec}(z) + b,\qquad y_{nabk} = b_k + \sum_{u,v,q} z_{nijq}\, F_{uvkq} \;\text{ where }\; S_h i = a + P_t - D_h u,\; S_w j = b + P_l - D_w v`,
  domain,
  conventions: [
    {
      choice:
        'The bank is that of the convolution: rows × columns × channels of the result in a group × channels of the input.',
      others:
        'PyTorch and ONNX order it as channels of the input × channels of the result in a group × rows × columns; TensorFlow agrees with us, and has no groups.',
    },
    {
      choice:
        'The filter is laid as it is, with which the layer is the transpose of one that does not flip its kernel.',
      others:
        'JAX correlates with the filter as it is, unless transpose_kernel asks for the transpose.',
    },
    {
      choice: 'Output padding is less than the stride or the dilation, as in PyTorch and ONNX.',
      others: 'Keras keeps it below the stride, beyond which no convolution has such a size.',
    },
  ],
  source: {
    notes: [[603, 603]],
    publications: [
      { ...dumoulinVisin, where: 'section 4.1' },
      { ...deepLearning, where: 'section 9.5' },
    ],
  },
  errata: [],
})

export const gradients = clause({
  id: 'gan.tconv.gradients',
  title: 'The gradient by the input of a transposed convolution is a convolution',
  kind: 'gradient',
  operations: [tconv2dGradient, tconv2d, conv2d],
  statement:
    'What arrives is convolved with the same filters for the gradient by the input, since the transpose of a transpose is the matrix itself. A weight collects every number of the input times the gradient at the place that the weight lies on for it; a bias collects the gradient of its channel at all places, those of the output padding among them.',
  formula: String.raw`\operatorname{vec}\!\left(\frac{\partial L}{\partial z}\right) = C \operatorname{vec}(\delta),\qquad \frac{\partial L}{\partial F_{uvkq}} = \sum_{n,i,j} z_{nijq}\, \delta_{n,\,S_h i + D_h u - P_t,\,S_w j + D_w v - P_l,\,k},\qquad \frac{\partial L}{\partial b_k} = \sum_{n,a,b} \delta_{nabk},\qquad \delta = \frac{\partial L}{\partial y}`,
  domain,
  conventions: [
    {
      choice: 'Gradients add up over the images of a batch.',
      others: 'Where the loss is a mean over the batch, the mean is already in what arrives.',
    },
  ],
  source: {
    notes: [[603, 603]],
    publications: [{ ...deepLearning, where: 'section 9.5' }],
  },
  errata: [],
})
