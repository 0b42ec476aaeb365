import { type Terminal, wrap } from '../cli/terminal.ts'
import type { Verdict } from '../engine/verdict.ts'
import type { PropertyReport, Report } from './model.ts'
import { classesOf, faultsOf } from './summarize.ts'
import { argumentsOf } from './tensors.ts'
import { elementOf, figure, plural, precise } from './text.ts'

/** At most this many failures are written out in the terminal; the report has them all. */
const mostFailures = 10

/** The end of a run: what did not conform, with its smallest case, then the figures of the whole. */
export function describe(report: Report, terminal: Terminal): string {
  const failures = report.clauses.flatMap(({ properties }) =>
    properties.filter(({ verdict }) => verdict.outcome !== 'conforms'),
  )
  const blocks = failures
    .slice(0, mostFailures)
    .map((failure) => describeFailure(failure, terminal))
  if (failures.length > mostFailures) {
    blocks.push(`and ${plural(failures.length - mostFailures, 'more property', 'more properties')}`)
  }
  return [...blocks, ...suiteFailures(report, terminal), figuresOf(report, terminal)].join('\n\n')
}

function figuresOf({ summary, clauses }: Report, { style }: Terminal): string {
  const conforming = clauses.filter(({ verdict }) => verdict === 'conforms').length
  const share = (part: number, whole: number) => {
    const text = `${figure(part)} of ${figure(whole)}`
    return part === whole ? style('green', text) : style('red', text)
  }
  const others = (['violates', 'errored', 'unstable', 'inconclusive', 'interrupted'] as const)
    .map((outcome) => [outcome, summary[outcome]] as const)
    .concat([['not run', summary.notRun] as never, ['unsupported', summary.unsupported] as never])
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${figure(count)} ${outcome}`)
  const rows: readonly (readonly [string, string])[] = [
    ['clauses', `${share(conforming, summary.clauses)} conform`],
    [
      'properties',
      [`${share(summary.conforms, summary.properties)} conform`, ...others].join(', '),
    ],
    ['cases', `${figure(summary.cases)} in ${summary.seconds.toFixed(1)} s`],
    ['faults', `${share(summary.faultsKilled, summary.faults)} noticed`],
    ['classes', `${share(summary.classesReached, summary.classes)} reached`],
    ['bounds', `at most ${figure(summary.worstUtilization)} of a bound was used up`],
    [
      'notes',
      `${figure(summary.noteLinesAccounted)} of ${figure(summary.noteLines)} lines accounted for`,
    ],
  ]
  return rows.map(([name, text]) => `  ${name.padEnd(12)}${text}`).join('\n')
}

/** What the suite itself failed to do: a fault that nobody noticed, a class that was not reached. */
function suiteFailures({ clauses }: Report, terminal: Terminal): readonly string[] {
  const unnoticed = Object.entries(faultsOf(clauses)).filter(([, killed]) => !killed)
  const unreached = Object.entries(classesOf(clauses)).filter(([, times]) => times === 0)
  const listed = (title: string, names: readonly string[]) =>
    names.length === 0
      ? []
      : [
          `${terminal.style(['bold', 'red'], title)}\n${names.map((name) => `  ${name}`).join('\n')}`,
        ]
  return [
    ...listed(
      'faults that no property noticed',
      unnoticed.map(([name]) => name),
    ),
    ...listed(
      'classes of cases that were not reached',
      unreached.map(([name]) => name),
    ),
  ]
}

function describeFailure({ id, title, verdict }: PropertyReport, terminal: Terminal): string {
  const columns = Math.min(terminal.columns, 100)
  const lines = [
    `${terminal.style(['bold', verdict.outcome === 'violates' ? 'red' : 'yellow'], verdict.outcome)}  ${id}`,
    wrap(title, columns, '  '),
  ]
  const row = (name: string, text: string) => {
    const [first = '', ...rest] = wrap(text, columns - 14).split('\n')
    lines.push(`  ${name.padEnd(12)}${first}`, ...rest.map((line) => ' '.repeat(14) + line))
  }
  for (const [name, text] of rowsOf(verdict)) row(name, text)
  // A command is not broken, so that it can be copied whole.
  if ('replay' in verdict && verdict.replay)
    lines.push(`  ${terminal.style('cyan', verdict.replay)}`)
  return lines.join('\n')
}

/** The rows of a failure: the smallest case, what was expected, what came. */
export function rowsOf(verdict: Verdict): readonly (readonly [string, string])[] {
  if (verdict.outcome === 'conforms') return []
  const capsule = 'capsule' in verdict ? verdict.capsule : null
  const given = capsule === null ? [] : argumentsOf(capsule)
  if (verdict.outcome !== 'violates') return [...given, ['reason', verdict.reason]]
  const { difference, diagnosis, reason } = verdict
  const compared: readonly (readonly [string, string])[] =
    difference === null
      ? [['reason', reason]]
      : [
          ['at', elementOf(difference.label, difference.index)],
          ['expected', precise(difference.expected)],
          ['got', precise(difference.actual)],
          [
            'off by',
            `${figure(Math.abs(difference.actual - difference.expected))}, where rounding explains ${figure(difference.bound)}`,
          ],
        ]
  const known = diagnosis === null ? [] : ([['diagnosis', diagnosis]] as const)
  return [...given, ...compared, ...known]
}
