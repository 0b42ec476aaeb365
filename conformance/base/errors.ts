import type { Tensor } from '../../spec/language/tensor.ts'
import { messageOf } from './message.ts'
import type { Question } from './question.ts'

/** What to do about an error, by its code. */
const hints = {
  usage: 'touchstone --help shows what there is',
  unrunnable: 'see that the implementation runs by itself, then what its standard error says',
  'cannot-start': 'run the command by itself: it has to answer initialize with one line',
  'line-too-long': 'ask for smaller cases, or allow longer messages with the option limit',
  'does-not-conform': 'the capsule of the case can be tried again with touchstone replay',
  rejection: 'the arguments are valid: give an answer to them',
  unsupported: 'the case is declined and counted; supports declares what is taken beforehand',
  'malformed-answer': 'give every output of the operation, with its shape and its element type',
  'wrong-shape': 'see the axes of the outputs with touchstone show',
  'changed-input': 'copy an input before writing into it',
  'unstable-answer': 'look for memory that is used again, and for sums in an order that varies',
  'too-late': 'look for a loop that does not end, or allow more time with --case-timeout',
  'time-over': 'give more time, or fewer clauses and cases',
  'implementation-failure': 'look into the implementation: what went wrong is no rejection',
  'implementation-gone': 'see why it ended; what remains is checked when it stays',
} as const

export type ErrorCode = keyof typeof hints

/** An error of the harness: `code` tells programs which one, `hint` tells people what to do about it. */
export abstract class TouchstoneError extends Error {
  abstract readonly code: ErrorCode
  /** Whether it costs much to see it again, such as a new start of a process. */
  readonly costly: boolean = false

  get hint(): string {
    return hints[this.code]
  }
}

/** What the user asked for makes no sense here: told in a few words, without a stack, exit code 2. */
export class UsageError extends TouchstoneError {
  override readonly name: string = 'UsageError'
  override readonly code: ErrorCode = 'usage'

  constructor(
    message: string,
    /** What to do about it, one line each. */
    readonly advice: readonly string[] = [],
  ) {
    super(message)
  }

  override get hint(): string {
    return this.advice.length > 0 ? this.advice.join('\n') : super.hint
  }
}

/** An implementation was found and could not be run: told in the same way, exit code 3. */
export class UnrunnableError extends UsageError {
  override readonly name = 'UnrunnableError'
  override readonly code = 'unrunnable'
}

/** A process could not be started, or did not introduce itself as the protocol wants. */
export class CannotStart extends TouchstoneError {
  override readonly name = 'CannotStart'
  override readonly code = 'cannot-start'
}

/** A line that is longer than any message may be. */
export class LineTooLong extends TouchstoneError {
  override readonly name = 'LineTooLong'
  override readonly code = 'line-too-long'
}

/** A clause that does not hold, with the smallest case of each of its properties. */
export class NonConformance extends TouchstoneError {
  override readonly name = 'NonConformance'
  override readonly code = 'does-not-conform'
}

/** The implementation threw: `cause` holds what, `question` on what. */
export class ImplementationError extends TouchstoneError {
  override readonly name = 'ImplementationError'
  override readonly code = 'rejection'

  constructor(
    readonly question: Question,
    override readonly cause: unknown,
  ) {
    const { stackTraceLimit } = Error
    // Its cause has a stack; one for every question that is to be rejected would be much of a run's time.
    Error.stackTraceLimit = 0
    super(`${question.operation.id}: ${messageOf(cause)}`)
    Error.stackTraceLimit = stackTraceLimit
  }
}

/**
 * An implementation throws it at a question that it does not take: `throw new Unsupported('stride 1
 * only')`. The case is no failure; it is counted with its reason, and another one is tried.
 */
export class Unsupported extends TouchstoneError {
  override readonly name = 'Unsupported'
  override readonly code = 'unsupported'
}

/** Whether something that was thrown declines a question, by whichever copy of this package it was made. */
export function isUnsupported(thrown: unknown): thrown is Error {
  return thrown instanceof Error && (thrown as Partial<TouchstoneError>).code === 'unsupported'
}

/** An answer that is no answer: an output is missing, or its shape or elements make no sense. */
export class MalformedAnswer extends TouchstoneError {
  override readonly name = 'MalformedAnswer'
  override readonly code = 'malformed-answer'
}

/** An output is of another element type than was promised, whatever its numbers are. */
export class WrongType extends MalformedAnswer {}

/** An output of an answer to valid arguments has not the shape that the signature gives it. */
export class WrongShape extends TouchstoneError {
  override readonly name = 'WrongShape'
  override readonly code = 'wrong-shape'

  constructor(
    readonly question: Question,
    readonly output: string,
    expected: readonly number[],
    given: readonly number[],
  ) {
    super(`${output} has the shape [${given.join(', ')}]; expected [${expected.join(', ')}]`)
  }
}

/** The implementation wrote into an array that it was only given to read. */
export class ChangedInput extends TouchstoneError {
  override readonly name = 'ChangedInput'
  override readonly code = 'changed-input'
}

/** Two answers to the same question that are not the same, as far as the implementation promises. */
export class UnstableAnswer extends TouchstoneError {
  override readonly name = 'UnstableAnswer'
  override readonly code = 'unstable-answer'

  constructor(
    readonly question: Question,
    readonly first: Answers,
    readonly second: Answers,
    /** What was done between the two: `asked again`, `read after the next question`. */
    readonly how = 'asked again',
  ) {
    super(`${question.operation.id}: ${how}, its answer is another one`)
  }
}

type Answers = Readonly<Record<string, Tensor>>

/** An answer did not come in the time that a question has. */
export class TooLate extends TouchstoneError {
  override readonly name = 'TooLate'
  override readonly code = 'too-late'
  override readonly costly = true
}

/** The time given to the whole run was over before an answer came. */
export class TimeOver extends TouchstoneError {
  override readonly name = 'TimeOver'
  override readonly code = 'time-over'
}

/**
 * An implementation failed, which is never a rejection of its arguments: it crashed, hung, answered
 * what is no answer, or said itself that something went wrong inside. An adapter throws it where an
 * operation that rejects its arguments throws any other error.
 */
export class ImplementationFailure extends TouchstoneError {
  override readonly name: string = 'ImplementationFailure'
  override readonly code = 'implementation-failure'

  constructor(
    message: string,
    override readonly costly = false,
  ) {
    super(message)
  }
}

/**
 * An implementation answered with an error that says that something went wrong inside, and goes on. Code
 * does so that never looks at its arguments: where they are to be rejected, they are.
 */
export class ErrorAnswer extends ImplementationFailure {
  override readonly name = 'ErrorAnswer'
}

/** An implementation cannot be asked any more; the message says why. What remains is not run. */
export class ImplementationGone extends TouchstoneError {
  override readonly name = 'ImplementationGone'
  override readonly code = 'implementation-gone'
}
