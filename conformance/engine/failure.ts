/**
 * An implementation failed, which is never a rejection of its arguments: it crashed, hung, answered
 * what is no answer, or said itself that something went wrong inside. An adapter throws it where an
 * operation that rejects its arguments throws any other error.
 */
export class ImplementationFailure extends Error {
  override readonly name: string = 'ImplementationFailure'

  constructor(
    message: string,
    /** Whether failing is costly, such as a new start of a process: the case is not made smaller. */
    readonly costly = false,
  ) {
    super(message)
  }
}

/** An implementation cannot be asked any more; the message says why. What remains is not run. */
export class ImplementationGone extends Error {
  override readonly name = 'ImplementationGone'
}
