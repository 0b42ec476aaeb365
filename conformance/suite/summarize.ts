import { mapValues } from '../base/records.ts'
import { type Covered, pairsIn } from '../engine/coverage.ts'
import type { Outcome } from '../engine/verdict.ts'
import { comparedBy, isCompared, propertyById } from '../properties/loaded.ts'
import type { ClauseReport, PropertyReport, Summary } from './model.ts'
import { countDeclined, shareOf } from './share.ts'

/** How much of the notes the specification accounts for. */
export interface NotesCount {
  readonly noteLines: number
  readonly noteLinesAccounted: number
  /** Lines of the notes that are not blank. */
  readonly writtenLines: number
  readonly writtenLinesAccounted: number
}

/**
 * Every class of case that the operations of some reports declare, and how often it was reached. Those of
 * an operation that is asked along with others alone, on a few cases, are for the run that compares it.
 */
export function classesOf(reports: readonly ClauseReport[]): Readonly<Record<string, number>> {
  const asked = askedIn(reports)
  const properties = asked.flatMap(({ id }) => propertyById(id) ?? [])
  const here = new Set(properties.flatMap(comparedBy))
  const classes = Object.entries(sumsOf(asked.map((property) => property.classes)))
  return Object.fromEntries(
    classes.filter(([name, count]) => {
      const [operation] = name.split(': ') as [string]
      return count > 0 || here.has(operation) || !isCompared(operation)
    }),
  )
}

/** The classes that were reached by no case, and that cases are of which are not taken. */
export function classesDeclined(reports: readonly ClauseReport[]): readonly string[] {
  const reached = classesOf(reports)
  const declined = sumsOf(askedIn(reports).map((property) => property.declined?.classes ?? {}))
  return Object.keys(declined).filter((name) => (reached[name] ?? 0) === 0)
}

/** The properties whose operations are provided; others count for nothing. */
export function askedIn(reports: readonly ClauseReport[]): readonly PropertyReport[] {
  return reports
    .flatMap(({ properties }) => properties)
    .filter(({ verdict }) => verdict.outcome !== 'unsupported')
}

function sumsOf(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const each of counts) {
    for (const [name, count] of Object.entries(each)) sums[name] = (sums[name] ?? 0) + count
  }
  return sums
}

/** Every fault that properties had to notice, and whether one of them did. */
export function faultsOf(reports: readonly ClauseReport[]): Readonly<Record<string, boolean>> {
  return noticedBy(askedIn(reports))
}

/** The faults of some properties, and whether one of them noticed it. */
export function noticedBy(
  properties: readonly Pick<PropertyReport, 'faults'>[],
): Readonly<Record<string, boolean>> {
  const killed: Record<string, boolean> = {}
  for (const { faults } of properties) {
    for (const fault of faults) killed[fault.name] = killed[fault.name] === true || fault.killed
  }
  return killed
}

/** What properties together covered of each operation: how many of its pairs, and which sizes. */
export function coverageOf(reports: readonly ClauseReport[]) {
  const byOperation: Record<string, Covered[]> = {}
  for (const { covered } of askedIn(reports)) {
    for (const [operation, one] of Object.entries(covered)) {
      byOperation[operation] ??= []
      byOperation[operation].push(one)
    }
  }
  return mapValues(byOperation, (covered) => {
    const largestSizes: Record<string, number> = {}
    for (const one of covered) {
      for (const [symbol, size] of Object.entries(one.largestSizes)) {
        largestSizes[symbol] = Math.max(largestSizes[symbol] ?? 0, size)
      }
    }
    return {
      ...pairsIn(covered),
      largestSizes,
    }
  })
}

/** The figures of a run that a person takes in at a glance. */
export function summarize(
  reports: readonly ClauseReport[],
  notes: NotesCount,
  { seconds, runs }: { readonly seconds: number; readonly runs: number },
): Summary {
  const properties = reports.flatMap(({ properties }) => properties)
  const verdicts = properties.map(({ verdict }) => verdict)
  const count = (outcome: Outcome) => verdicts.filter((v) => v.outcome === outcome).length
  const asked = askedIn(reports)
  const declinedClasses = classesDeclined(reports)
  const classes = Object.entries(classesOf(reports)).flatMap(([name, times]) =>
    declinedClasses.includes(name) ? [] : [times],
  )
  const faults = Object.values(faultsOf(reports))
  const covered = coverageOf(reports)
  const total = (figure: 'pairs' | 'pairsReached' | 'pairsDeclined') =>
    Object.values(covered).reduce((sum, one) => sum + one[figure], 0)
  return {
    clauses: reports.length,
    properties: verdicts.length,
    cases: verdicts.reduce((sum, v) => sum + ('cases' in v ? v.cases : 0), 0),
    open: properties.reduce((sum, { open }) => sum + open, 0),
    casesDeclined: countDeclined(asked),
    ...shareOf(asked, runs),
    conforms: count('conforms'),
    limited: verdicts.filter((v) => v.outcome === 'conforms' && v.left !== undefined).length,
    violates: count('violates'),
    errored: count('errored'),
    declined: count('declined'),
    unsupported: count('unsupported'),
    unstable: count('unstable'),
    inconclusive: count('inconclusive'),
    interrupted: count('interrupted'),
    notRun: count('not-run'),
    faults: faults.length,
    faultsKilled: faults.filter(Boolean).length,
    classes: classes.length,
    classesReached: classes.filter((times) => times > 0).length,
    classesDeclined: declinedClasses.length,
    pairs: total('pairs'),
    pairsReached: total('pairsReached'),
    pairsDeclined: total('pairsDeclined'),
    largestSizes: mapValues(covered, ({ largestSizes }) => largestSizes),
    ...notes,
    worstUtilization: Math.max(
      0,
      ...verdicts.map((v) => (v.outcome === 'conforms' ? v.worstUtilization : 0)),
    ),
    seconds,
  }
}
