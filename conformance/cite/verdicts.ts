import { figure, onDevice, oneLine, plural, visible } from '../base/text.ts'
import type { Verdict } from '../engine/verdict.ts'
import type { PropertyReport, Report } from '../suite/model.ts'

/** How a clause came out on an implementation. */
export interface CitedVerdict {
  readonly implementation: string
  readonly version: string
  readonly device: string
  readonly outcome: Verdict['outcome']
  readonly properties: number
  readonly cases: number
  /** The largest difference as a share of its bound; `null` unless all properties conform. */
  readonly worstUtilization: number | null
  /** What went wrong first, in the words of the property that says so. */
  readonly reason: string | null
  readonly startedAt: string
  /** The commit of the checkout that ran. */
  readonly commit: string | null
}

/** How a clause came out in reports; a report that does not have it says nothing. */
export function verdictsOf(clause: string, reports: readonly Report[]): readonly CitedVerdict[] {
  return reports.flatMap(({ environment, clauses }) => {
    const found = clauses.find(({ id }) => id === clause)
    if (found === undefined) return []
    const { implementation, device, startedAt, commit } = environment
    const { verdict: outcome, properties } = found
    const shares = properties.flatMap(({ verdict }) =>
      verdict.outcome === 'conforms' ? [verdict.worstUtilization] : [],
    )
    return [
      {
        implementation: implementation.name,
        version: implementation.version,
        device,
        outcome,
        properties: properties.length,
        cases: properties.reduce((sum, property) => sum + casesOf(property), 0),
        worstUtilization: outcome === 'conforms' ? Math.max(0, ...shares) : null,
        reason: reasonIn(properties, outcome),
        startedAt,
        commit,
      },
    ]
  })
}

function casesOf({ verdict }: PropertyReport): number {
  return 'cases' in verdict ? verdict.cases : 0
}

function reasonIn(
  properties: readonly PropertyReport[],
  outcome: Verdict['outcome'],
): string | null {
  const worst = properties.find(({ verdict }) => verdict.outcome === outcome)
  return worst !== undefined && 'reason' in worst.verdict ? worst.verdict.reason : null
}

/** `touchstone 0.1.0 on wasm, SIMD yes` */
export function subjectInWords({ implementation, version, device }: CitedVerdict): string {
  return `${oneLine(`${implementation} ${version}`)} ${onDevice(oneLine(device))}`
}

/** `conforms: 12 properties, 1,200 cases, at most 0.61 of the bound`, or why it does not. */
export function verdictInWords(verdict: CitedVerdict): string {
  const { outcome, properties, cases, worstUtilization, reason } = verdict
  if (outcome !== 'conforms') return reason === null ? outcome : `${outcome}: ${visible(reason)}`
  const share =
    worstUtilization === 0
      ? 'all equal to the bit'
      : `at most ${figure(worstUtilization ?? 0)} of the bound`
  return `${outcome}: ${plural(properties, 'property', 'properties')}, ${plural(cases, 'case')}, ${share}`
}
