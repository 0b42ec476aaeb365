import { figure, plural, visible } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { problemsOf } from '../suite/problems.ts'
import { passes, suiteProblems } from '../suite/verdict.ts'
import { named } from './named.ts'
import { problemInWords } from './problem-words.ts'
import { withoutResult } from './silence.ts'
import { scopeNote, totalsOf } from './totals.ts'

interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly file?: string
  readonly line?: number
}

/** GitHub shows ten annotations of a level for each step of a job, and drops the others. */
const mostShown = 10

/**
 * The reports as commands of a GitHub Actions workflow, a line each, that mark violations in the files of a
 * pull request: at the code of the operation where the report says where that stands, else for the whole run.
 */
export function annotationsOf(reports: readonly Report[]): string {
  const all = reports.map(named).flatMap(inReport)
  const shown = (['error', 'warning', 'notice'] as const).flatMap((level) =>
    few(
      all.filter((annotation) => annotation.level === level),
      level,
    ),
  )
  return shown.map((annotation) => `${commandOf(annotation)}\n`).join('')
}

function inReport(report: Report): readonly Annotation[] {
  const { name, version } = report.environment.implementation
  const title = `${name} ${version}`
  const { conforming, of } = totalsOf(report).clauses
  const counts = `${figure(conforming)} of ${plural(of, 'clause')} conform${scopeNote(report)}`
  return [
    ...problemsOf(report).map((problem): Annotation => {
      const source = problem.operation === null ? undefined : report.sources?.[problem.operation]
      return { level: 'error', title, message: problemInWords(problem), ...source }
    }),
    ...suiteProblems(report).map((message): Annotation => ({ level: 'error', title, message })),
    ...withoutResult(report).map(([text, ids]): Annotation => {
      const message = `${text}: ${plural(ids.length, 'property', 'properties')}`
      return { level: 'warning', title, message }
    }),
    ...(report.known?.stale ?? []).map(({ entry, problem }): Annotation => {
      return { level: 'warning', title, message: `known failure ${entry}: ${problem}` }
    }),
    ...(passes(report) ? [{ level: 'notice', title, message: counts } as const] : []),
  ]
}

function few(all: readonly Annotation[], level: Annotation['level']): readonly Annotation[] {
  if (all.length <= mostShown) return all
  const shown = all.slice(0, mostShown - 1)
  const message = `${figure(all.length - shown.length)} more, which the report has`
  return [...shown, { level, title: 'touchstone', message }]
}

function commandOf({ level, title, message, file, line }: Annotation): string {
  const properties = Object.entries({ file, line, title })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${property(value)}`]))
    .join(',')
  return `::${level} ${properties}::${data(visible(message))}`
}

/** What ends a message or begins another command is escaped, as the runner undoes it. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(value: string | number): string {
  return data(visible(String(value)))
    .replaceAll(':', '%3A')
    .replaceAll(',', '%2C')
}
