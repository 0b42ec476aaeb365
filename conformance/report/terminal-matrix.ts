import type { Terminal } from '../base/terminal.ts'
import { figure, plural, visible } from '../base/text.ts'
import { wrap } from '../base/wrap.ts'
import type { Outcome } from '../engine/verdict.ts'
import type { Report } from '../suite/model.ts'
import { passes } from '../suite/verdict.ts'
import { describe } from './terminal.ts'

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

/** Several implementations at a glance: figures of each, and the clauses on which any fails. */
export function describeMatrix(reports: readonly Report[], terminal: Terminal): string {
  const columns = Math.min(terminal.columns, 100)
  const blocks = [
    reports.map((report, position) => line(report, position, columns, terminal)).join('\n'),
  ]
  const ids = [...new Set(reports.flatMap(({ clauses }) => clauses.map(({ id }) => id)))]
  const rows = ids.map((id) => ({ id, outcomes: reports.map((report) => outcomeOf(report, id)) }))
  const failing = rows.filter(({ outcomes }) => outcomes.some((o) => o !== 'conforms'))
  if (failing.length === 0)
    return [...blocks, `  all conform to ${plural(ids.length, 'clause')}`].join('\n\n')

  const width = Math.max(20, columns - 4 - 4 * reports.length)
  const head = `  ${' '.repeat(width)}${reports.map((_, i) => String(i + 1).padStart(4)).join('')}`
  const lines = failing.map(({ id, outcomes }) => {
    const name = cut(id, width).padEnd(width)
    return `  ${name}${outcomes.map((o) => styled(o, terminal)).join('')}`
  })
  const used = new Set(failing.flatMap(({ outcomes }) => outcomes))
  const legend = [...used].map((outcome) => `${letters[outcome]} ${outcome}`).join('   ')
  const rest = rows.length - failing.length
  blocks.push([head, ...lines, '', wrap(legend, columns, '  ')].join('\n'))
  if (rest > 0) blocks.push(`  all conform to ${plural(rest, 'other clause')}`)
  for (const [position, report] of reports.entries()) {
    if (passes(report)) continue
    const title = cut(`${position + 1}  ${nameOf(report)}`, columns)
    blocks.push(`${terminal.style('bold', title)}\n${describe(report, terminal)}`)
  }
  return blocks.join('\n\n')
}

function line(report: Report, position: number, columns: number, terminal: Terminal): string {
  const { summary, clauses } = report
  const conforming = clauses.filter(({ verdict }) => verdict === 'conforms').length
  const all = conforming === clauses.length
  const count = `${figure(conforming)} of ${figure(summary.clauses)}`.padStart(11)
  const name = cut(nameOf(report), columns - 19)
  return `  ${String(position + 1).padStart(2)}  ${terminal.style(all ? 'green' : 'red', count)}  ${name}`
}

function nameOf({ environment: { implementation, device } }: Report): string {
  return visible(`${implementation.name} ${implementation.version} on ${device}`)
}

function cut(text: string, columns: number): string {
  return text.length > columns ? `${text.slice(0, columns - 1)}…` : text
}

function outcomeOf({ clauses }: Report, id: string): Outcome {
  return clauses.find((clause) => clause.id === id)?.verdict ?? 'not-run'
}

function styled(outcome: Outcome, terminal: Terminal): string {
  const text = letters[outcome].padStart(4)
  const style = outcome === 'conforms' ? 'green' : outcome === 'unsupported' ? 'dim' : 'red'
  return terminal.style(style, text)
}
