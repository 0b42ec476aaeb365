/** Resolves once the process has attended to signals, streams and messages that wait. */
export function givingWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
