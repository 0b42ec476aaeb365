/**
 * What checks, loaded when it is called. A module that only defines an implementation imports the same package, and
 * does without properties and their faults, which are the larger part of it.
 */

type Clauses = typeof import('./clauses.ts')
type Runs = typeof import('./run.ts')

/** See `checkClause` in `clauses.ts`. */
export const checkClause: Clauses['checkClause'] = async (...asked) =>
  (await import('./clauses.ts')).checkClause(...asked)

/** See `runClauses` in `clauses.ts`. */
export const runClauses: Clauses['runClauses'] = async (...asked) =>
  (await import('./clauses.ts')).runClauses(...asked)

/** See `run` in `run.ts`. */
export const run: Runs['run'] = async (...asked) => (await import('./run.ts')).run(...asked)

/** See `runMany` in `run.ts`. */
export const runMany: Runs['runMany'] = async (...asked) =>
  (await import('./run.ts')).runMany(...asked)
