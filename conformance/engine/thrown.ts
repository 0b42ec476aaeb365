import { type ErrorCode, TouchstoneError } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import type { Kind } from './kind.ts'
import type { Asked, Trial } from './trial.ts'

type Outcome = (error: TouchstoneError, asked: readonly Asked[]) => Trial

const errored =
  (kind: Kind): Outcome =>
  ({ message: reason, costly }, asked) => ({
    result: 'errored',
    reason,
    kind,
    where: lastOf(asked),
    asked,
    costly,
  })

/** How a case comes out on which an error is thrown, by the code of the error. */
const outcomes: Readonly<Partial<Record<ErrorCode, Outcome>>> = {
  rejection: errored('refused'),
  unsupported: ({ message: reason }) => ({ result: 'declined', reason }),
  'malformed-answer': errored('wrong shape'),
  'changed-input': errored('changed input'),
  'too-late': errored('failed'),
  'implementation-failure': errored('failed'),
  'implementation-gone': ({ message: reason }) => ({ result: 'not-run', reason }),
  'time-over': ({ message: reason }) => ({ result: 'interrupted', reason }),
}

/**
 * How a case came out on which something was thrown. What is no doing of the implementation is a
 * defect of ours: it is reported as one, and nothing else is lost.
 */
export function trialOf(thrown: unknown, asked: readonly Asked[]): Trial {
  const outcome = thrown instanceof TouchstoneError ? outcomes[thrown.code] : undefined
  return outcome?.(thrown as TouchstoneError, asked) ?? defectOf(thrown, asked)
}

function defectOf(thrown: unknown, asked: readonly Asked[]): Trial {
  return {
    result: 'errored',
    reason: `this is a defect of touchstone: ${messageOf(thrown)}`,
    kind: 'defect',
    where: '',
    asked,
    costly: false,
    defect: (thrown instanceof Error ? thrown.stack : undefined) ?? messageOf(thrown),
  }
}

/** The operation that was asked last, which is the one that threw. */
function lastOf(asked: readonly Asked[]): string {
  return asked.at(-1)?.question.operation.id ?? ''
}
