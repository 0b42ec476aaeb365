import { describe, expect, it } from 'vitest'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import {
  ChangedInput,
  ImplementationError,
  ImplementationFailure,
  ImplementationGone,
  MalformedAnswer,
  TimeOver,
  TooLate,
  type TouchstoneError,
  Unsupported,
  UsageError,
} from '../base/errors.ts'
import { trialOf } from './thrown.ts'

const question = { operation: conv2d, inputs: {}, parameters: {} }
const asked = [{ question, answer: null }]

describe('a case on which something is thrown', () => {
  it.each<[TouchstoneError, string, boolean, string]>([
    [new ImplementationError(question, new Error('no')), 'refused', false, 'errored'],
    [new MalformedAnswer('no y'), 'wrong shape', false, 'errored'],
    [new ChangedInput('x'), 'changed input', false, 'errored'],
    [new TooLate('30 s'), 'failed', true, 'errored'],
    [new ImplementationFailure('crashed'), 'failed', false, 'errored'],
    [new ImplementationFailure('crashed', true), 'failed', true, 'errored'],
  ])('is errored, by the code of the error: %s', (error, kind, costly, result) => {
    const { message: reason } = error
    const where = 'cnn.conv2d'
    expect(trialOf(error, asked)).toEqual({ result, reason, kind, where, asked, costly })
  })

  it.each([
    [new ImplementationGone('ended'), 'not-run'],
    [new TimeOver('over'), 'interrupted'],
  ])('was not tried to its end: %s', (error, result) => {
    expect(trialOf(error, asked)).toEqual({ result, reason: error.message })
  })

  it.each([new UsageError('no such file'), new TypeError('x is undefined'), 'a text'])(
    'is a defect of ours when the implementation did not do it: %s',
    (thrown) => {
      const trial = trialOf(thrown, [])
      expect(trial).toMatchObject({ result: 'errored', kind: 'defect' })
      expect('reason' in trial && trial.reason).toMatch(/^this is a defect of touchstone: /)
    },
  )

  it('is declined where the implementation says that it does not take it', () => {
    const error = new Unsupported('stride 1 only')
    expect(trialOf(error, asked)).toEqual({ result: 'declined', reason: error.message })
  })

  it('is nowhere where nothing was asked yet', () => {
    const where = ''
    expect(trialOf(new ImplementationFailure('crashed'), [])).toMatchObject({
      kind: 'failed',
      where,
    })
  })

  it('has the stack of a defect, or what was thrown instead of an error; others are asked all the same', () => {
    const error = new TypeError('x is undefined')
    expect(trialOf(error, [])).toMatchObject({ defect: error.stack, where: '', costly: false })
    expect(trialOf('a text', [])).toMatchObject({ defect: 'a text' })
  })
})
