import { figure, plural, visible } from '../base/text.ts'
import type { PropertyReport, Report } from '../suite/model.ts'
import { passes } from '../suite/verdict.ts'
import { aidInWords, groupsOf } from './first-aid.ts'
import { rowsOf } from './terminal.ts'

/** The reports as Markdown: for a summary of a job, a comment, an issue. */
export function markdownOf(reports: readonly Report[]): string {
  const sections = reports.map(sectionOf)
  return `${[...(reports.length > 1 ? [matrixOf(reports)] : []), ...sections].join('\n\n')}\n`
}

function sectionOf(report: Report): string {
  const { environment, summary, clauses } = report
  const { name, version } = environment.implementation
  const conforming = clauses.filter(({ verdict }) => verdict === 'conforms').length
  const lines = [
    `## ${escaped(`${name} ${version}`)}`,
    '',
    `${passes(report) ? '✅' : '❌'} **${figure(conforming)} of ${plural(summary.clauses, 'clause')} conform** on ${escaped(environment.device)}, seed ${environment.seed}.`,
    ...(environment.mismatch === null ? [] : ['', `**${escaped(environment.mismatch)}**`]),
    '',
    '| properties | cases | faults noticed | classes reached | worst share of a bound | seconds |',
    '| --- | --- | --- | --- | --- | --- |',
    `| ${[
      `${figure(summary.conforms)} of ${figure(summary.properties)}`,
      figure(summary.cases),
      `${figure(summary.faultsKilled)} of ${figure(summary.faults)}`,
      `${figure(summary.classesReached)} of ${figure(summary.classes)}`,
      figure(summary.worstUtilization),
      summary.seconds.toFixed(1),
    ].join(' | ')} |`,
  ]
  for (const group of groupsOf(report.firstAid ?? [])) {
    lines.push('', `First aid: ${escaped(aidInWords(group))}.`)
  }
  const known = new Map(report.known?.failing.map((entry) => [entry.property, entry]))
  const failing = clauses.filter(({ verdict }) => verdict !== 'conforms')
  for (const clause of failing) {
    const reason = clause.cause === null ? '' : `, put down to ${code(clause.cause)}`
    lines.push('', `### ${code(clause.id)} ${clause.verdict}${reason}`, '', escaped(clause.title))
    if (clause.cause !== null) continue
    for (const property of clause.properties) {
      if (property.verdict.outcome === 'conforms') continue
      lines.push(...failureOf(property, known.get(property.id)?.reason))
    }
  }
  for (const { entry, problem } of report.known?.stale ?? []) {
    lines.push('', `The known failure ${code(entry)} is out of date: ${escaped(problem)}.`)
  }
  return lines.join('\n')
}

function failureOf({ id, title, verdict }: PropertyReport, known?: string): readonly string[] {
  const excuse = known === undefined ? '' : ` Known: ${escaped(known)}.`
  const lines = ['', `**${verdict.outcome}** ${code(id)}: ${escaped(title)}.${excuse}`, '']
  for (const [term, text] of rowsOf(verdict)) lines.push(`- ${term}: ${code(text)}`)
  if ('replay' in verdict && verdict.replay) lines.push('', fenced(verdict.replay))
  return lines
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
