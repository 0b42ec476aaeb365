import { timeOver } from '../engine/stopping.ts'
import type { Report } from '../suite/model.ts'

/**
 * Properties that were asked for and gave no result, by outcome and reason, with how many they are. What
 * is not provided, and of what no case is taken, is told elsewhere.
 */
export function withoutResult(report: Report): readonly (readonly [string, number])[] {
  const { clauses, known, environment } = report
  const expected = new Set(known?.failing.map(({ property }) => property))
  const counts = new Map<string, number>()
  for (const { id, verdict, operations } of clauses.flatMap(({ properties }) => properties)) {
    if (expected.has(id) || !silent.includes(verdict.outcome)) continue
    const isMissing = operations.some((operation) => operation in environment.operations.missing)
    if (!('reason' in verdict) || (verdict.outcome === 'unsupported' && isMissing)) continue
    const text = `${verdict.outcome}, ${verdict.reason}`
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts]
}

const silent: readonly string[] = ['unsupported', 'inconclusive', 'not-run', 'interrupted']

/** A share of the time goes into other things than cases, such as the faults that must be noticed. */
const shareOfCases = 0.6

/**
 * Where the time was over before properties came to their end: with how many cases each they would, by
 * how many were tried in it. `null` where time was not what was missing.
 */
export function adviceOnTime({ clauses, environment }: Report): string | null {
  const asked = clauses
    .flatMap(({ properties }) => properties)
    .filter(({ verdict: { outcome } }) => outcome !== 'unsupported' && outcome !== 'declined')
  const late = asked.filter(({ verdict }) => 'reason' in verdict && verdict.reason === timeOver)
  if (late.length === 0) return null
  const tried = asked.reduce((sum, { verdict }) => {
    return sum + ('cases' in verdict ? verdict.cases : 0)
  }, 0)
  const fitting = Math.floor((shareOfCases * tried) / asked.length)
  const way =
    fitting >= 1 && fitting < environment.runs
      ? `--runs ${fitting} would fit into this time`
      : 'more of it may be given with --time'
  return `what is not finished is no pass; ${way}`
}
