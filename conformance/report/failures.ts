import type { Terminal } from '../base/terminal.ts'
import { plural, visible } from '../base/text.ts'
import { wrap } from '../base/wrap.ts'
import type { Capsule } from '../engine/capsule.ts'
import type { Problem } from '../suite/problems.ts'
import { describeRows, type Rows, rowsOfCase } from './rows.ts'

/** A row of the smallest case takes so many lines at most; the report has all of it. */
const mostLinesOfRow = 2

/** What is left out of a case first, where there is no room for all of it. */
const spare = ['smallest', 'off by', 'parameters']

/**
 * A distinct problem with the clauses that it shows in and its smallest case, in so many lines at most as
 * far as that is possible.
 */
export function problemLines(
  problem: Problem,
  terminal: Terminal,
  most = Number.POSITIVE_INFINITY,
): readonly string[] {
  let lines = linesWithout(problem, terminal, [])
  for (let i = 1; lines.length > most && i <= spare.length; i++) {
    lines = linesWithout(problem, terminal, spare.slice(0, i))
  }
  return lines
}

function linesWithout(
  problem: Problem,
  terminal: Terminal,
  omitted: readonly string[],
): readonly string[] {
  const columns = Math.min(terminal.columns, 100)
  const { property, capsule, difference, reason, replay } = problem.smallest
  const heading = wrap(headingOf(problem), columns, '  ').split('\n')
  const rows: Rows = [
    ['smallest', property.id],
    ...parametersTogether(
      rowsOfCase(capsule, difference, reason).filter(
        ([term]) => term !== 'reason' || !isSaid(problem),
      ),
      capsule,
    ),
  ]
  return [
    ...headed(heading.slice(0, 3), problem, terminal),
    terminal.style('dim', `  ${wherein(problem, columns - 2)}`),
    ...rows
      .filter(([term]) => !omitted.includes(term))
      .flatMap((row) => atMost(describeRows([row], columns), mostLinesOfRow)),
    // A command is not broken, so that it can be copied whole.
    ...(replay ? [`  ${terminal.style('cyan', replay)}`] : []),
  ]
}

/** The same in one line. */
export function problemLine(problem: Problem, terminal: Terminal): string {
  const columns = Math.min(terminal.columns, 100)
  const where = `, in ${plural(problem.clauses.length, 'clause')}`
  const text = cut(`  ${headingOf(problem).split('\n')[0]!}`, columns - where.length) + where
  return headed([text], problem, terminal)[0]!
}

/** Which operation, and what is wrong with it: `violates  cnn.conv2d: flips the kernel`. */
function headingOf({ outcome, operation, says }: Problem): string {
  return visible(`${outcome}  ${operation === null ? '' : `${operation}: `}${says}`)
}

/** The clauses that a problem shows in, as many by name as fit into a line, and how many cases. */
function wherein({ clauses, cases }: Problem, columns: number): string {
  const after = `: ${plural(cases, 'case')}`
  for (let shown = clauses.length; shown > 0; shown--) {
    const rest = clauses.length - shown
    const more = rest === 0 ? '' : ` and ${plural(rest, 'other clause')}`
    const text = `in ${clauses.slice(0, shown).join(', ')}${more}${after}`
    if (text.length <= columns) return text
  }
  return cut(`in ${clauses.join(', ')}`, columns)
}

/** The rows of a case with all of its parameters in one. */
function parametersTogether(rows: Rows, capsule: Capsule | null): Rows {
  const names = new Set(Object.keys(capsule?.parameters ?? {}))
  const isParameter = ([term]: Rows[number]) => names.has(term)
  const given = rows.filter(isParameter).map(([term, text]) => `${term} ${text}`)
  const first = rows.findIndex(isParameter)
  if (given.length < 2) return rows
  return rows.flatMap((row, i) =>
    i === first ? [['parameters', given.join(', ')] as const] : isParameter(row) ? [] : [row],
  )
}

/** Whether the message of the smallest case is what the problem itself says. */
function isSaid({ says, smallest: { reason } }: Problem): boolean {
  return reason.endsWith(says)
}

function headed(lines: readonly string[], { outcome }: Problem, terminal: Terminal) {
  const [first = '', ...rest] = lines
  const style = outcome === 'violates' ? 'red' : 'yellow'
  return [first.slice(2).replace(outcome, terminal.style(['bold', style], outcome)), ...rest]
}

function atMost(lines: readonly string[], most: number): readonly string[] {
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `${lines[most - 1]!.replace(/ ?\S*$/, '')} …`]
}

function cut(text: string, columns: number): string {
  return text.length > columns ? `${text.slice(0, columns - 1)}…` : text
}
