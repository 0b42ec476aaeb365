import type { Clause } from '../../spec/language/clause.ts'
import type { Implementation } from '../engine/implementation.ts'
import { loadPropertiesOf, propertiesOf } from '../properties/loaded.ts'
import type { SuiteOptions } from './clauses.ts'
import { environmentOf } from './environment.ts'
import { merge } from './merge.ts'
import type { Environment, Report, Requirement } from './model.ts'
import { type Part, runPart } from './part.ts'

export interface RunOptions extends Omit<SuiteOptions, 'deadline' | 'implementation'> {
  readonly implementation: Implementation
  /** When to stop, in seconds from now; `null` for never. */
  readonly seconds: number | null
  /** What a pass takes; `provided` unless told otherwise. */
  readonly require?: Requirement
}

export interface RunManyOptions extends Omit<RunOptions, 'implementation'> {
  readonly implementations: readonly Implementation[]
  /** The clauses that are checked here, where others check the rest; all, unless told otherwise. */
  readonly share?: readonly Clause[]
}

/** What was found in a run, or in a share of it, before anything is made of it. */
export interface Gathered {
  /** By implementation, as the next. */
  readonly environments: readonly Environment[]
  /** The parts that together have every clause, or every one of the share. */
  readonly parts: readonly (readonly Part[])[]
  readonly seconds: number
}

/** Checks clauses on an implementation and reports: plain data in, plain data out. */
export async function run({ implementation, ...options }: RunOptions): Promise<Report> {
  const [report] = await runMany({ ...options, implementations: [implementation] })
  return report!
}

/** Checks clauses on several implementations, on the same cases, and reports on each. */
export async function runMany(options: RunManyOptions): Promise<readonly Report[]> {
  return reportsOf(await gather(options), options)
}

/** Checks the clauses of a run, or a share of them, in this process. */
export async function gather(options: RunManyOptions): Promise<Gathered> {
  const { seconds, implementations, clauses, share = clauses } = options
  await loadPropertiesOf(clauses.map(({ id }) => id))
  const environments = implementations.map((implementation) =>
    environmentOf(implementation, options),
  )
  const started = performance.now()
  const deadline = seconds === null ? null : performance.now() + seconds * 1000
  const among = clauses.flatMap(({ id }) => propertiesOf(id))
  const parts = await runPart({ among, ...options, clauses: share, deadline })
  const took = (performance.now() - started) / 1000
  return { environments, parts: parts.map((part) => [part]), seconds: took }
}

/** The reports of a run of which everything was found. */
export function reportsOf(
  { environments, parts, seconds }: Gathered,
  { clauses, implementations }: Whole,
): Promise<readonly Report[]> {
  return Promise.all(
    implementations.map((implementation, i) =>
      merge(parts[i]!, { clauses, implementation, environment: environments[i]!, seconds }),
    ),
  )
}

/** The clauses of a run, in order, and how the answers to them are judged. */
interface Whole {
  readonly clauses: readonly Clause[]
  readonly implementations: readonly Pick<Implementation, 'precision' | 'profile'>[]
}
