import { referencesById } from '../../reference/index.ts'
import { operations } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import type { Case } from '../arbitraries/case.ts'
import { messageOf } from '../base/message.ts'
import type { Checked } from '../engine/candidate.ts'
import { Evidence } from '../engine/evidence.ts'
import { referenceImplementation } from '../engine/fault.ts'
import type { Implementation } from '../engine/implementation.ts'
import { checkWithFaults } from '../engine/kills.ts'
import type { Property } from '../engine/property.ts'
import { severest, type Verdict } from '../engine/verdict.ts'
import { properties } from '../properties/index.ts'
import { withDiagnoses } from './diagnoses.ts'
import type { ClauseReport, PropertyReport } from './model.ts'

export interface ClauseOptions {
  /** Cases a property. */
  readonly runs: number
  readonly seed: number
  /** When to stop, in milliseconds since the epoch; `null` for never. */
  readonly deadline: number | null
  /** Kept cases by property id, tried before generated ones. */
  readonly kept: Readonly<Record<string, readonly Case[]>>
  /** How long an answer may take, in milliseconds. */
  readonly caseTimeout?: number
}

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

export interface ProgressEvent {
  readonly clause: string
  /** `null` when the clause begins; of several implementations, the severest. */
  readonly verdict: ClauseReport['verdict'] | null
  readonly done: number
  readonly total: number
}

const right = referenceImplementation(operations, referencesById)

/** Checks clauses on an implementation, one after the other, and sees the faults killed. */
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
  const { clauses, implementations, onProgress } = options
  const total = clauses.length
  let done = 0
  const reports: (readonly ClauseReport[])[] = []
  const evidences = implementations.map(() => new Evidence())
  for (const clause of clauses) {
    onProgress({ clause: clause.id, verdict: null, done, total })
    const found = await examineClause(clause, implementations, options, evidences)
    reports.push(found)
    const verdict = severest(found.map((report) => report.verdict))
    onProgress({ clause: clause.id, verdict, done: ++done, total })
  }
  return Promise.all(
    implementations.map((implementation, i) =>
      withDiagnoses(
        reports.map((found) => found[i]!),
        implementation,
        evidences[i]!,
      ),
    ),
  )
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
  const [report] = await checkClauseOnEach(clause, [implementation], options)
  return report!
}

/** Checks a clause on several implementations, on the same cases; the faults are killed once. */
async function checkClauseOnEach(
  clause: Clause,
  implementations: readonly Implementation[],
  options: ClauseOptions,
): Promise<readonly ClauseReport[]> {
  const evidences = implementations.map(() => new Evidence())
  const reports = await examineClause(clause, implementations, options, evidences)
  const diagnosed = implementations.map((implementation, i) =>
    withDiagnoses([reports[i]!], implementation, evidences[i]!),
  )
  return (await Promise.all(diagnosed)).flat()
}

/** The reports on a clause; what was answered is kept, to find out which mistake gives such answers. */
async function examineClause(
  clause: Clause,
  implementations: readonly Implementation[],
  options: ClauseOptions,
  evidences: readonly Evidence[],
): Promise<readonly ClauseReport[]> {
  const found: PropertyReport[][] = []
  for (const property of propertiesOf(clause.id)) {
    const late = options.deadline !== null && Date.now() >= options.deadline
    found.push(
      late
        ? implementations.map(() => notRun(property, 'the time given was over'))
        : await reportOn(property, implementations, options, evidences),
    )
  }
  return implementations.map((_, i) => {
    const reports = found.map((ofProperty) => ofProperty[i]!)
    const kills = reports.flatMap(({ faults }) => faults)
    return {
      id: clause.id,
      title: clause.title,
      verdict: severest(reports.map(({ verdict }) => verdict.outcome)),
      tested: kills.length > 0 && kills.every(({ killed }) => killed),
      properties: reports,
    }
  })
}

export function propertiesOf(clause: string): readonly Property[] {
  return properties.filter((property) => property.clause === clause)
}

async function reportOn(
  property: Property,
  implementations: readonly Implementation[],
  { kept, seed, ...options }: ClauseOptions,
  evidences: readonly Evidence[],
): Promise<PropertyReport[]> {
  const candidates = implementations.map((implementation, i) => ({
    ...options,
    implementation,
    kept: kept[property.id] ?? [],
    shrink: true,
    evidence: evidences[i]!,
  }))
  let found: Awaited<ReturnType<typeof checkWithFaults>>
  try {
    found = await checkWithFaults(property, candidates, right, referencesById, seed)
  } catch (thrown) {
    return implementations.map(() => unfinished(property, defectOf(thrown)))
  }
  const { checked, kills } = found
  const reports: PropertyReport[] = []
  for (const [i, implementation] of implementations.entries()) {
    if (implementations.length > 1) await implementation.use?.()
    implementation.assertDevice?.()
    reports.push(reportOf(property, checked[i]!, kills))
  }
  return reports
}

function reportOf(
  { id, title }: Property,
  { verdict, utilizations, classes, covered, seconds }: Checked,
  faults: PropertyReport['faults'],
): PropertyReport {
  return { id, title, verdict, utilizations, classes, covered, faults, seconds }
}

/** What goes wrong outside of any case, such as where cases are drawn, ends this property alone. */
function defectOf(thrown: unknown): Verdict {
  return {
    outcome: 'errored',
    kind: 'defect',
    cases: 0,
    reason: `this is a defect of touchstone: ${messageOf(thrown)}`,
    defect: (thrown instanceof Error ? thrown.stack : undefined) ?? messageOf(thrown),
    capsule: null,
    replay: null,
  }
}

function notRun(property: Property, reason: string): PropertyReport {
  return unfinished(property, { outcome: 'not-run', reason })
}

function unfinished({ id, title }: Property, verdict: Verdict): PropertyReport {
  return { id, title, verdict, utilizations: [], classes: {}, covered: {}, faults: [], seconds: 0 }
}
