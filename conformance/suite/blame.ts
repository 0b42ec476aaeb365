import { clauseById } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import type { Outcome, Verdict } from '../engine/verdict.ts'
import type { ClauseReport, ReportedClause } from './model.ts'

/** Outcomes that one mistake spreads from clause to clause. */
const spreading: readonly Outcome[] = ['violates', 'errored', 'unstable']

/**
 * Puts each failing clause down to a more basic one that fails too: a wrong formula or a wrong size
 * breaks every law about the same operation, and needs to be read once.
 *
 * A clause explains another when every failing case of the other saw a wrong answer of the operation
 * that is wrong there, too, and that it is more basic about. What only lets invalid arguments through
 * explains nothing but its like.
 */
export function withCauses(reports: readonly ClauseReport[]): readonly ReportedClause[] {
  const failing = reports.flatMap((report): readonly Failing[] => {
    const clause = clauseById(report.id)
    const verdicts = failingIn(report)
    return clause === undefined || verdicts.length === 0 ? [] : [{ clause, verdicts }]
  })
  return reports.map((report) => {
    const own = failing.find(({ clause }) => clause.id === report.id)
    return { ...report, cause: (own && causeOf(own, failing)) ?? null }
  })
}

interface Failing {
  readonly clause: Clause
  readonly verdicts: readonly Verdict[]
}

function failingIn({ properties }: ClauseReport): readonly Verdict[] {
  return properties
    .map(({ verdict }) => verdict)
    .filter(({ outcome }) => spreading.includes(outcome))
}

/** The most basic of the clauses about an operation that is wrong in all failing cases of another. */
function causeOf(own: Failing, failing: readonly Failing[]): string | undefined {
  const [first = [], ...others] = own.verdicts.map(wrongIn)
  const common = first.filter((id) => others.every((wrong) => wrong.includes(id)))
  const [basic] = common
    .flatMap((operation) =>
      failing
        .filter((other) => other !== own && explains(other, own, operation))
        .map((other) => ({ id: other.clause.id, rank: rankOf(other, operation) })),
    )
    // The order of the specification breaks ties: `sort` is stable.
    .sort((a, b) => a.rank - b.rank)
  return basic?.id
}

function explains(basic: Failing, other: Failing, operation: string): boolean {
  const [about] = basic.clause.operations
  return (
    about?.id === operation &&
    basic.verdicts.some((verdict) => wrongIn(verdict).includes(operation)) &&
    kindsOf(other).every((kind) => kindsOf(basic).includes(kind)) &&
    rankOf(basic, operation) < rankOf(other, operation)
  )
}

function wrongIn(verdict: Verdict): readonly string[] {
  return ('wrong' in verdict ? verdict.wrong : undefined) ?? []
}

/** Whether invalid arguments are let through, answers are wrong, or both. */
function kindsOf({ verdicts }: Failing): readonly boolean[] {
  return verdicts.map((verdict) => 'kind' in verdict && verdict.kind === 'accepted')
}

/**
 * From what everything else builds on to what builds on it: the formula of the operation that is wrong
 * first, then a count whose shape is wrong, then what else is said of it, then what is about others.
 */
function rankOf({ clause: { kind, operations }, verdicts }: Failing, operation: string): number {
  const others = Math.max(0, operations.length - 1)
  const away = operations[0]?.id === operation ? 0 : 1000
  if (kind === 'formula' || kind === 'gradient') return away + others
  return (
    away + others + (kind === 'count' && shapeFails(verdicts) ? 20 : kind === 'count' ? 50 : 100)
  )
}

/** Whether an answer to valid arguments has the wrong shape: then no element is to blame. */
function shapeFails(verdicts: readonly Verdict[]): boolean {
  return verdicts.some((verdict) => 'kind' in verdict && verdict.kind === 'wrong shape')
}
