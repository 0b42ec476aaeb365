import { expect, it } from 'vitest'
import { CannotStart, LineTooLong, TouchstoneError, UnrunnableError, UsageError } from './errors.ts'

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
