import { trueConvolution as reference } from '../../../reference/cnn/true-convolution.ts'
import { trueConvolution } from '../../../spec/cnn/true-convolution.ts'
import { permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { turned } from './conv2d-cases.ts'

const wrong = faultsOf(trueConvolution, reference)

export const forgetsFlip = wrong.inputs('does not flip the kernel', ({ kernel }) => ({
  kernel: turned(kernel),
}))

export const flipsColumnsOnly = wrong.inputs(
  'flips the columns of the kernel but not its rows',
  ({ kernel }, { sizes: { Hf } }) => ({ kernel: permuted(kernel, (u, v) => [Hf - 1 - u, v]) }),
)
