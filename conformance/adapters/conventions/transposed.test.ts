import { describe, expect, it } from 'vitest'
import { operationById } from '../../../spec/index.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { convertTransposed } from './transposed.ts'

const array = (...shape: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => at + 1),
})

/** A column of two numbers under a kernel of three, with stride 2: five rows, of which the padding is cut off. */
function asked(before: number, after: number, more: number, id = 'gan.tconv2d') {
  const rows = 5 - before - after + more
  return {
    operation: operationById(id)!,
    inputs: {
      z: array(1, 2, 1, 1),
      filters: array(3, 1, 1, 1),
      bias: array(1),
      ...(id === 'gan.tconv2d' ? {} : { dy: array(1, rows, 1, 1) }),
    },
    parameters: {
      strides: [2, 1],
      dilations: [1, 1],
      padding: [before, after, 0, 0],
      outputPadding: [more, 0],
      groups: 1,
    },
  }
}

const symmetric = { padding: 'symmetric' } as const

describe('a transposed convolution that cuts the same off both ends', () => {
  it.each([
    [1, 1, 0, 1, 0],
    [1, 1, 1, 1, 1],
    [1, 0, 0, 1, 1],
    [0, 0, 1, 0, 1],
  ])('is told %i and %i with %i more as %i and %i', (before, after, more, p, o) => {
    const { question, back } = convertTransposed(asked(before, after, more), symmetric)
    expect(question.parameters).toMatchObject({ padding: [p, 0], outputPadding: [o, 0] })
    const rows = 5 - before - after + more
    expect(back({ y: array(1, rows, 1, 1) }).y).toEqual(array(1, rows, 1, 1))
  })

  it('is asked for more where no output padding tells what is cut off at the end', () => {
    const { question, back } = convertTransposed(asked(0, 2, 0), symmetric)
    expect(question.parameters).toMatchObject({ padding: [0, 0], outputPadding: [0, 0] })
    expect(back({ y: array(1, 5, 1, 1) }).y).toEqual(array(1, 3, 1, 1))
  })

  it('is told zeros for what it gives beyond the result', () => {
    const { question } = convertTransposed(asked(0, 2, 0, 'gan.tconv2dGradient'), symmetric)
    expect(question.inputs.dy!.shape).toEqual([1, 5, 1, 1])
    expect([...question.inputs.dy!.data]).toEqual([1, 2, 3, 0, 0])
  })

  it('is asked as the question is where it makes no sense', () => {
    const { question } = convertTransposed(asked(0, 0, 2), symmetric)
    expect(question.parameters).toMatchObject({ padding: [0, 0], outputPadding: [2, 0] })
  })
})
