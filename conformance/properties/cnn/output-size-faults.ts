import { outputSize as reference } from '../../../reference/cnn/output-size.ts'
import { outputSize } from '../../../spec/cnn/output-size.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(outputSize, reference)

export const roundsUp = wrong.outputs(
  'rounds the number of positions up',
  (_, { parameters: { size, kernel, stride, dilation, padding } }) => {
    if (padding === 'same') return {}
    const around = padding === 'valid' ? 0 : padding[0] + padding[1]
    const rest = size + around - dilation * (kernel - 1) - 1
    return { count: scalar(Math.ceil(rest / stride) + 1) }
  },
)

export const forgetsFirst = wrong.outputs(
  'forgets to count the first position',
  ({ count }, { parameters: { padding } }) =>
    padding === 'same' ? {} : { count: changed(count, (n) => n - 1) },
)

export const ignoresDilation = wrong.parameters('ignores the dilation', () => ({ dilation: 1 }))

export const ignoresStride = wrong.parameters('moves every window by one pixel', () => ({
  stride: 1,
}))

export const roundsSameDown = wrong.outputs(
  'rounds the number of positions of the padding `same` down',
  (_, { parameters: { size, stride, padding } }) =>
    padding === 'same' ? { count: scalar(Math.max(1, Math.floor(size / stride))) } : {},
)

export const largerHalfFirst = wrong.outputs(
  'adds the larger half of the padding `same` before',
  ({ before, after }, { parameters: { padding } }) =>
    padding === 'same' ? { before: after, after: before } : {},
)

export const paddingOnce = wrong.outputs(
  'E-04 read literally: counts the padding once instead of on both sides',
  (_, { parameters: { size, kernel, stride, dilation, padding } }) => {
    if (typeof padding === 'string') return {}
    const after = Math.max(0, padding[1] - padding[0])
    const rest = size + padding[0] + after - dilation * (kernel - 1) - 1
    return { count: scalar(Math.floor(rest / stride) + 1) }
  },
)

export const answersAll = wrong.accepts('gives no positions where no window fits', () => {
  const none = tensor([], [0])
  return { count: none, before: none, after: none }
})
