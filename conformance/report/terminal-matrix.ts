import type { Terminal } from '../base/terminal.ts'
import { figure, onDevice, oneLine, plural, visible } from '../base/text.ts'
import { wrap } from '../base/wrap.ts'
import type { Outcome } from '../engine/verdict.ts'
import type { Report } from '../suite/model.ts'
import { problemsOf } from '../suite/problems.ts'
import { passes, suiteProblems } from '../suite/verdict.ts'
import { problemLine } from './failures.ts'
import { aidInWords, groupsOf } from './first-aid.ts'
import { withoutResult } from './silence.ts'
import { few } from './terminal.ts'
import { declinesIn, scopeNote, totalsOf } from './totals.ts'

/** One letter a verdict, so that many implementations fit in a line. */
const letters: Readonly<Record<Outcome, string>> = {
  conforms: '·',
  violates: 'V',
  errored: 'E',
  declined: 'D',
  unsupported: '-',
  unstable: 'U',
  inconclusive: '?',
  interrupted: 'I',
  'not-run': 'N',
}

/** So many lines at most, so that with what stands before and after all is on one screen of 40. */
const mostLines = 34

/** At most so many clauses are compared in the terminal; the report has the whole matrix. */
const mostRows = 12

/**
 * Several implementations at a glance: figures of each, the clauses on which any fails where they are few,
 * and the distinct problems of each that fails.
 */
export function describeMatrix(reports: readonly Report[], terminal: Terminal): string {
  const columns = Math.min(terminal.columns, 100)
  const lines = reports.flatMap((report, i) => linesOf(report, i, columns, terminal))
  const blocks = [lines.join('\n'), ...rowsOf(reports, columns, terminal)]
  const failing = [...reports.entries()].filter(([, report]) => !passes(report))
  const used = blocks.join('\n\n').split('\n').length
  const each = Math.floor((mostLines - used) / Math.max(1, failing.length)) - 2
  for (const [position, report] of failing) {
    const title = terminal.style('bold', cut(`${position + 1}  ${nameOf(report)}`, columns))
    blocks.push([title, ...reasonsOf(report, terminal, Math.max(1, each))].join('\n'))
  }
  return blocks.join('\n\n')
}

/** Why a run is no pass, in so many lines. */
function reasonsOf(report: Report, terminal: Terminal, most: number): readonly string[] {
  const columns = Math.min(terminal.columns, 100)
  const count = (text: string, properties: number) =>
    cut(`  ${visible(text)}: ${plural(properties, 'property', 'properties')}`, columns)
  const lines = [
    ...groupsOf(report.firstAid ?? []).map((group) => cut(`  ${aidInWords(group)}`, columns)),
    ...problemsOf(report).map((problem) => problemLine(problem, terminal)),
    ...suiteProblems(report).map((problem) => cut(`  ${problem}`, columns)),
    ...withoutResult(report).map(([text, ids]) => count(text, ids.length)),
  ]
  return few(lines, most)
}

/** The clauses on which any of them fails, if they are few. */
function rowsOf(
  reports: readonly Report[],
  columns: number,
  terminal: Terminal,
): readonly string[] {
  const ids = [...new Set(reports.flatMap(({ clauses }) => clauses.map(({ id }) => id)))]
  const rows = ids.map((id) => ({ id, outcomes: reports.map((report) => outcomeOf(report, id)) }))
  const isSilent = (outcome: Outcome) => ['unsupported', 'declined', 'conforms'].includes(outcome)
  const failing = rows.filter(({ outcomes }) => !outcomes.every(isSilent))
  if (failing.length === 0) return ['  all conform to what they provide']
  if (failing.length > mostRows) {
    return [`  ${plural(failing.length, 'clause')} on which some fail: the report has the matrix`]
  }
  const width = Math.max(20, columns - 4 - 4 * reports.length)
  const head = `  ${' '.repeat(width)}${reports.map((_, i) => String(i + 1).padStart(4)).join('')}`
  const lines = failing.map(({ id, outcomes }) => {
    const name = cut(id, width).padEnd(width)
    return `  ${name}${outcomes.map((o) => styled(o, terminal)).join('')}`
  })
  const used = new Set(failing.flatMap(({ outcomes }) => outcomes))
  const legend = [...used].map((outcome) => `${letters[outcome]} ${outcome}`).join('   ')
  return [[head, ...lines, '', wrap(legend, columns, '  ')].join('\n')]
}

/** An implementation with its figures, and what it declines. */
function linesOf(
  report: Report,
  position: number,
  columns: number,
  terminal: Terminal,
): readonly string[] {
  const { conforming, of } = totalsOf(report).clauses
  const style = conforming === of && conforming > 0 ? 'green' : 'red'
  const count = `${figure(conforming)} of ${figure(of)}`.padStart(11)
  const note = scopeNote(report)
  const name = cut(nameOf(report), columns - 19 - note.length) + note
  const line = `  ${String(position + 1).padStart(2)}  ${terminal.style(style, count)}  ${name}`
  const declines = declinesIn(report)
  return declines === null ? [line] : [line, cut(`${' '.repeat(19)}declines ${declines}`, columns)]
}

function nameOf({ environment: { implementation, device } }: Report): string {
  return oneLine(`${implementation.name} ${implementation.version} ${onDevice(device)}`)
}

function cut(text: string, columns: number): string {
  return text.length > columns ? `${text.slice(0, columns - 1)}…` : text
}

function outcomeOf({ clauses }: Report, id: string): Outcome {
  return clauses.find((clause) => clause.id === id)?.verdict ?? 'not-run'
}

function styled(outcome: Outcome, terminal: Terminal): string {
  const text = letters[outcome].padStart(4)
  const dim = outcome === 'unsupported' || outcome === 'declined'
  const style = outcome === 'conforms' ? 'green' : dim ? 'dim' : 'red'
  return terminal.style(style, text)
}
