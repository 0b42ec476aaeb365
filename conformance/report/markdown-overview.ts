import { code, escaped, folded, table } from '../base/markdown.ts'
import { figure, plural } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { problemsOf } from '../suite/problems.ts'
import { passes } from '../suite/verdict.ts'
import { scopeNote, totalsOf } from './totals.ts'

/** Whether a run is a pass, at a glance. */
export const mark = (report: Report) => (passes(report) ? '✅' : '❌')

/** Several at a glance, and the clauses on which any fails. */
export function overviewOf(reports: readonly Report[]): readonly string[] {
  const rows = reports.map((report) => {
    const problems = problemsOf(report)
    const { name, version } = report.environment.implementation
    const { clauses } = totalsOf(report)
    return [
      mark(report),
      escaped(`${name} ${version}, ${report.environment.device}`),
      `${figure(clauses.conforming)} of ${figure(clauses.of)}${scopeNote(report)}`,
      figure(problems.length),
    ]
  })
  const verdicts = reports.map(
    ({ clauses }) => new Map(clauses.map(({ id, verdict }) => [id, verdict])),
  )
  const silent: readonly string[] = ['conforms', 'unsupported', 'declined']
  const failing = [...new Set(verdicts.flatMap((of) => [...of.keys()]))]
    .map((id) => [id, ...verdicts.map((of) => of.get(id) ?? 'not-run')] as const)
    .filter(([, ...outcomes]) => outcomes.some((outcome) => !silent.includes(outcome)))
  const names = reports.map(({ environment }) => escaped(environment.implementation.name))
  return [
    ...table(['', 'implementation', 'clauses that conform', 'problems'], rows),
    ...folded(
      `${plural(failing.length, 'clause')} on which some fail`,
      failing.length === 0
        ? []
        : table(
            ['clause', ...names],
            failing.map(([id, ...outcomes]) => [code(id), ...outcomes]),
          ),
    ),
  ]
}
