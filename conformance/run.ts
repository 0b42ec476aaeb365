import { clauses as everyClause } from '../spec/index.ts'
import { countLines } from '../spec/notes.ts'
import type { Implementation } from './engine/implementation.ts'
import { environmentOf } from './report/environment.ts'
import type { Report } from './report/model.ts'
import { summarize } from './report/summarize.ts'
import { runClauses, type SuiteOptions } from './suite.ts'

export interface RunOptions extends Omit<SuiteOptions, 'deadline' | 'implementation'> {
  readonly implementation: Implementation
  /** When to stop, in seconds from now; `null` for never. */
  readonly seconds: number | null
}

/** Checks clauses on an implementation and reports: plain data in, plain data out. */
export async function run({ seconds, ...options }: RunOptions): Promise<Report> {
  const environment = environmentOf(options.implementation, options)
  const started = performance.now()
  const deadline = seconds === null ? null : Date.now() + seconds * 1000
  const clauses = await runClauses({ ...options, deadline })
  const took = (performance.now() - started) / 1000
  return {
    format: 'touchstone-report/1',
    summary: summarize(clauses, countLines(everyClause), took),
    environment,
    clauses,
  }
}
