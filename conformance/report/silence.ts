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
