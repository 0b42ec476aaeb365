/** The exit codes of every command. */
export const exitCodes = {
  /** Everything asked for conforms. */
  conforms: 0,
  /** Something does not, or a check of the suite failed to notice a fault. */
  fails: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** An implementation could not be run at all. */
  unrunnable: 3,
  /** A defect of this program. */
  defect: 4,
} as const

type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** What the user asked for makes no sense here: told in a few words, without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'

  constructor(
    message: string,
    /** What to do about it, one line each. */
    readonly advice: readonly string[] = [],
    readonly exitCode: ExitCode = exitCodes.usage,
  ) {
    super(message)
  }
}

/** An implementation that cannot be run at all: exit code 3. */
export function unrunnable(message: string, advice: readonly string[] = []): UsageError {
  return new UsageError(message, advice, exitCodes.unrunnable)
}
