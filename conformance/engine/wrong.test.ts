import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { activation } from '../../spec/cnn/activation.ts'
import { flatten } from '../../spec/cnn/flatten.ts'
import { tensor } from '../kit/tensor.ts'
import { boundedBy } from './expectations.ts'
import { referenceImplementation } from './fault.ts'
import type { Kind } from './kind.ts'
import type { Asked, Failure } from './trial.ts'
import { wrongOperations } from './wrong.ts'

const { precision, profile } = referenceImplementation([flatten], referencesById)
const bounds = boundedBy(precision, profile)

const x = tensor([1, 1, 2, 1], [3, 4])
const flat = (...y: readonly number[]): Asked => ({
  question: { operation: flatten, inputs: { x }, parameters: {} },
  answer: { y: tensor([1, 2], y) },
})
const refused = { ...flat(), answer: null }
const rectified = (...y: readonly number[]): Asked => ({
  question: {
    ...{ operation: activation, inputs: { x } },
    parameters: { activation: 'relu', slope: 0.5 },
  },
  answer: { y: tensor([1, 1, 2, 1], y) },
})

function wrongIn(kind: Kind, ...asked: readonly Asked[]): readonly string[] {
  const failure = { result: 'errored', reason: '', kind, where: '', asked, costly: false }
  return wrongOperations(failure as unknown as Failure, referencesById, bounds)
}

describe('the operations that are wrong', () => {
  it('are those that gave a wrong answer, each once', () => {
    expect(wrongIn('wrong value', flat(3, 4), rectified(3, 5))).toEqual([activation.id])
    expect(wrongIn('wrong value', flat(4, 3), rectified(3, 4), flat(0, 0))).toEqual([flatten.id])
    expect(wrongIn('wrong value', flat(4, 3), rectified(3, 5))).toEqual([flatten.id, activation.id])
  })

  it('are none where a law alone is broken, and all answers are right', () => {
    expect(wrongIn('wrong value', flat(3, 4), rectified(3, 4))).toEqual([])
  })

  it('are not those whose question has no right answer', () => {
    const question = { ...flat().question, inputs: { x: tensor([2], [3, 4]) } }
    expect(wrongIn('wrong value', { ...flat(3, 4), question })).toEqual([])
  })

  it('are those that refused a question', () => {
    expect(wrongIn('refused', rectified(3, 4), refused)).toEqual([flatten.id])
  })

  it('are the last that was asked, where it failed otherwise', () => {
    expect(wrongIn('unstable', rectified(3, 4), flat(3, 4))).toEqual([flatten.id])
    expect(wrongIn('unstable', flat(4, 3), rectified(3, 4))).toEqual([flatten.id])
    expect(wrongIn('unstable', rectified(3, 4), rectified(3, 4), flat(3, 4))).toEqual([flatten.id])
    expect(wrongIn('failed')).toEqual([])
  })

  it('are the first that was asked, where it accepted what it has to reject', () => {
    expect(wrongIn('accepted', rectified(3, 4), flat(4, 3))).toEqual([activation.id])
    expect(wrongIn('accepted')).toEqual([])
  })

  it('are none where this project went wrong', () => {
    expect(wrongIn('defect', flat(4, 3))).toEqual([])
  })
})
