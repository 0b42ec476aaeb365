import { propertyById } from '../properties/loaded.ts'
import type { ClauseReport, PropertyReport, Report } from './model.ts'
import { askedIn, classesDeclined, classesOf, faultsOf, noticedBy } from './summarize.ts'

/** From this many cases a property on, every class of case has to be reached. */
const enoughCases = 100

/**
 * Whether a run is a pass: every property conforms or is known to fail, every fault was noticed and,
 * if the cases were many enough, every class of case was reached. What is not provided counts for
 * nothing, and neither do cases that are not taken, or that the time given was not enough for, unless all
 * there is is required. But something has
 * to conform, or to fail as is known, of every operation that is provided: a run of nothing is no pass.
 */
export function passes(report: Report): boolean {
  return (
    report.summary.properties > 0 &&
    unexpected(report).length === 0 &&
    suiteProblems(report).length === 0
  )
}

/** What a run failed to show, whatever the implementation did: then its passes are worth nothing. */
export function suiteProblems(report: Report): readonly string[] {
  const { clauses, environment } = report
  const unnoticed = Object.entries(faultsOf(clauses)).flatMap(([name, killed]) =>
    killed ? [] : [name],
  )
  // Where the time was over, faults had no chance to be noticed, and it is no pass in any case.
  const ran = clauses.filter((clause) => {
    const asked = askedIn([clause])
    const isOver = ({ faults, verdict }: PropertyReport) =>
      faults.length > 0 || verdict.outcome === 'conforms'
    return asked.length > 0 && asked.every(isOver)
  })
  return [
    ...(environment.mismatch === null ? [] : [environment.mismatch]),
    ...untouched(report),
    ...defectsOf(clauses).map((id) => `${id}: a defect of touchstone kept it from being checked`),
    ...unnoticed.map((name) => `no property noticed the fault ${name}`),
    ...ran.filter(({ tested }) => !tested).flatMap((clause) => untestedIn(clause, unnoticed)),
    ...(environment.runs >= enoughCases && isWhole(report)
      ? unreached(report).map((name) => `no case reached the class ${name}`)
      : []),
  ]
}

/** Why a clause is not tested, beside the faults that nothing at all noticed. */
function untestedIn({ id, properties }: ClauseReport, elsewhere: readonly string[]) {
  const faults = Object.entries(noticedBy(properties))
  if (faults.length === 0) return [`no fault was tried for ${id}`]
  return faults.flatMap(([name, noticed]) =>
    noticed || elsewhere.includes(name) ? [] : [`no property of ${id} noticed the fault ${name}`],
  )
}

/** The properties on which this project went wrong, and not the implementation. */
function defectsOf(clauses: Report['clauses']): readonly string[] {
  return clauses
    .flatMap(({ properties }) => properties)
    .flatMap(({ id, verdict }) => ('kind' in verdict && verdict.kind === 'defect' ? [id] : []))
}

/** Whether every property came to its end: then cases had every chance to reach what there is. */
export function isWhole({ clauses }: Report): boolean {
  return clauses.every(({ properties }) =>
    properties.every(({ verdict }) =>
      verdict.outcome === 'conforms'
        ? verdict.left === undefined
        : !['interrupted', 'not-run'].includes(verdict.outcome),
    ),
  )
}

/** The properties that do not conform, are asked for, and are not known to fail. */
function unexpected({ clauses, known, environment }: Report): readonly PropertyReport[] {
  const failing = new Set(known?.failing.map(({ property }) => property))
  const wanted = environment.require === 'all'
  return clauses
    .flatMap(({ properties }) => properties)
    .filter(({ id, verdict, declined }) => {
      const { outcome } = verdict
      if (failing.has(id)) return false
      if (outcome === 'conforms') {
        return wanted && (declined !== undefined || verdict.left !== undefined)
      }
      return wanted || (outcome !== 'declined' && outcome !== 'unsupported')
    })
}

/**
 * Operations that are provided, and of which no case is taken: then no answer was judged. What is rejected
 * says nothing of what is answered.
 */
function untouched({ clauses, environment }: Report): readonly string[] {
  const properties = clauses.flatMap((clause) => clause.properties)
  const judged = new Set(
    properties.flatMap(({ id, operations, verdict: { outcome } }) =>
      outcome === 'unsupported' || outcome === 'declined' || isRejection(id) ? [] : operations,
    ),
  )
  const untaken = environment.operations.provided.filter(
    (id) =>
      !judged.has(id) &&
      properties.some((it) => it.verdict.outcome === 'declined' && it.operations.includes(id)),
  )
  return environment.operations.provided.length === 0 && properties.length > 0
    ? ['nothing that the clauses ask for is provided']
    : untaken.map((id) => `nothing was judged of ${id}, of which it takes no case`)
}

/** Whether a property asks for arguments to be rejected. */
function isRejection(property: string): boolean {
  return propertyById(property)?.check.kind === 'rejection'
}

/**
 * The classes of cases that no case belonged to, of the operations of which any was tried. Those that
 * only cases are of which are not taken are declined, and not missing.
 */
export function unreached({ clauses }: Report): readonly string[] {
  const tried = clauses.map((clause) => ({
    ...clause,
    properties: clause.properties.filter(({ verdict }) => 'cases' in verdict && verdict.cases > 0),
  }))
  const declined = new Set(classesDeclined(clauses))
  return Object.entries(classesOf(tried)).flatMap(([name, times]) =>
    times === 0 && !declined.has(name) ? [name] : [],
  )
}
