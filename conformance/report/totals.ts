import { figure, oneLine, percent, plural } from '../base/text.ts'
import type { Report, ReportedClause } from '../suite/model.ts'

/** How it went in numbers: of what is provided, what conforms, and what is declined. */
export interface Totals {
  /** Clauses and properties that conform, of those of which anything is judged. */
  readonly clauses: Share
  readonly properties: Share
  /** Clauses that conform as far as they are judged: of some of their properties, nothing is. */
  readonly partly: number
  /** Clauses of which it takes no case, and that are about what it does not provide. */
  readonly declinedClauses: number
  readonly otherClauses: number
}

interface Share {
  readonly conforming: number
  readonly of: number
}

/** Counts for nothing: what an implementation does not provide, and of which it takes no case. */
const silent: readonly string[] = ['declined', 'unsupported']

export function totalsOf({ clauses, environment }: Report): Totals {
  // Where everything is required, what is left out is what does not conform.
  const counts = (outcome: string) => environment.require === 'all' || !silent.includes(outcome)
  const shareOf = (outcomes: readonly string[]): Share => ({
    conforming: outcomes.filter((outcome) => outcome === 'conforms').length,
    of: outcomes.filter(counts).length,
  })
  const ofClauses = clauses.map(({ verdict }) => verdict)
  const properties = clauses.flatMap((clause) => clause.properties)
  return {
    clauses: shareOf(ofClauses),
    properties: shareOf(properties.map(({ verdict }) => verdict.outcome)),
    partly: clauses.filter(isPartly).length,
    declinedClauses: ofClauses.filter((outcome) => outcome === 'declined').length,
    otherClauses: ofClauses.filter((outcome) => outcome === 'unsupported').length,
  }
}

/** Whether a clause conforms, but some of its properties are not provided or declined. */
export function isPartly({ verdict, properties }: ReportedClause): boolean {
  return (
    verdict === 'conforms' &&
    properties.some((property) => silent.includes(property.verdict.outcome))
  )
}

/** How many clauses conform, and what that covers: `0 of 9 clauses conform, 9 not finished`. */
export function conformingIn(report: Report): string {
  const { conforming, of } = totalsOf(report).clauses
  const text =
    conforming === of && conforming > 0
      ? `All ${plural(of, 'clause')} conform`
      : `${figure(conforming)} of ${plural(of, 'clause')} conform`
  return text + scopeNote(report)
}

/**
 * What a figure covers where that is not everything: `, on 38 % of the cases`, since an implementation does
 * not take all of them, `, on what the time allowed`, and `, 57 not finished`.
 */
export function scopeNote(report: Report): string {
  const unfinished = report.clauses.filter(({ verdict }) => cutOff.includes(verdict)).length
  return judgedNote(report) + (unfinished > 0 ? `, ${figure(unfinished)} not finished` : '')
}

/** What comes of a clause when a run ends before it. */
const cutOff: readonly string[] = ['interrupted', 'not-run']

function judgedNote(report: Report): string {
  const { casesDeclined, cases } = report.summary
  if (cases === 0) return ''
  const taken =
    casesDeclined === 0 ? '' : `, on ${percent(leastTaken(report.summary), 1)} of the cases`
  const isLimited = report.clauses.some(({ properties }) => {
    return properties.some(({ verdict }) => verdict.outcome === 'conforms' && verdict.left)
  })
  return isLimited ? `${taken}, on what the time allowed` : taken
}

/** Of all that can be drawn, a narrow domain may hold next to nothing; but where cases are judged, some: `<1 %`. */
function leastTaken({ taken, cases }: Report['summary']): number {
  return cases === 0 ? taken : Math.max(taken, Number.EPSILON)
}

/** At most this many reasons are told. */
const mostReasons = 5

/** What is declined, with the share of each reason; `null` where nothing is. */
export function declinesIn({ summary }: Report): string | null {
  const { declines, casesDeclined } = summary
  if (casesDeclined === 0) return null
  const all = Object.entries(declines)
  const told = all
    .slice(0, mostReasons)
    .map(([reason, share]) =>
      all.length === 1 ? oneLine(reason) : `${oneLine(reason)} (${percent(share, 1)})`,
    )
  const rest = all.slice(mostReasons).reduce((sum, [, share]) => sum + share, 0)
  const reasons = [...told, ...(rest > 0 ? [`other reasons (${percent(rest, 1)})`] : [])]
  return `${percent(1 - leastTaken(summary), 1)} of the cases: ${reasons.join(', ')}`
}

/** `52 operations are not provided: a, b and 50 others`; `null` where all are. */
export function missingIn({ environment }: Report, columns: number): string | null {
  const ids = Object.keys(environment.operations.missing)
  if (ids.length === 0) return null
  const verb = ids.length === 1 ? 'is' : 'are'
  const head = `${plural(ids.length, 'operation')} ${verb} not provided: `
  return withNames(head, ids, columns)
}

/** A text with as many names after it as fit, but one at least. */
export function withNames(head: string, names: readonly string[], columns: number): string {
  for (let shown = names.length; shown > 0; shown--) {
    const rest = names.length - shown
    const others = rest === 0 ? '' : ` and ${plural(rest, 'other')}`
    const text = `${head}${names.slice(0, shown).join(', ')}${others}`
    if (text.length <= columns || shown === 1) return text
  }
  return head
}

/** Properties by what came of them, beside those that conform: `2 violate`. */
export function othersIn({ summary }: Report): readonly string[] {
  const counts: readonly (readonly [string, number])[] = [
    ['violate', summary.violates],
    ['errored', summary.errored],
    ['unstable', summary.unstable],
    ['inconclusive', summary.inconclusive],
    ['interrupted', summary.interrupted],
    ['not run', summary.notRun],
    ['declined', summary.declined],
  ]
  return counts.flatMap(([name, count]) => (count > 0 ? [`${figure(count)} ${name}`] : []))
}
