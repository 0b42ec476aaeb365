import { type ErrorCode, TouchstoneError } from '../base/errors.ts'
import type { Question } from '../base/question.ts'
import type { Trial } from './trial.ts'

type Outcome = (error: TouchstoneError, questions: readonly Question[]) => Trial

const errored: Outcome = ({ message: reason, costly }, questions) => ({
  result: 'errored',
  reason,
  questions,
  costly,
})

/** How a case comes out on which an error is thrown, by the code of the error. */
const outcomes: Readonly<Partial<Record<ErrorCode, Outcome>>> = {
  rejection: errored,
  'malformed-answer': errored,
  'changed-input': errored,
  'too-late': errored,
  'implementation-failure': errored,
  'unstable-answer': ({ message: reason }, questions) => ({
    result: 'unstable',
    reason,
    questions,
  }),
  'implementation-gone': ({ message: reason }) => ({ result: 'not-run', reason }),
  'time-over': ({ message: reason }) => ({ result: 'interrupted', reason }),
}

/**
 * How a case came out on which something was thrown.
 *
 * @throws what was thrown, when it is no doing of the implementation: a defect of ours
 */
export function trialOf(thrown: unknown, questions: readonly Question[]): Trial {
  const outcome = thrown instanceof TouchstoneError ? outcomes[thrown.code] : undefined
  if (outcome === undefined) throw thrown
  return outcome(thrown as TouchstoneError, questions)
}
