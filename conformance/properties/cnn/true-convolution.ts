import { build } from '../../../reference/arithmetic/array.ts'
import { trueConvolution as reference } from '../../../reference/cnn/true-convolution.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { isCrossCorrelation, trueConvolution } from '../../../spec/cnn/true-convolution.ts'
import { array, atLeast, free } from '../../../spec/language/operation.ts'
import type { Bench } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { faultsOf } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { plain, turned, zeros } from './conv2d-cases.ts'
import { flipsKernel } from './conv2d-faults.ts'

const wrong = faultsOf(trueConvolution, reference)

const forgetsFlip = wrong.inputs('does not flip the kernel', ({ kernel }) => ({
  kernel: turned(kernel),
}))

const flipsColumnsOnly = wrong.inputs(
  'flips the columns of the kernel but not its rows',
  ({ kernel }) => {
    const Hf = kernel.shape[0]!
    const halfFlipped = build(kernel.shape, (u, v) => kernel.at(Hf - 1 - u, v))
    return { kernel: halfFlipped }
  },
)

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

const plainly = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const

/** The layer gives the middle of the convolution with the kernel turned round. */
async function isTheMiddle<T>(bench: Bench<T, typeof single>) {
  const { H, W, Hf, Wf } = bench.sizes as Record<'H' | 'W' | 'Hf' | 'Wf', number>
  const [x, kernel] = [plain(bench.inputs.x), plain(bench.inputs.kernel)]
  const layer = await bench.measure(
    conv2d,
    {
      x: build([1, H, W, 1], (_, i, j) => x.at(i, j)),
      filters: build([Hf, Wf, 1, 1], (u, v) => kernel.at(u, v)),
      bias: zeros([1]),
    },
    plainly,
  )
  const full = (await bench.measure(trueConvolution, { x, kernel: turned(kernel) }, {})).y
  const expected = build(layer.y.shape, (_, i, j) => full.at(i + Hf - 1, j + Wf - 1))
  return [{ label: 'the layer', expected, actual: layer.y }]
}

export const trueConvolutionProperties = properties(
  isCrossCorrelation,
  agreement(trueConvolution, 'integers', { kills: [forgetsFlip, flipsColumnsOnly] }),
  agreement(trueConvolution, 'reals', { kills: [forgetsFlip, flipsColumnsOnly] }),
  law('turned', {
    of: single,
    asks: [conv2d, trueConvolution],
    title: 'the layer is the middle of the convolution with the kernel turned round, to the bit',
    kills: [flipsKernel, forgetsFlip],
    holds: isTheMiddle,
  }),
  law('turned-bounded', {
    of: single,
    asks: [conv2d, trueConvolution],
    values: 'reals',
    title: 'the layer is the middle of the convolution with the kernel turned round, in reals',
    kills: [flipsKernel],
    share: 0.5,
    holds: isTheMiddle,
  }),
  worked('layer-by-hand', {
    of: conv2d,
    title: 'a kernel that is not symmetric tells both apart',
    kills: [flipsKernel],
    cases: [
      {
        says: 'x = (1, 2, 3), F = (1, 0): the layer gives (1, 2)',
        inputs: {
          x: tensor([1, 1, 3, 1], [1, 2, 3]),
          filters: tensor([1, 2, 1, 1], [1, 0]),
          bias: tensor([1], [0]),
        },
        parameters: plainly,
        gives: { y: [1, 2] },
      },
    ],
  }),
  worked('convolution-by-hand', {
    of: trueConvolution,
    title: 'the convolution of the same arrays, in full',
    kills: [forgetsFlip],
    cases: [
      {
        says: 'x = (1, 2, 3), g = (1, 0): the convolution is (1, 2, 3, 0), its middle (2, 3)',
        inputs: { x: tensor([1, 3], [1, 2, 3]), kernel: tensor([1, 2], [1, 0]) },
        gives: { y: [1, 2, 3, 0] },
      },
    ],
  }),
)
