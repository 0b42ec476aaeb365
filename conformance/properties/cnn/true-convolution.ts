import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { isCrossCorrelation, trueConvolution } from '../../../spec/cnn/true-convolution.ts'
import { array, atLeast, free } from '../../../spec/language/operation.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { plain, zeros } from '../../kit/arrays.ts'
import { lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { plainly, turned } from './conv2d-cases.ts'
import { flipsKernel } from './conv2d-faults.ts'
import { flipsColumnsOnly, forgetsFlip } from './true-convolution-faults.ts'

const single = {
  dimensions: {
    Hf: free(1, 4, 'rows of the kernel'),
    Wf: free(1, 4, 'columns of the kernel'),
    H: atLeast(({ Hf }) => Hf!, 4, 'rows', 'the rows of the kernel'),
    W: atLeast(({ Wf }) => Wf!, 4, 'columns', 'the columns of the kernel'),
  },
  inputs: { x: array('an image', 'H', 'W'), kernel: array('a kernel', 'Hf', 'Wf') },
  parameters: {},
} as const

export const trueConvolutionProperties = properties(
  isCrossCorrelation,
  agreementTwice(trueConvolution, { kills: [forgetsFlip, flipsColumnsOnly] }),
  lawTwice(
    'turned',
    {
      of: single,
      asks: [conv2d, trueConvolution],
      title: 'the layer is the middle of the convolution with the kernel turned round',
      kills: [flipsKernel, forgetsFlip],
      async holds({ inputs, measure, sizes }) {
        const { H, W, Hf, Wf } = sizes
        const [x, kernel] = [plain(inputs.x), plain(inputs.kernel)]
        const { y } = await measure(
          conv2d,
          {
            x: fromData([1, H, W, 1], x.data),
            filters: fromData([Hf, Wf, 1, 1], kernel.data),
            bias: zeros([1]),
          },
          plainly,
        )
        const full = (await measure(trueConvolution, { x, kernel: turned(kernel) }, {})).y
        const expected = build(y.shape, (_, i, j) => full.at(i + Hf - 1, j + Wf - 1))
        return [{ label: 'the layer', expected, actual: y }]
      },
    },
    {
      title: 'the layer is the middle of the convolution with the kernel turned round, in reals',
      kills: [flipsKernel],
      share: 0.5,
    },
  ),
  worked('layer-by-hand', {
    of: conv2d,
    title: 'a kernel that is not symmetric tells both apart',
    kills: [flipsKernel],
    says: 'x = (1, 2, 3), F = (1, 0): the layer gives (1, 2)',
    inputs: {
      x: tensor([1, 1, 3, 1], [1, 2, 3]),
      filters: tensor([1, 2, 1, 1], [1, 0]),
      bias: tensor([1], [0]),
    },
    parameters: plainly,
    gives: { y: [1, 2] },
  }),
  worked('convolution-by-hand', {
    of: trueConvolution,
    title: 'the convolution of the same arrays, in full',
    kills: [forgetsFlip],
    says: 'x = (1, 2, 3), g = (1, 0): the convolution is (1, 2, 3, 0), its middle (2, 3)',
    inputs: { x: tensor([1, 3], [1, 2, 3]), kernel: tensor([1, 2], [1, 0]) },
    gives: { y: [1, 2, 3, 0] },
  }),
)
