import { referencesById } from '../../reference/index.ts'
import { diagnose } from '../engine/diagnose.ts'
import type { Evidence } from '../engine/evidence.ts'
import { boundedBy } from '../engine/expectations.ts'
import type { Fault } from '../engine/fault.ts'
import type { Implementation } from '../engine/implementation.ts'
import { loadedProperties, loadRest } from '../properties/loaded.ts'
import type { ClauseReport, PropertyReport } from './model.ts'

/** The same reports with the known mistakes that explain all answers of the operations that are wrong. */
export async function withDiagnoses(
  reports: readonly ClauseReport[],
  { precision, profile }: Pick<Implementation, 'precision' | 'profile'>,
  evidence: Evidence,
): Promise<readonly ClauseReport[]> {
  const named = new Map<string, readonly string[]>()
  const wrong = new Set(
    reports.flatMap((report) => report.properties.flatMap((property) => wrongIn(property))),
  )
  // A mistake may be one that properties of another area have to notice.
  if (wrong.size > 0) await loadRest()
  for (const id of wrong) {
    const given = evidence.of(id)
    named.set(
      id,
      await diagnose(faultsOf(id), given, referencesById, boundedBy(precision, profile)),
    )
  }
  return reports.map((report) => ({
    ...report,
    properties: report.properties.map((property) => diagnosed(property, named)),
  }))
}

/** The operations whose answers are wrong where a property compares any. */
export function wrongIn({ verdict }: PropertyReport): readonly string[] {
  return verdict.outcome === 'violates' && verdict.kind !== 'accepted' ? verdict.wrong : []
}

function diagnosed(
  property: PropertyReport,
  named: ReadonlyMap<string, readonly string[]>,
): PropertyReport {
  const { verdict } = property
  const names = wrongIn(property).flatMap((id) => named.get(id) ?? [])
  // What a property itself knows of the mistake is never said of another one.
  if (verdict.outcome !== 'violates' || verdict.diagnosis !== null) return property
  if (names.length === 0) return property
  const [only, ...others] = names
  return {
    ...property,
    verdict:
      others.length === 0 ? { ...verdict, diagnosis: only! } : { ...verdict, candidates: names },
  }
}

function faultsOf(operation: string): readonly Fault[] {
  const faults = new Set<Fault>(loadedProperties().flatMap(({ kills }) => kills))
  return [...faults].filter((fault) => fault.operation.id === operation)
}
