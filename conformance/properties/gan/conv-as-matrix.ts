import { build, sum } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { asMatrix, convolutionMatrix } from '../../../spec/gan/conv-as-matrix.ts'
import {
  array,
  derived,
  free,
  type Parameters,
  type Sizes,
} from '../../../spec/language/operation.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { plain, scalar, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  channelsFirst,
  filtersFirst,
  firstKernelRowOnly,
  ignoresDilation,
  ignoresGroups,
  joinsRows,
  swapsStrides,
  turnsKernel,
} from './conv-as-matrix-faults.ts'
import { wholeBank } from './tconv-cases.ts'

const { imageSize: _, ...geometry } = convolutionMatrix.parameters

/** A convolution in groups, and an image. */
const imaged = {
  dimensions: {
    ...convolutionMatrix.dimensions,
    K: derived(({ A }: Sizes, { groups }: Parameters) => A! * groups, 'channels'),
  },
  inputs: { ...convolutionMatrix.inputs, x: array('an image', 'H', 'W', 'K') },
  parameters: geometry,
  constraints: convolutionMatrix.constraints,
} as const

/** One whose windows lie within the image. */
const within = {
  ...imaged,
  dimensions: {
    ...imaged.dimensions,
    H: derived(({ Hf }: Sizes) => Hf! + 2, 'rows'),
    W: derived(({ Wf }: Sizes) => Wf! + 1, 'columns'),
    A: free(1, 2, 'channels of a group'),
  },
} as const

const bare = { strides: [1, 1], dilations: [1, 1], padding: [0, 0, 0, 0], groups: 1 } as const

export const convAsMatrixProperties = properties(
  asMatrix,
  agreementTwice(
    convolutionMatrix,
    {
      kills: [
        firstKernelRowOnly,
        turnsKernel,
        joinsRows,
        channelsFirst,
        filtersFirst,
        ignoresDilation,
        ignoresGroups,
      ],
    },
    { kills: [turnsKernel], share: 0.3 },
  ),
  law('times-the-image', {
    of: imaged,
    asks: [convolutionMatrix, conv2d],
    title: 'the matrix times the image is the response',
    kills: [firstKernelRowOnly, turnsKernel, channelsFirst, filtersFirst, ignoresGroups],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes }) {
      const { H, W, K, Ho, Wo, Q } = sizes
      const { groups, ...windows } = parameters
      const { filters } = inputs
      const { matrix } = await measure(
        convolutionMatrix,
        { filters },
        { ...parameters, imageSize: [H, W] },
      )
      const bank = wholeBank(plain(filters), groups, 0)
      const image = plain(inputs.x)
      const x = build([1, H, W, K], (_n, ...at) => image.at(...at))
      const { y } = await measure(conv2d, { x, filters: bank, bias: zeros([Q]) }, windows)
      const product = build([1, Ho, Wo, Q], (_n, i, j, q) =>
        sum(arithmetic, [H, W, K], (a, b, k) =>
          arithmetic.multiply(
            matrix.at((i * Wo + j) * Q + q, (a * W + b) * K + k),
            array('x').at(a, b, k),
          ),
        ),
      )
      return [{ label: 'C x', expected: y, actual: product }]
    },
  }),
  law('once-a-position', {
    of: within,
    asks: [convolutionMatrix],
    title:
      'without padding every weight occurs once a position, so that all add up to as many sums of weights',
    kills: [firstKernelRowOnly],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes }) {
      const { H, W, Hf, Wf, A, Q } = sizes
      const { matrix } = await measure(
        convolutionMatrix,
        { filters: inputs.filters },
        { ...bare, groups: parameters.groups, imageSize: [H, W] },
      )
      const positions = arithmetic.exact((H - Hf + 1) * (W - Wf + 1))
      const weights = sum(arithmetic, [Hf, Wf, A, Q], (...at) => array('filters').at(...at))
      return [
        {
          label: 'the sum of all entries',
          expected: scalar(arithmetic.multiply(positions, weights)),
          actual: scalar(arithmetic.total(matrix.data)),
        },
      ]
    },
  }),
  worked('E-51', {
    of: convolutionMatrix,
    title: 'all rows of the kernel are in it',
    kills: [firstKernelRowOnly],
    inputs: { filters: tensor([2, 1, 1, 1], [1, 10]) },
    parameters: { ...bare, imageSize: [2, 1] },
    notes: { matrix: [1, 0] },
    gives: { matrix: [1, 10] },
  }),
  worked('four-by-sixteen', {
    of: convolutionMatrix,
    title: '4 × 4 pixels and a kernel of 3 × 3 make a 4 × 16 matrix',
    kills: [firstKernelRowOnly, joinsRows, turnsKernel],
    says: 'weights 1 to 9; a row further on is four columns, a position to the right one',
    inputs: { filters: tensor([3, 3, 1, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9]) },
    parameters: { ...bare, imageSize: [4, 4] },
    gives: {
      matrix: [
        [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0, 0],
        [0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0],
        [0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0],
        [0, 0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9],
      ].flat(),
    },
  }),
  worked('two-strides', {
    of: convolutionMatrix,
    title: 'every second row and every third column of 4 × 4 pixels, one weight each',
    kills: [swapsStrides],
    says: 'a kernel of 1 × 1 with the weight 5 lies on pixels 0, 3, 8 and 11',
    inputs: { filters: tensor([1, 1, 1, 1], [5]) },
    parameters: { ...bare, strides: [2, 3], imageSize: [4, 4] },
    gives: {
      matrix: [0, 3, 8, 11].flatMap((pixel) =>
        Array.from({ length: 16 }, (_, column) => (column === pixel ? 5 : 0)),
      ),
    },
  }),
)
