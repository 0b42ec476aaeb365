import { clauseById } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import type { Outcome } from '../engine/verdict.ts'
import { properties } from '../properties/index.ts'
import type { ClauseReport, ReportedClause } from './model.ts'

/** Outcomes that one mistake spreads from clause to clause. */
const spreading: readonly Outcome[] = ['violates', 'errored', 'unstable']

/**
 * Puts each failing clause down to a more basic one that fails too: a wrong size or a wrong formula
 * breaks every law about the same operation, and needs to be read once.
 *
 * A clause explains another when it is more basic, and about no operation that the other is not
 * about as well. What only fails to reject invalid arguments explains nothing but its like.
 */
export function withCauses(reports: readonly ClauseReport[]): readonly ReportedClause[] {
  const failing = reports
    .filter(({ verdict }) => spreading.includes(verdict))
    .flatMap((report) => {
      const clause = clauseById(report.id)
      return clause === undefined ? [] : [{ report, clause, rank: rankOf(clause, report) }]
    })
    // The order of the specification breaks ties: `sort` is stable.
    .sort((a, b) => a.rank - b.rank)
  return reports.map((report) => {
    const own = failing.find((candidate) => candidate.report.id === report.id)
    const cause = own && failing.find((other) => other.rank < own.rank && explains(other, own))
    return { ...report, cause: cause?.report.id ?? null }
  })
}

interface Failing {
  readonly report: ClauseReport
  readonly clause: Clause
}

function explains(basic: Failing, other: Failing): boolean {
  const about = other.clause.operations.map(({ id }) => id)
  const contained =
    basic.clause.operations.length > 0 &&
    basic.clause.operations.every(({ id }) => about.includes(id))
  return contained && (valuesFail(basic.report) || !valuesFail(other.report))
}

/** Whether an answer is wrong, and not only invalid arguments are let through. */
function valuesFail({ properties: reports }: ClauseReport): boolean {
  return reports.some(
    ({ id, verdict }) => spreading.includes(verdict.outcome) && !rejections.has(id),
  )
}

const rejections = new Set(
  properties.filter(({ check }) => check.kind === 'rejection').map(({ id }) => id),
)

/**
 * From what everything else builds on to what builds on it: a wrong shape first, then a wrong formula,
 * then what else a clause about sizes says.
 */
function rankOf({ kind, operations }: Clause, report: ClauseReport): number {
  const others = Math.max(0, operations.length - 1)
  if (kind === 'count') return shapeFails(report) ? 0 : 50 + others
  return kind === 'formula' ? 1 + others : 100 + others
}

/** Whether an answer to valid arguments has the wrong shape: then no element is to blame. */
function shapeFails({ properties: reports }: ClauseReport): boolean {
  return reports.some(
    ({ id, verdict }) =>
      verdict.outcome === 'violates' && verdict.difference === null && !rejections.has(id),
  )
}
