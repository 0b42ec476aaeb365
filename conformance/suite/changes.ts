import { onDevice } from '../base/text.ts'
import type { Outcome } from '../engine/verdict.ts'
import type { PropertyReport, Report } from './model.ts'

/** What changed in one implementation between two runs. */
export interface Change {
  readonly implementation: string
  /** Properties that conformed before and do not now. */
  readonly stopped: readonly Move[]
  /** Properties that conform now and did not before. */
  readonly began: readonly Move[]
  /** Why cases are declined that were taken before. */
  readonly narrowed: readonly string[]
  /** Properties that conform in neither, and that are asked for in either. */
  readonly still: number
  /** Properties that only one of the runs has, because it checked other clauses. */
  readonly onlyBefore: number
  readonly onlyAfter: number
}

export interface Move {
  readonly property: string
  readonly before: Outcome
  readonly after: Outcome
}

/** What changed between two runs, of each implementation. */
export interface Changes {
  readonly changes: readonly Change[]
  /** Implementations that only one of the runs has. */
  readonly gone: readonly string[]
  readonly added: readonly string[]
}

/** What began and what stopped to conform. One report each is compared whatever their names are. */
export function compareReports(before: readonly Report[], after: readonly Report[]): Changes {
  if (before.length === 1 && after.length === 1) {
    const change = changeOf(nameOf(after[0]!, after), before[0]!, after[0]!)
    return { changes: [change], gone: [], added: [] }
  }
  const earlier = new Map(before.map((report) => [nameOf(report, [...before, ...after]), report]))
  const later = new Map(after.map((report) => [nameOf(report, [...before, ...after]), report]))
  return {
    changes: [...later].flatMap(([name, report]) => {
      const other = earlier.get(name)
      return other === undefined ? [] : [changeOf(name, other, report)]
    }),
    gone: [...earlier.keys()].filter((name) => !later.has(name)),
    added: [...later.keys()].filter((name) => !earlier.has(name)),
  }
}

function changeOf(implementation: string, before: Report, after: Report): Change {
  const earlier = outcomesOf(before)
  const later = outcomesOf(after)
  const moves = [...later].flatMap(([property, now]): Move[] => {
    const then = earlier.get(property)
    return then === undefined ? [] : [{ property, before: then, after: now }]
  })
  return {
    implementation,
    stopped: moves.filter((m) => m.before === 'conforms' && m.after !== 'conforms'),
    began: moves.filter((m) => m.before !== 'conforms' && m.after === 'conforms'),
    narrowed: newlyDeclined(before, after),
    still: moves.filter(
      (m) =>
        m.before !== 'conforms' &&
        m.after !== 'conforms' &&
        (m.before !== 'unsupported' || m.after !== 'unsupported'),
    ).length,
    onlyBefore: [...earlier.keys()].filter((property) => !later.has(property)).length,
    onlyAfter: [...later.keys()].filter((property) => !earlier.has(property)).length,
  }
}

/** The reasons of the later run that the earlier one has not; a report of before they were told has none. */
function newlyDeclined(
  { summary: earlier }: Report,
  { summary: later }: Report,
): readonly string[] {
  const known = Object.keys(earlier.declines ?? {})
  return Object.keys(later.declines ?? {}).filter((reason) => !known.includes(reason))
}

function outcomesOf({ clauses }: Report): ReadonlyMap<string, Outcome> {
  const all: readonly PropertyReport[] = clauses.flatMap(({ properties }) => properties)
  return new Map(all.map(({ id, verdict }) => [id, verdict.outcome]))
}

/** The name without the version, which may have changed; with the device where that is needed. */
function nameOf(report: Report, all: readonly Report[]): string {
  const { name } = report.environment.implementation
  const devices = new Set(
    all
      .filter(({ environment }) => environment.implementation.name === name)
      .map(({ environment }) => environment.device),
  )
  return devices.size > 1 ? `${name} ${onDevice(report.environment.device)}` : name
}
