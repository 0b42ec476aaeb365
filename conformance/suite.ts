import { references } from '../reference/index.ts'
import { clauses, operations } from '../spec/index.ts'
import type { Clause } from '../spec/language/clause.ts'
import type { Case } from './arbitraries/case.ts'
import type { References } from './engine/bench.ts'
import { type Checked, checkProperty } from './engine/check.ts'
import { diagnose } from './engine/diagnose.ts'
import { referenceImplementation } from './engine/fault.ts'
import type { Implementation } from './engine/implementation.ts'
import { killFaults } from './engine/kills.ts'
import type { Property } from './engine/property.ts'
import { severest } from './engine/verdict.ts'
import { properties } from './properties/index.ts'
import type { ClauseReport, PropertyReport } from './report/model.ts'

export interface SuiteOptions {
  readonly clauses: readonly Clause[]
  readonly implementation: Implementation
  /** Cases a property. */
  readonly runs: number
  readonly seed: number
  /** When to stop, in milliseconds since the epoch; `null` for never. */
  readonly deadline: number | null
  /** Kept cases by property id, tried before generated ones. */
  readonly kept: Readonly<Record<string, readonly Case[]>>
  readonly onProgress: (event: ProgressEvent) => void
}

export interface ProgressEvent {
  readonly clause: string
  /** `null` when the clause begins. */
  readonly verdict: ClauseReport['verdict'] | null
  readonly done: number
  readonly total: number
}

/** How many cases a property has to notice a fault that it must kill. */
const casesToKill = 100

const theReferences = references as unknown as References
const right = referenceImplementation(operations, theReferences)

/** Checks clauses on an implementation, one after the other, and sees the faults killed. */
export async function runClauses(options: SuiteOptions): Promise<readonly ClauseReport[]> {
  const reports: ClauseReport[] = []
  const total = options.clauses.length
  for (const clause of options.clauses) {
    options.onProgress({ clause: clause.id, verdict: null, done: reports.length, total })
    const report = await checkClause(clause, options.implementation, options)
    reports.push(report)
    options.onProgress({ clause: clause.id, verdict: report.verdict, done: reports.length, total })
  }
  return reports
}

/**
 * Checks every property of a clause on an implementation, and each on the faults that it must kill.
 * Free of any test runner: the same function serves the command line, Vitest and other programs.
 */
export async function checkClause(
  clause: Clause,
  implementation: Implementation,
  options: Pick<SuiteOptions, 'runs' | 'seed' | 'deadline' | 'kept'>,
): Promise<ClauseReport> {
  const reports: PropertyReport[] = []
  for (const property of propertiesOf(clause.id)) {
    const late = options.deadline !== null && Date.now() >= options.deadline
    reports.push(
      late
        ? notRun(property, 'the time given was over')
        : await reportOn(property, implementation, options),
    )
  }
  const kills = reports.flatMap(({ faults }) => faults)
  return {
    id: clause.id,
    title: clause.title,
    verdict: severest(reports.map(({ verdict }) => verdict.outcome)),
    tested: kills.length > 0 && kills.every(({ killed }) => killed),
    properties: reports,
  }
}

export function propertiesOf(clause: string): readonly Property[] {
  return properties.filter((property) => property.clause === clause)
}

async function reportOn(
  property: Property,
  implementation: Implementation,
  { runs, seed, deadline, kept }: Pick<SuiteOptions, 'runs' | 'seed' | 'deadline' | 'kept'>,
): Promise<PropertyReport> {
  const checked = await checkProperty(property, implementation, theReferences, {
    runs,
    seed,
    deadline,
    kept: kept[property.id] ?? [],
    shrink: true,
  })
  implementation.assertDevice?.()
  const faults = await killFaults(property, right, theReferences, { runs: casesToKill, seed })
  return {
    id: property.id,
    title: property.title,
    verdict: await diagnosed(property, checked),
    utilizations: checked.utilizations,
    classes: checked.classes,
    faults,
    seconds: checked.seconds,
  }
}

async function diagnosed(property: Property, { verdict }: Checked) {
  if (verdict.outcome !== 'violates') return verdict
  return { ...verdict, diagnosis: await diagnose(property, verdict.capsule, properties) }
}

function notRun(property: Property, reason: string): PropertyReport {
  return {
    id: property.id,
    title: property.title,
    verdict: { outcome: 'not-run', reason },
    utilizations: [],
    classes: {},
    faults: [],
    seconds: 0,
  }
}

/** Every clause of the specification, for those who take this module as an entry. */
export { clauses, operations }
