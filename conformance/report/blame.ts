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
      return clause === undefined ? [] : [{ report, clause, rank: rankOf(clause) }]
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

/** From what everything else builds on to what builds on it. */
function rankOf({ kind, operations }: Clause): number {
  if (kind === 'count') return 0
  if (kind === 'formula') return 1 + Math.max(0, operations.length - 1)
  return 100 + operations.length
}
