import type { Clause } from '../../spec/language/clause.ts'
import type { Evidence } from '../engine/evidence.ts'
import type { Implementation } from '../engine/implementation.ts'
import type { Property } from '../engine/property.ts'
import { severest } from '../engine/verdict.ts'
import { loadPropertiesOf, propertiesOf } from '../properties/loaded.ts'
import { withDiagnoses } from './diagnoses.ts'
import type { ClauseReport, PropertyReport } from './model.ts'
import { type Found, Schedule } from './schedule.ts'
import type { ScheduleOptions } from './schedule-options.ts'
import { noStanding, type Standing } from './standing.ts'
import { noticedBy } from './summarize.ts'

export type ClauseOptions = ScheduleOptions

/** How clauses are checked on several implementations. */
export interface SuiteManyOptions extends ClauseOptions {
  readonly clauses: readonly Clause[]
  readonly implementations: readonly Implementation[]
  readonly onProgress: (event: ProgressEvent) => void
}

/** How clauses are checked on one implementation. */
export interface SuiteOptions extends Omit<SuiteManyOptions, 'implementations'> {
  readonly implementation: Implementation
}

export interface ProgressEvent extends Standing {
  /** What has just been tried. */
  readonly clause: string
  /** `null` when the clause goes on; of several implementations, the severest. */
  readonly verdict: ClauseReport['verdict'] | null
  /** What came of a clause that is done, on each implementation, before mistakes are named; `null` while it goes on. */
  readonly finished: readonly ClauseReport[] | null
  /** Clauses that are done, of all. */
  readonly done: number
  readonly total: number
}

/** Checks clauses on an implementation, breadth first, and sees the faults killed. */
export async function runClauses({
  implementation,
  ...options
}: SuiteOptions): Promise<readonly ClauseReport[]> {
  const [reports] = await runClausesOnEach({ ...options, implementations: [implementation] })
  return reports!
}

/** Checks clauses on several implementations, on the same cases; the reports of each, in its place. */
export async function runClausesOnEach(
  options: SuiteManyOptions,
): Promise<readonly (readonly ClauseReport[])[]> {
  const found = await findOnEach(options)
  return Promise.all(
    found.map(({ clauses, evidence }, i) =>
      withDiagnoses(clauses, options.implementations[i]!, evidence),
    ),
  )
}

/** How often it is found out how far a run is, at most, in milliseconds. */
const progressEvery = 250

/** What came of clauses on an implementation, before anything is made of it. */
export interface Findings {
  readonly clauses: readonly ClauseReport[]
  /** Its answers, to find out which mistakes give them. */
  readonly evidence: Evidence
}

/** Checks clauses on several implementations, on the same cases; what came of each, in its place. */
export async function findOnEach({
  clauses,
  implementations,
  onProgress,
  ...options
}: SuiteManyOptions): Promise<readonly Findings[]> {
  await loadPropertiesOf(clauses.map(({ id }) => id))
  const found = new Map<Property, Found>()
  const total = clauses.length
  let done = 0
  let told = { at: Number.NEGATIVE_INFINITY, standing: noStanding }
  const isDue = () => performance.now() - told.at >= progressEvery
  const tell = ({ clause }: Property, finished: ProgressEvent['finished']) => {
    if (isDue() || done === total) told = { at: performance.now(), standing: schedule.standing }
    const verdict =
      finished && severest(propertiesOf(clause).flatMap((its) => outcomesOf(found.get(its)!)))
    onProgress({ clause, verdict, finished, done, total, ...told.standing })
  }
  const onFound = (property: Property, its: Found) => {
    found.set(property, its)
    if (!propertiesOf(property.clause).every((each) => found.has(each))) return
    done++
    const about = clauses.find(({ id }) => id === property.clause)!
    const finished = implementations.map((implementation, i) =>
      reportOn(about, implementation, found, i),
    )
    tell(property, finished)
  }
  const onTurn = (property: Property) => {
    if (isDue()) tell(property, null)
  }
  const properties = clauses.flatMap(({ id }) => propertiesOf(id))
  const schedule = new Schedule(properties, implementations, options, onFound, onTurn)
  await schedule.run()
  return implementations.map((implementation, i) => ({
    clauses: clauses.map((clause) => reportOn(clause, implementation, found, i)),
    evidence: schedule.evidences[i]!,
  }))
}

/**
 * Checks every property of a clause on an implementation, and each on the faults that it must kill.
 * Free of any test runner: the same function serves the command line, Vitest and other programs.
 */
export async function checkClause(
  clause: Clause,
  implementation: Implementation,
  options: ClauseOptions,
): Promise<ClauseReport> {
  const onProgress = () => {}
  const [report] = await runClauses({ ...options, clauses: [clause], implementation, onProgress })
  return report!
}

/** The report on a clause for the implementation in a place. */
function reportOn(
  { id, title, operations }: Clause,
  implementation: Implementation,
  found: ReadonlyMap<Property, Found>,
  place: number,
): ClauseReport {
  const reports = propertiesOf(id).map((property): PropertyReport => {
    const { checked, kills } = found.get(property)!
    const { verdict, declined, ...counts } = checked[place]!
    return {
      id: property.id,
      title: property.title,
      operations: property.operations.map((operation) => operation.id),
      verdict,
      ...(declined && { declined }),
      ...counts,
      faults: verdict.outcome === 'unsupported' ? [] : kills,
    }
  })
  const noticed = Object.values(noticedBy(reports))
  const tested = noticed.length > 0 && noticed.every(Boolean)
  const outcome = severest(reports.map((report) => report.verdict.outcome))
  // What is right with others that it uses is no evidence for the operation that it is about.
  const [about] = operations
  const isMissing = about !== undefined && !Object.hasOwn(implementation.operations, about.id)
  const verdict = outcome === 'conforms' && isMissing ? 'unsupported' : outcome
  return { id, title, verdict, tested, properties: reports }
}

function outcomesOf({ checked }: Found) {
  return checked.map(({ verdict }) => verdict.outcome)
}
