import { expect, it } from 'vitest'
import {
  CannotStart,
  ImplementationError,
  LineTooLong,
  TouchstoneError,
  UnrunnableError,
  UsageError,
} from './errors.ts'

it('every error has a code for programs and a hint for people', () => {
  for (const [error, code] of [
    [new CannotStart('x'), 'cannot-start'],
    [new LineTooLong('x'), 'line-too-long'],
    [new UsageError('x'), 'usage'],
    [new UnrunnableError('x'), 'unrunnable'],
  ] as const) {
    expect(error).toBeInstanceOf(TouchstoneError)
    expect(error.code).toBe(code)
    expect(error.hint).not.toBe('')
  }
})

it('advice that belongs to a case is a better hint than that of its kind', () => {
  expect(new UsageError('no device', ['take another', 'or none']).hint).toBe(
    'take another\nor none',
  )
})

it('what an implementation threw keeps the only stack, and errors after it have theirs', () => {
  const cause = new Error('stride 0')
  const operation = { id: 'cnn.conv2d' } as ImplementationError['question']['operation']
  const error = new ImplementationError({ operation, inputs: {}, parameters: {} }, cause)
  expect(error.stack).not.toContain(' at ')
  expect(error.cause).toBe(cause)
  expect(new UsageError('x').stack).toContain(' at ')
})
