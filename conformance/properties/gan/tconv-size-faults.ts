import { tconvOutputSize as reference } from '../../../reference/gan/tconv-size.ts'
import { tconvOutputSize } from '../../../spec/gan/tconv-size.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(tconvOutputSize, reference)

export const stepsOnceMore = wrong.outputs(
  'multiplies the size by the stride, as if behind the last number there were a step, too',
  ({ size }, { parameters: { stride } }) => ({ size: changed(size, (n) => n + stride - 1) }),
)

export const paddingOnce = wrong.outputs(
  'cuts the padding off once instead of on both sides',
  ({ size }, { parameters: { padding } }) => ({ size: changed(size, (n) => n + padding[1]) }),
)

export const ignoresDilation = wrong.outputs(
  'ignores the dilation',
  ({ size }, { parameters: { dilation, kernel } }) => ({
    size: changed(size, (n) => Math.max(1, n - (dilation - 1) * (kernel - 1))),
  }),
)

export const forgetsOutputPadding = wrong.outputs(
  'forgets the output padding',
  ({ size }, { parameters: { outputPadding } }) => ({
    size: changed(size, (n) => Math.max(1, n - outputPadding)),
  }),
)

export const asConvolution = wrong.answer(
  'counts the positions of a convolution in its place',
  ({ parameters: { size, kernel, stride, dilation, padding } }) => ({
    size: scalar(
      Math.max(
        1,
        Math.floor((size + padding[0] + padding[1] - dilation * (kernel - 1) - 1) / stride) + 1,
      ),
    ),
  }),
)
