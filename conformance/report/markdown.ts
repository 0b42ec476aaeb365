import { code, escaped as escapedAll, fenced, folded, listed, table } from '../base/markdown.ts'
import { figure, onDevice, percent, plural } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { type Problem, problemsOf } from '../suite/problems.ts'
import { passes, suiteProblems } from '../suite/verdict.ts'
import { aidInWords, groupsOf } from './first-aid.ts'
import { mark, overviewOf } from './markdown-overview.ts'
import { named } from './named.ts'
import { rowsOfCase } from './rows.ts'
import { withoutResult } from './silence.ts'
import { timeIn } from './time.ts'
import { declinesIn, missingIn, scopeNote, totalsOf } from './totals.ts'

/** GitHub takes 65,536 characters for a comment; what stands around it needs some as well. */
const mostCharacters = 60_000

/** A row of a case has so many characters at most, and what is said in a line. */
const [longestRow, longestLine] = [240, 400]
const escaped = (text: string) => escapedAll(text, longestLine)

/**
 * The reports as Markdown, for a pull request, a summary of a job, an issue: how it came out, then what is
 * wrong, a line each; cases, commands and figures open when they are asked for.
 */
export function markdownOf(reports: readonly Report[]): string {
  const sizes = [10, 3, 1, 0].map((cases) => textOf(reports.map(named), cases))
  return sizes.find(({ length }) => length <= mostCharacters) ?? sizes.at(-1)!
}

function textOf(reports: readonly Report[], cases: number): string {
  if (reports.length === 1) return `${sectionOf(reports[0]!, cases).join('\n')}\n`
  const failing = reports.filter((report) => !passes(report))
  const sections = failing.map((report) => sectionOf(report, cases).join('\n'))
  return `${[overviewOf(reports).join('\n'), ...sections].join('\n\n')}\n`
}

function sectionOf(report: Report, cases: number): readonly string[] {
  const problems = problemsOf(report)
  const { properties } = totalsOf(report)
  const shown = problems.slice(0, cases)
  return [
    `### ${mark(report)} ${escaped(nameOf(report))}`,
    '',
    `${outcomeOf(report, problems)}, ${escaped(onDevice(report.environment.device))}.`,
    ...urgentIn(report),
    ...listed(problems.map(problemLine)),
    ...silentIn(report),
    ...folded(
      shown.length < problems.length
        ? `The smallest cases of the first ${figure(shown.length)}`
        : 'The smallest cases',
      shown.flatMap(caseOf),
    ),
    ...folded(
      `Figures: ${figure(report.summary.cases)} cases of ${plural(properties.of, 'property', 'properties')}`,
      figuresOf(report),
    ),
  ]
}

/** What makes a run no pass beside what violates, and what explains the most. */
function urgentIn(report: Report): readonly string[] {
  const { environment, firstAid = [] } = report
  return [
    ...(environment.mismatch === null ? [] : ['', `**${escaped(environment.mismatch)}**`]),
    ...groupsOf(firstAid).flatMap((group) => ['', `First aid: ${escaped(aidInWords(group))}.`]),
    ...listed(suiteProblems(report).map((problem) => `**${escaped(problem)}**`)),
  ]
}

/** Why properties gave no result, a line for each reason. */
function silentIn(report: Report): readonly string[] {
  const silent = withoutResult(report).map(
    ([text, ids]) => `${escaped(text)}: ${plural(ids.length, 'property', 'properties')}`,
  )
  return listed(silent, 3)
}

/** What a reader asks for second: how much was checked, what was left out, what is known. */
function figuresOf(report: Report): readonly string[] {
  const { environment, summary, known } = report
  const { properties } = totalsOf(report)
  const share = (part: number, whole: number) => `${figure(part)} of ${figure(whole)}`
  const sentences = [
    ['The time', timeIn(report)],
    ['It declines', declinesIn(report)],
    ['Of the operations', missingIn(report, 200)],
  ] as const
  const failing = (known?.failing ?? []).map(
    ({ property, reason }) => `${code(property)} is known to fail: ${escaped(reason)}`,
  )
  const stale = (known?.stale ?? []).map(
    ({ entry, problem }) => `the known failure ${code(entry)} is out of date: ${escaped(problem)}`,
  )
  return [
    ...table(
      ['properties', 'faults noticed', 'classes reached', 'of a bound, at most', 'seed', 'seconds'],
      [
        [
          share(properties.conforming, properties.of),
          share(summary.faultsKilled, summary.faults),
          share(summary.classesReached, summary.classes),
          percent(summary.worstUtilization, 1),
          String(environment.seed),
          summary.seconds.toFixed(1),
        ],
      ],
    ),
    ...sentences.flatMap(([head, text]) =>
      text === null ? [] : ['', `${head} ${escaped(text)}.`],
    ),
    ...listed(failing),
    ...listed(stale),
  ]
}

function nameOf({ environment: { implementation } }: Report): string {
  return `${implementation.name} ${implementation.version}`
}

function outcomeOf(report: Report, problems: readonly Problem[]): string {
  const { clauses } = totalsOf(report)
  const known = report.known?.failing.length ?? 0
  return [
    `**${figure(clauses.conforming)} of ${plural(clauses.of, 'clause')} conform**${scopeNote(report)}`,
    ...(problems.length > 0 ? [`**${plural(problems.length, 'distinct problem')}**`] : []),
    ...(known > 0 ? [`${plural(known, 'property', 'properties')} known to fail`] : []),
  ].join(', ')
}

function problemLine({ outcome, operation, says, clauses }: Problem): string {
  const about = operation === null ? '' : ` ${code(operation)}:`
  const [first, ...others] = clauses
  const more = others.length === 0 ? '' : ` and ${plural(others.length, 'other clause')}`
  return `**${outcome}**${about} ${escaped(says)}, in ${code(first!)}${more}`
}

/** A problem with its smallest case, and the command that tries it again. */
function caseOf({ operation, says, smallest }: Problem): readonly string[] {
  const { property, capsule, difference, reason, replay } = smallest
  const about = operation === null ? '' : `${code(operation)}: `
  const rows = [['smallest', property.id] as const, ...rowsOfCase(capsule, difference, reason)]
  return [
    `#### ${about}${escaped(says)}`,
    '',
    ...rows.map(([term, text]) => `- ${term}: ${code(text, longestRow)}`),
    ...(replay ? ['', fenced(replay)] : []),
    '',
  ]
}
