import * as loss from './loss.ts'

/** The clauses on back-propagation through time, in the order of the notes. */
export const clauses = [
  loss.sumOverTime,
  loss.byV,
  loss.byState,
  loss.byW,
  loss.byU,
  loss.byFirstState,
] as const
