import type { Terminal } from '../base/terminal.ts'
import { figure, plural, visible } from '../base/text.ts'
import { wrap } from '../base/wrap.ts'
import type { Report } from '../suite/model.ts'
import { type Problem, problemsOf } from '../suite/problems.ts'
import { isWhole, suiteProblems, unreached } from '../suite/verdict.ts'
import { problemLine, problemLines } from './failures.ts'
import { aidNotes } from './first-aid.ts'
import { hintsOf } from './hints.ts'
import { withoutResult } from './silence.ts'
import { adviceOnTime, timeIn } from './time.ts'
import { declinesIn, missingIn, othersIn, scopeNote, totalsOf, withNames } from './totals.ts'

/** So many lines at most, so that with what stands before and after all is on one screen of 40. */
const mostLines = 34

/** So many problems have at least a line of their own before others are shown with their cases. */
const mostHeadings = 5

/** At most this many lines say why properties gave no result, what falls short, and what is known to fail. */
const [mostSilent, mostShort, mostKnown] = [3, 4, 4]

/**
 * The end of a run on one screen: of what is provided, what conforms and what is declined; then the
 * distinct problems, the first with their smallest cases; the report has all of it.
 */
export function describe(report: Report, terminal: Terminal, most = mostLines): string {
  const blocks = [
    figuresOf(report, terminal),
    ...aidNotes(report, terminal),
    ...suiteNotes(report, terminal),
  ]
  const after = [
    ...silentNotes(report, terminal),
    ...knownNotes(report, terminal),
    ...hintNotes(report, terminal),
  ]
  const used = lineCount([...blocks, ...after])
  return [...blocks, ...problemsIn(report, terminal, most - used), ...after].join('\n\n')
}

/** Lines of blocks with an empty one after each. */
function lineCount(blocks: readonly string[]): number {
  return blocks.reduce((sum, block) => sum + block.split('\n').length + 1, 0)
}

function figuresOf(report: Report, terminal: Terminal): string {
  const { summary } = report
  const columns = Math.min(terminal.columns, 100)
  const share = (part: number, whole: number) => {
    const text = `${figure(part)} of ${figure(whole)}`
    return part === whole && whole > 0 ? terminal.style('green', text) : terminal.style('red', text)
  }
  const { clauses, properties, partly, declinedClauses } = totalsOf(report)
  const inPart = partly === 0 ? '' : `, ${figure(partly)} in part`
  const [declines, time] = [declinesIn(report), timeIn(report)]
  const declined = (count: number) => (count === 0 ? '' : `, ${figure(count)} declined`)
  const rows: readonly (readonly [string, string])[] = [
    [
      'clauses',
      `${share(clauses.conforming, clauses.of)} conform${scopeNote(report)}${inPart}${declined(declinedClauses)}`,
    ],
    [
      'properties',
      [`${share(properties.conforming, properties.of)} conform`, ...othersIn(report)].join(', '),
    ],
    ...(declines === null ? [] : [['declines', declines] as const]),
    ['cases', `${figure(summary.cases)} in ${summary.seconds.toFixed(1)} s${openNote(summary)}`],
    ...(time === null ? [] : [['time', time] as const]),
    ['faults', `${share(summary.faultsKilled, summary.faults)} noticed`],
    [
      'classes',
      `${figure(summary.classesReached)} of ${figure(summary.classes)} reached${declined(summary.classesDeclined)}`,
    ],
    [
      'pairs',
      `${figure(summary.pairsReached)} of ${figure(summary.pairs)} reached${declined(summary.pairsDeclined)}`,
    ],
    ['bounds', `at most ${figure(summary.worstUtilization)} of a bound was used up`],
    [
      'notes',
      `${figure(summary.writtenLinesAccounted)} of ${figure(summary.writtenLines)} written lines accounted for`,
    ],
  ]
  const missing = missingIn(report, 2 * columns - 24)
  const lines = rows.map(([name, text]) => {
    const [first, ...rest] = wrapped(text, columns - 14)
    return [`  ${name.padEnd(12)}${first}`, ...rest.map((line) => ' '.repeat(14) + line)].join('\n')
  })
  return [...lines, ...(missing === null ? [] : [wrap(missing, columns, '  ')])].join('\n')
}

/** Lines of a text in which no number is parted from its sign. */
function wrapped(text: string, columns: number): readonly string[] {
  const space = '\u00a0'
  const lines = wrap(text.replaceAll(' %', `${space}%`), columns).split('\n')
  return lines.map((line) => line.replaceAll(space, ' '))
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
  if (problems.length === 0) {
    return missed.length === 0
      ? []
      : [`  ${plural(missed.length, 'class', 'classes')} of cases not reached${after}`]
  }
  const lines = problems.map((problem) => wrap(problem, columns, '  '))
  const heading = terminal.style(['bold', 'red'], 'the run itself falls short')
  return [[heading, ...few(lines, mostShort)].join('\n')]
}

/** The distinct problems in so many lines: as many as fit with their smallest cases, others in a line. */
function problemsIn(report: Report, terminal: Terminal, most: number): readonly string[] {
  const problems = problemsOf(report)
  const blocks: string[] = problems.length > 1 ? [plural(problems.length, 'distinct problem')] : []
  const short: Problem[] = []
  // Nothing stands after the last line.
  let left = most + 1 - 2 * blocks.length
  for (const [i, problem] of problems.entries()) {
    // One line for each of the others, and an empty one after them.
    const others = Math.min(problems.length - i - 1, mostHeadings)
    const room = left - 1 - (others > 0 ? others + 1 : 0)
    const lines = problemLines(problem, terminal, room)
    const fits = lines.length <= room
    if (i > 0 && (short.length > 0 || !fits)) short.push(problem)
    else {
      blocks.push(lines.join('\n'))
      left -= lines.length + 1
    }
  }
  if (short.length > 0) {
    const lines = short.map((problem) => problemLine(problem, terminal))
    blocks.push(few(lines, Math.max(1, left - 1)).join('\n'))
  }
  return blocks
}

/** Properties that gave no result at all, by outcome and reason: one line each says it. */
function silentNotes(report: Report, terminal: Terminal): readonly string[] {
  const columns = Math.min(terminal.columns, 100)
  const lines = withoutResult(report).map(([text, ids]) => {
    const head = `${visible(text)}: ${plural(ids.length, 'property', 'properties')}, `
    return wrap(withNames(head, ids, 2 * columns - 24), columns, '  ')
  })
  const advice = adviceOnTime(report)
  const after = advice === null ? [] : [wrap(advice, columns, '  ')]
  return lines.length === 0 ? [] : [[...few(lines, mostSilent), ...after].join('\n')]
}

function hintNotes(report: Report, terminal: Terminal): readonly string[] {
  const columns = Math.min(terminal.columns, 100)
  const lines = hintsOf(report).map((hint) => wrap(hint, columns, '  '))
  return lines.length === 0 ? [] : [lines.join('\n')]
}

function knownNotes({ known }: Report, terminal: Terminal): readonly string[] {
  if (known === null) return []
  const columns = Math.min(terminal.columns, 100)
  const lines = known.failing.map(({ property, reason }) =>
    wrap(`${property}: ${reason}`, columns, '  '),
  )
  const stale = known.stale.map(({ entry, problem }) => wrap(`${entry}: ${problem}`, columns, '  '))
  const block = (
    style: Parameters<Terminal['style']>[0],
    title: string,
    lines: readonly string[],
  ) =>
    lines.length === 0 ? [] : [[terminal.style(style, title), ...few(lines, mostKnown)].join('\n')]
  return [
    ...block('bold', 'known to fail', lines),
    ...block(['bold', 'yellow'], `out of date in ${known.file}`, stale),
  ]
}

/** So many lines at most; the last one says how many more there are. */
export function few(lines: readonly string[], most: number): readonly string[] {
  if (lines.length <= most) return lines
  const shown = lines.slice(0, most - 1)
  return [...shown, `  and ${figure(lines.length - shown.length)} more, which the report has`]
}
