/** The exit codes of every command. */
export const exitCodes = {
  /** Everything asked for conforms. */
  conforms: 0,
  /** Something does not, or a check of the suite failed to notice a fault. */
  fails: 1,
  /** The command line, or a file that it names, makes no sense. */
  usage: 2,
  /** An implementation could not be run, or something else did its work. */
  unrunnable: 3,
  /** A defect of this program. */
  defect: 4,
  /** A part of a run was interrupted: what it leaves is not all of it. 128 and the number of the usual signal. */
  interrupted: 130,
  /** Nobody reads the answer any more: 128 and the number of the signal that says so. */
  unread: 141,
} as const
