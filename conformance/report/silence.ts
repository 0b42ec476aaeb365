import type { PropertyReport, Report } from '../suite/model.ts'

/**
 * Properties that were asked for and gave no result, by outcome and reason, with their ids, the least tried
 * first. What is not provided, and of what no case is taken, is told elsewhere.
 */
export function withoutResult(report: Report): readonly (readonly [string, readonly string[]])[] {
  const { clauses, known, environment } = report
  const expected = new Set(known?.failing.map(({ property }) => property))
  const byReason = new Map<string, string[]>()
  const isTried = ({ verdict }: PropertyReport) => 'cases' in verdict && verdict.cases > 0
  const all = clauses.flatMap(({ properties }) => properties)
  const ordered = [...all.filter((it) => !isTried(it)), ...all.filter(isTried)]
  for (const { id, verdict, operations } of ordered) {
    if (expected.has(id) || !silent.includes(verdict.outcome)) continue
    const isMissing = operations.some((operation) => operation in environment.operations.missing)
    if (!('reason' in verdict) || (verdict.outcome === 'unsupported' && isMissing)) continue
    const text = `${verdict.outcome}, ${verdict.reason}`
    byReason.set(text, [...(byReason.get(text) ?? []), id])
  }
  return [...byReason]
}

const silent: readonly string[] = ['unsupported', 'inconclusive', 'not-run', 'interrupted']
