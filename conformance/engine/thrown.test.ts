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
  UnstableAnswer,
  UsageError,
} from '../base/errors.ts'
import { trialOf } from './thrown.ts'

const question = { operation: conv2d, inputs: {}, parameters: {} }

describe('a case on which something is thrown', () => {
  it.each<[TouchstoneError, string, boolean?]>([
    [new ImplementationError(question, new Error('no')), 'errored', false],
    [new MalformedAnswer('no y'), 'errored', false],
    [new ChangedInput('x'), 'errored', false],
    [new TooLate('30 s'), 'errored', true],
    [new ImplementationFailure('crashed'), 'errored', false],
    [new ImplementationFailure('crashed', true), 'errored', true],
    [new UnstableAnswer('1, then 2'), 'unstable'],
    [new ImplementationGone('ended'), 'not-run'],
    [new TimeOver('over'), 'interrupted'],
  ])('comes out by the code of the error: %s', (error, result, costly) => {
    const { message: reason } = error
    expect(trialOf(error, [question])).toEqual({
      result,
      reason,
      ...(result === 'errored' || result === 'unstable' ? { questions: [question] } : {}),
      ...(costly === undefined ? {} : { costly }),
    })
  })

  it.each([new UsageError('no such file'), new TypeError('x is undefined'), 'a text'])(
    'is a defect of ours when the implementation did not do it: %s',
    (thrown) => {
      let passedOn: unknown
      try {
        trialOf(thrown, [])
      } catch (error) {
        passedOn = error
      }
      expect(passedOn).toBe(thrown)
    },
  )
})
