import { fromData } from '../../../reference/arithmetic/array.ts'
import { outputSize as reference } from '../../../reference/cnn/output-size.ts'
import { outputSize } from '../../../spec/cnn/output-size.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const scalar = (value: number) => fromData([], [value])

const wrong = faultsOf(outputSize, reference)

export const roundsUp = wrong.answer(
  'rounds the number of positions up',
  ({ inputs, parameters, right }) => {
    const { size, kernel, stride, dilation, padding } = parameters
    const answer = right(inputs, parameters)
    if (padding === 'same') return answer
    const around = padding === 'valid' ? 0 : padding[0] + padding[1]
    const rest = size + around - dilation * (kernel - 1) - 1
    return { ...answer, count: scalar(Math.ceil(rest / stride) + 1) }
  },
)

export const forgetsFirst = wrong.answer(
  'forgets to count the first position',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    if (parameters.padding === 'same') return answer
    return { ...answer, count: changed(answer.count, (n) => n - 1) }
  },
)

export const ignoresDilation = wrong.parameters('ignores the dilation', () => ({ dilation: 1 }))

export const ignoresStride = wrong.parameters('moves every window by one pixel', () => ({
  stride: 1,
}))

export const roundsSameDown = wrong.answer(
  'rounds the number of positions of the padding `same` down',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    if (parameters.padding !== 'same') return answer
    const down = Math.max(1, Math.floor(parameters.size / parameters.stride))
    return { ...answer, count: scalar(down) }
  },
)

export const largerHalfFirst = wrong.answer(
  'adds the larger half of the padding `same` before',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    if (parameters.padding !== 'same') return answer
    return { ...answer, before: answer.after, after: answer.before }
  },
)

export const paddingOnce = wrong.answer(
  'E-04 read literally: counts the padding once instead of on both sides',
  ({ inputs, parameters, right }) => {
    const { padding } = parameters
    const answer = right(inputs, parameters)
    if (typeof padding === 'string') return answer
    const after = Math.max(0, padding[1] - padding[0])
    const { size, kernel, stride, dilation } = parameters
    const rest = size + padding[0] + after - dilation * (kernel - 1) - 1
    return { ...answer, count: scalar(Math.floor(rest / stride) + 1) }
  },
)

export const answersAll = wrong.accepts('gives no positions where no window fits', () => {
  const zero = { dtype: 'float32' as const, shape: [], data: new Float32Array(1) }
  return { count: zero, before: zero, after: zero }
})
