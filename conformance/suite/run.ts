import type { Implementation } from '../engine/implementation.ts'
import type { SuiteOptions } from './clauses.ts'
import { environmentOf } from './environment.ts'
import { merge } from './merge.ts'
import type { Report, Requirement } from './model.ts'
import { runPart } from './part.ts'

export interface RunOptions extends Omit<SuiteOptions, 'deadline' | 'implementation'> {
  readonly implementation: Implementation
  /** When to stop, in seconds from now; `null` for never. */
  readonly seconds: number | null
  /** What a pass takes; `provided` unless told otherwise. */
  readonly require?: Requirement
}

export interface RunManyOptions extends Omit<RunOptions, 'implementation'> {
  readonly implementations: readonly Implementation[]
}

/** Checks clauses on an implementation and reports: plain data in, plain data out. */
export async function run({ implementation, ...options }: RunOptions): Promise<Report> {
  const [report] = await runMany({ ...options, implementations: [implementation] })
  return report!
}

/** Checks clauses on several implementations, on the same cases, and reports on each. */
export async function runMany(options: RunManyOptions): Promise<readonly Report[]> {
  const { seconds, implementations, clauses } = options
  const environments = implementations.map((implementation) =>
    environmentOf(implementation, options),
  )
  const started = performance.now()
  const deadline = seconds === null ? null : Date.now() + seconds * 1000
  const parts = await runPart({ ...options, deadline })
  const took = (performance.now() - started) / 1000
  return Promise.all(
    implementations.map((implementation, i) =>
      merge([parts[i]!], {
        clauses,
        implementation,
        environment: environments[i]!,
        seconds: took,
      }),
    ),
  )
}
