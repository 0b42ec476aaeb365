import { mapValues } from '../base/records.ts'
import { type Covered, countOfAny } from '../engine/coverage.ts'
import type { Outcome } from '../engine/verdict.ts'
import type { ClauseReport, Summary } from './model.ts'

/** How much of the notes the specification accounts for. */
export interface NotesCount {
  readonly noteLines: number
  readonly noteLinesAccounted: number
  /** Lines of the notes that are not blank. */
  readonly writtenLines: number
  readonly writtenLinesAccounted: number
}

/** Every class of case that the operations of some reports declare, and how often it was reached. */
export function classesOf(reports: readonly ClauseReport[]): Readonly<Record<string, number>> {
  const reached: Record<string, number> = {}
  for (const { properties } of reports) {
    for (const { classes } of properties) {
      for (const [name, count] of Object.entries(classes)) {
        reached[name] = (reached[name] ?? 0) + count
      }
    }
  }
  return reached
}

/** Every fault that properties had to notice, and whether one of them did. */
export function faultsOf(reports: readonly ClauseReport[]): Readonly<Record<string, boolean>> {
  const killed: Record<string, boolean> = {}
  for (const { properties } of reports) {
    for (const { faults } of properties) {
      for (const fault of faults) killed[fault.name] = killed[fault.name] === true || fault.killed
    }
  }
  return killed
}

/** What properties together covered of each operation: how many of its pairs, and which sizes. */
function coverageOf(reports: readonly ClauseReport[]) {
  const byOperation: Record<string, Covered[]> = {}
  for (const { properties } of reports) {
    for (const { covered } of properties) {
      for (const [operation, one] of Object.entries(covered)) {
        byOperation[operation] ??= []
        byOperation[operation].push(one)
      }
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
      pairs: countOfAny(covered.map(({ pairs }) => pairs)),
      pairsReached: countOfAny(covered.map(({ pairsReached }) => pairsReached)),
      largestSizes,
    }
  })
}

/** The figures of a run that a person takes in at a glance. */
export function summarize(
  reports: readonly ClauseReport[],
  notes: NotesCount,
  seconds: number,
): Summary {
  const properties = reports.flatMap(({ properties }) => properties)
  const verdicts = properties.map(({ verdict }) => verdict)
  const count = (outcome: Outcome) => verdicts.filter((v) => v.outcome === outcome).length
  const classes = Object.values(classesOf(reports))
  const faults = Object.values(faultsOf(reports))
  const covered = coverageOf(reports)
  const total = (figure: 'pairs' | 'pairsReached') =>
    Object.values(covered).reduce((sum, one) => sum + one[figure], 0)
  return {
    clauses: reports.length,
    properties: verdicts.length,
    cases: verdicts.reduce((sum, v) => sum + ('cases' in v ? v.cases : 0), 0),
    open: properties.reduce((sum, { open }) => sum + open, 0),
    conforms: count('conforms'),
    violates: count('violates'),
    errored: count('errored'),
    unsupported: count('unsupported'),
    unstable: count('unstable'),
    inconclusive: count('inconclusive'),
    interrupted: count('interrupted'),
    notRun: count('not-run'),
    faults: faults.length,
    faultsKilled: faults.filter(Boolean).length,
    classes: classes.length,
    classesReached: classes.filter((times) => times > 0).length,
    pairs: total('pairs'),
    pairsReached: total('pairsReached'),
    largestSizes: mapValues(covered, ({ largestSizes }) => largestSizes),
    ...notes,
    worstUtilization: Math.max(
      0,
      ...verdicts.map((v) => (v.outcome === 'conforms' ? v.worstUtilization : 0)),
    ),
    seconds,
  }
}
