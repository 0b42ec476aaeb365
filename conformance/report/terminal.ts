import type { Terminal } from '../base/terminal.ts'
import { elementOf, figure, plural, precise, visible } from '../base/text.ts'
import { wrap } from '../base/wrap.ts'
import type { Capsule } from '../engine/capsule.ts'
import type { Difference, Verdict } from '../engine/verdict.ts'
import { othersOf } from '../suite/capsules.ts'
import type { PropertyReport, Report } from '../suite/model.ts'
import { isWhole, suiteProblems, unreached } from '../suite/verdict.ts'
import { aidNotes } from './first-aid.ts'
import { argumentsOf } from './tensors.ts'

/** At most this many failures are written out in the terminal; the report has them all. */
const mostFailures = 10

/** At most this many reasons why properties gave no result, and problems of the run itself. */
const [mostNotRun, mostProblems] = [5, 10]

/** At most this many of a clause, whose properties tend to fail together. */
const mostOfClause = 2

/** The end of a run: the figures at a glance, then what does not conform, with its smallest case. */
export function describe(report: Report, terminal: Terminal): string {
  return [
    figuresOf(report, terminal),
    ...aidNotes(report, terminal),
    ...suiteNotes(report, terminal),
    ...failuresOf(report, terminal),
    ...knownNotes(report, terminal),
  ].join('\n\n')
}

function figuresOf(report: Report, { style }: Terminal): string {
  const { summary, clauses } = report
  const conforming = clauses.filter(({ verdict }) => verdict === 'conforms').length
  const share = (part: number, whole: number) => {
    const text = `${figure(part)} of ${figure(whole)}`
    return part === whole ? style('green', text) : style('red', text)
  }
  const counts: readonly (readonly [string, number])[] = [
    ['violate', summary.violates],
    ['errored', summary.errored],
    ['unstable', summary.unstable],
    ['inconclusive', summary.inconclusive],
    ['interrupted', summary.interrupted],
    ['not run', summary.notRun],
    ['unsupported', summary.unsupported],
  ]
  const others = counts.flatMap(([name, count]) => (count > 0 ? [`${figure(count)} ${name}`] : []))
  const rows: readonly (readonly [string, string])[] = [
    ['clauses', `${share(conforming, summary.clauses)} conform`],
    [
      'properties',
      [`${share(summary.conforms, summary.properties)} conform`, ...others].join(', '),
    ],
    ['cases', `${figure(summary.cases)} in ${summary.seconds.toFixed(1)} s${openNote(summary)}`],
    ['faults', `${share(summary.faultsKilled, summary.faults)} noticed`],
    ['classes', `${figure(summary.classesReached)} of ${figure(summary.classes)} reached`],
    ['pairs', `${figure(summary.pairsReached)} of ${figure(summary.pairs)} reached`],
    ['bounds', `at most ${figure(summary.worstUtilization)} of a bound was used up`],
    [
      'notes',
      `${figure(summary.writtenLinesAccounted)} of ${figure(summary.writtenLines)} written lines accounted for`,
    ],
  ]
  return rows.map(([name, text]) => `  ${name.padEnd(12)}${text}`).join('\n')
}

function openNote({ open }: Report['summary']): string {
  return open === 0 ? '' : `; ${figure(open)} more are open and do not count`
}

/** What the suite itself failed to do: a fault that nobody noticed, a class that was not reached. */
function suiteNotes(report: Report, terminal: Terminal): readonly string[] {
  const problems = suiteProblems(report)
  const columns = Math.min(terminal.columns, 100)
  const missed = unreached(report)
  const after = isWhole(report)
    ? '; with 100 cases a property it would be no pass'
    : ' before it ended'
  const few =
    problems.length === 0 && missed.length > 0
      ? [`  ${plural(missed.length, 'class', 'classes')} of cases not reached${after}`]
      : []
  if (problems.length === 0) return few
  const lines = problems.slice(0, mostProblems).map((problem) => wrap(problem, columns, '  '))
  if (problems.length > mostProblems) {
    lines.push(`  and ${figure(problems.length - mostProblems)} more, which the report names`)
  }
  return [[terminal.style(['bold', 'red'], 'the run itself falls short'), ...lines].join('\n')]
}

function failuresOf(report: Report, terminal: Terminal): readonly string[] {
  const columns = Math.min(terminal.columns, 100)
  const dim = (text: string) => terminal.style('dim', wrap(text, columns, '  '))
  const blocks: string[] = []
  let left = mostFailures
  for (const { properties, consequences } of rootsOf(report)) {
    if (left === 0) break
    const shown = properties.slice(0, Math.min(left, mostOfClause))
    left -= shown.length
    for (const property of shown) blocks.push(describeFailure(property, terminal))
    const notes: string[] = []
    if (properties.length > shown.length) {
      const names = properties.slice(shown.length).map(({ id }) => id.slice(id.indexOf('/') + 1))
      notes.push(dim(`beside it: ${names.join(', ')}`))
    }
    if (consequences.length > 0) {
      notes.push(dim(`put down to it: ${consequences.map(({ id }) => id).join(', ')}`))
    }
    if (notes.length > 0) blocks.push(notes.join('\n'))
  }
  if (left === 0) blocks.push(dim('whatever else does not conform is in the report'))
  const notRun = notRunOf(report)
  const lines = notRun
    .slice(0, mostNotRun)
    .map(([text, count]) => wrap(`${text}: ${plural(count, 'property', 'properties')}`, columns))
  const more = notRun.slice(mostNotRun)
  if (more.length > 0) {
    const count = more.reduce((sum, [, properties]) => sum + properties, 0)
    const reasons = plural(more.length, 'other reason')
    lines.push(wrap(`${plural(count, 'property', 'properties')} for ${reasons}`, columns))
  }
  return lines.length > 0 ? [...blocks, lines.join('\n')] : blocks
}

/** What the reader has to look at: failing clauses that no other explains, with what they explain. */
export function rootsOf(report: Report) {
  const known = new Set(report.known?.failing.map(({ property }) => property))
  const failing = report.clauses.filter(({ verdict }) => verdict !== 'conforms')
  return failing
    .filter(({ cause }) => cause === null)
    .map((clause) => ({
      clause,
      consequences: failing.filter(({ cause }) => cause === clause.id),
      properties: clause.properties.filter(
        ({ id, verdict }) => verdict.outcome !== 'conforms' && !isNotRun(verdict) && !known.has(id),
      ),
    }))
    .filter(({ properties }) => properties.length > 0)
}

/** Properties that gave no result at all, by outcome and reason: one line each says it. */
export function notRunOf({ clauses, known }: Report): readonly (readonly [string, number])[] {
  const expected = new Set(known?.failing.map(({ property }) => property))
  const counts = new Map<string, number>()
  for (const { id, verdict } of clauses.flatMap(({ properties }) => properties)) {
    if (!isNotRun(verdict) || expected.has(id)) continue
    const text = `${verdict.outcome}, ${visible(verdict.reason)}`
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts]
}

function isNotRun(verdict: Verdict): verdict is Extract<Verdict, { reason: string }> {
  return ['unsupported', 'not-run', 'interrupted'].includes(verdict.outcome)
}

function knownNotes({ known }: Report, terminal: Terminal): readonly string[] {
  if (known === null) return []
  const columns = Math.min(terminal.columns, 100)
  const lines = known.failing.map(({ property, reason }) =>
    wrap(`${property}: ${reason}`, columns, '  '),
  )
  const stale = known.stale.map(({ entry, problem }) => wrap(`${entry}: ${problem}`, columns, '  '))
  return [
    ...(lines.length > 0 ? [[terminal.style('bold', 'known to fail'), ...lines].join('\n')] : []),
    ...(stale.length > 0
      ? [[terminal.style(['bold', 'yellow'], `out of date in ${known.file}`), ...stale].join('\n')]
      : []),
  ]
}

function describeFailure({ id, title, verdict }: PropertyReport, terminal: Terminal): string {
  const columns = Math.min(terminal.columns, 100)
  const lines = [
    `${terminal.style(['bold', verdict.outcome === 'violates' ? 'red' : 'yellow'], verdict.outcome)}  ${id}`,
    wrap(title, columns, '  '),
    ...describeRows(rowsOf(verdict), columns),
  ]
  // A command is not broken, so that it can be copied whole.
  if ('replay' in verdict && verdict.replay)
    lines.push(`  ${terminal.style('cyan', verdict.replay)}`)
  return lines.join('\n')
}

/** Terms and what they are in two columns. */
export function describeRows(
  rows: readonly (readonly [string, string])[],
  columns: number,
): readonly string[] {
  return rows.flatMap(([term, text]) => {
    const [first = '', ...rest] = wrap(visible(text), columns - 14).split('\n')
    return [`  ${term.padEnd(12)}${first}`, ...rest.map((line) => ' '.repeat(14) + line)]
  })
}

type Rows = readonly (readonly [string, string])[]

/** The rows of a failure: the smallest case, what was expected, what came, what else is wrong. */
export function rowsOf(verdict: Verdict): Rows {
  if (verdict.outcome === 'conforms') return []
  const capsule = 'capsule' in verdict ? verdict.capsule : null
  const difference = verdict.outcome === 'violates' ? verdict.difference : null
  const found = rowsOfCase(capsule, difference, verdict.reason)
  const others = othersOf(verdict).map(
    ({ reason, cases }) => ['also', `${reason} (${plural(cases, 'case')})`] as const,
  )
  return [...found, ...operationsOf(verdict), ...diagnosesOf(verdict), ...others]
}

/** The rows of one finding: the case, and what is wrong with the answer to it. */
export function rowsOfCase(
  capsule: Capsule | null,
  difference: Difference | null,
  reason: string,
): Rows {
  const given = capsule === null ? [] : argumentsOf(capsule)
  if (difference === null) return [...given, ['reason', reason]]
  const { label, index, expected, actual, bound, sides } = difference
  const compared: Rows =
    sides === undefined
      ? [
          ['expected', precise(expected)],
          ['got', precise(actual)],
        ]
      : [
          ['one side', sideOf(actual, sides.actual)],
          ['the other', sideOf(expected, sides.expected)],
        ]
  const apart = `${figure(Math.abs(actual - expected))}; rounding explains up to ${figure(bound)}`
  return [...given, ['at', elementOf(label, index)], ...compared, ['off by', apart]]
}

/** A number and what it is, where that says more than the name of the row. */
function sideOf(value: number, name: string): string {
  return name === 'one side' || name === 'the other' ? precise(value) : `${precise(value)}, ${name}`
}

/** Which operation gave a wrong answer, where there was more than one question. */
function operationsOf(verdict: Verdict): Rows {
  const wrong = ('wrong' in verdict ? verdict.wrong : undefined) ?? []
  const asked = 'capsule' in verdict ? verdict.capsule?.questions : undefined
  return asked === undefined || asked.length < 2 || wrong.length === 0
    ? []
    : [['wrong is', wrong.join(', ')]]
}

function diagnosesOf(verdict: Verdict): Rows {
  if (verdict.outcome !== 'violates') return []
  const { diagnosis, candidates } = verdict
  if (diagnosis !== null) return [['diagnosis', diagnosis]]
  return candidates.length === 0 ? [] : [['diagnosis', `one of: ${candidates.join('; ')}`]]
}
