import { describe, expect, it } from 'vitest'
import { referencesById } from '../../../reference/index.ts'
import { operationById, operations } from '../../../spec/index.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import type { Question } from '../../base/question.ts'
import { referenceImplementation } from '../../engine/fault.ts'
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

describe('a transposed convolution that knows words alone, as Keras has it', () => {
  const { operations: right } = referenceImplementation(operations, referencesById)
  const answer = ({ operation, inputs, parameters }: Question) =>
    right[operation.id]!(inputs, parameters)
  /** Everything that the kernel reaches, and as many zeros at the end as its output padding says. */
  const keras = (question: Question) => {
    expect(question.parameters.padding).toBe('valid')
    return answer({ ...question, parameters: { ...question.parameters, padding: [0, 0, 0, 0] } })
  }

  it.each([
    [0, 0, 0],
    [1, 1, 0],
    [1, 1, 1],
    [0, 2, 0],
    [0, 0, 1],
    [2, 0, 1],
  ])(
    'gives the result and the gradients of %i and %i that are cut off, and %i more',
    async (...how) => {
      for (const id of ['gan.tconv2d', 'gan.tconv2dGradient']) {
        const given = asked(...how, id)
        const { question, back } = convertTransposed(given, { padding: 'words' })
        expect(back(await keras(question))).toEqual(await answer(given))
      }
    },
  )

  it('is asked as the question is where it makes no sense', () => {
    const given = asked(0, 0, 2)
    expect(convertTransposed(given, { padding: 'words' }).question).toEqual(given)
  })
})
