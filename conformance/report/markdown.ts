import { figure, plural, visible } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { type Problem, problemsOf } from '../suite/problems.ts'
import { passes, suiteProblems } from '../suite/verdict.ts'
import { aidInWords, groupsOf } from './first-aid.ts'
import { rowsOfCase } from './rows.ts'
import { withoutResult } from './silence.ts'
import { timeIn } from './time.ts'
import { declinesIn, missingIn, scopeNote, totalsOf } from './totals.ts'

/** The reports as Markdown: for a summary of a job, a comment, an issue. */
export function markdownOf(reports: readonly Report[]): string {
  const sections = reports.map(sectionOf)
  return `${[...(reports.length > 1 ? [matrixOf(reports)] : []), ...sections].join('\n\n')}\n`
}

function sectionOf(report: Report): string {
  const { environment, summary } = report
  const { name, version } = environment.implementation
  const { clauses, properties } = totalsOf(report)
  const declines = declinesIn(report)
  const lines = [
    `## ${escaped(`${name} ${version}`)}`,
    '',
    `${passes(report) ? '✅' : '❌'} **${figure(clauses.conforming)} of ${plural(clauses.of, 'clause')} conform**${scopeNote(report)}, on ${escaped(environment.device)}, seed ${environment.seed}.`,
    ...(environment.mismatch === null ? [] : ['', `**${escaped(environment.mismatch)}**`]),
    '',
    '| properties | cases | faults noticed | classes reached | worst share of a bound | seconds |',
    '| --- | --- | --- | --- | --- | --- |',
    `| ${[
      `${figure(properties.conforming)} of ${figure(properties.of)}`,
      figure(summary.cases),
      `${figure(summary.faultsKilled)} of ${figure(summary.faults)}`,
      `${figure(summary.classesReached)} of ${figure(summary.classes)}`,
      figure(summary.worstUtilization),
      summary.seconds.toFixed(1),
    ].join(' | ')} |`,
  ]
  const time = timeIn(report)
  if (time !== null) lines.push('', `The time ${time}.`)
  if (declines !== null) lines.push('', `It declines ${escaped(declines)}.`)
  const missing = missingIn(report, 200)
  if (missing !== null) lines.push('', `${escaped(missing)}.`)
  for (const group of groupsOf(report.firstAid ?? [])) {
    lines.push('', `First aid: ${escaped(aidInWords(group))}.`)
  }
  for (const problem of suiteProblems(report)) lines.push('', `**${escaped(problem)}**`)
  for (const problem of problemsOf(report)) lines.push(...problemIn(problem))
  for (const [text, ids] of withoutResult(report)) {
    const properties = `${plural(ids.length, 'property', 'properties')}, ${ids.map(code).join(', ')}`
    lines.push('', `- ${escaped(text)}: ${properties}`)
  }
  for (const { property, reason } of report.known?.failing ?? []) {
    lines.push('', `- ${code(property)} is known to fail: ${escaped(reason)}`)
  }
  for (const { entry, problem } of report.known?.stale ?? []) {
    lines.push('', `The known failure ${code(entry)} is out of date: ${escaped(problem)}.`)
  }
  return lines.join('\n')
}

/** A problem once, with the clauses that it shows in and its smallest case. */
function problemIn({ outcome, operation, says, clauses, smallest }: Problem): readonly string[] {
  const { property, capsule, difference, reason, replay } = smallest
  const about = operation === null ? '' : ` ${code(operation)}:`
  const rows = [['smallest', property.id] as const, ...rowsOfCase(capsule, difference, reason)]
  return [
    '',
    `### ${outcome}${about} ${escaped(says)}`,
    '',
    `In ${clauses.map(code).join(', ')}.`,
    '',
    ...rows.map(([term, text]) => `- ${term}: ${code(text)}`),
    ...(replay ? ['', fenced(replay)] : []),
  ]
}

function matrixOf(reports: readonly Report[]): string {
  const ids = [...new Set(reports.flatMap(({ clauses }) => clauses.map(({ id }) => id)))]
  const heads = reports.map(({ environment: { implementation, device } }) =>
    escaped(`${implementation.name} ${implementation.version}, ${device}`),
  )
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    row(['clause', ...heads]),
    row(['clause', ...heads].map(() => '---')),
    ...ids.map((id) =>
      row([
        code(id),
        ...reports.map((r) => r.clauses.find((clause) => clause.id === id)?.verdict ?? 'not-run'),
      ]),
    ),
  ].join('\n')
}

/** Text that Markdown takes literally, on one line. */
function escaped(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]()<>#+|~!&$@]/g, (mark) => `&#${mark.codePointAt(0)};`)
    .replaceAll('://', '&#58;//')
    .replace(/\s+/g, ' ')
}

/** Text as code on one line, whatever backticks it holds. */
function code(text: string): string {
  const line = visible(text).replace(/\s+/g, ' ').trim()
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const padding = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : ''
  return `${fence}${padding}${line}${padding}${fence}`
}

function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}sh\n${visible(text)}\n${fence}`
}
