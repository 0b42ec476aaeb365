import { onDevice, visible } from '../base/text.ts'
import type { PropertyReport, Report, ReportedClause } from '../suite/model.ts'
import { suiteProblems } from '../suite/verdict.ts'
import { named } from './named.ts'
import { rowsOf } from './rows.ts'

/**
 * The reports as JUnit XML: an implementation is a suite, a property a case. What violates is a
 * failure, what ended otherwise an error. Skipped is a failure that is known beforehand, and what is not
 * provided or of which no case is taken, unless everything is required.
 */
export function junitOf(reports: readonly Report[]): string {
  const suites = reports.map(named).map(suiteOf)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="touchstone">\n${suites.join('\n')}\n</testsuites>\n`
}

function suiteOf(report: Report): string {
  const { environment, summary, clauses, known } = report
  const { name, version } = environment.implementation
  const properties = clauses.flatMap((clause) => clause.properties)
  const excuses = new Map([
    ...(environment.require === 'all' ? [] : properties.flatMap(leftOut)),
    ...(known?.failing.map(({ property, reason }) => [property, `known: ${reason}`] as const) ??
      []),
  ])
  const open = properties.filter(({ id }) => !excuses.has(id))
  const failures = open.filter(({ verdict }) => verdict.outcome === 'violates').length
  const passed = open.filter(({ verdict }) => verdict.outcome === 'conforms').length
  const problems = suiteProblems(report)
  const attributes = attributesOf({
    name: `${name} ${version} ${onDevice(environment.device)}`,
    tests: properties.length + problems.length,
    failures: failures + problems.length,
    errors: open.length - failures - passed,
    skipped: excuses.size,
    time: summary.seconds.toFixed(3),
    timestamp: environment.startedAt,
  })
  const about = { seed: environment.seed, runs: environment.runs, commit: environment.commit ?? '' }
  return [
    `  <testsuite${attributes}>`,
    '    <properties>',
    ...Object.entries({ ...about, ...environment.versions }).map(
      ([key, value]) => `      <property${attributesOf({ name: key, value })}/>`,
    ),
    '    </properties>',
    ...clauses.flatMap((clause) =>
      clause.properties.map((property) => caseOf(clause, property, excuses.get(property.id))),
    ),
    ...problems.map(
      (problem) =>
        `    <testcase${attributesOf({ classname: 'touchstone.suite', name: problem })}><failure${attributesOf({ message: problem })}/></testcase>`,
    ),
    '  </testsuite>',
  ].join('\n')
}

/** Why a property is skipped that an implementation does not provide, or takes no case of. */
function leftOut({ id, verdict }: PropertyReport): readonly (readonly [string, string])[] {
  return verdict.outcome === 'unsupported' || verdict.outcome === 'declined'
    ? [[id, `${verdict.outcome}: ${verdict.reason}`]]
    : []
}

function caseOf(clause: ReportedClause, property: PropertyReport, excuse?: string): string {
  const { id, title, verdict, seconds } = property
  const name = `${id.slice(id.indexOf('/') + 1)}: ${title}`
  const head = `    <testcase${attributesOf({ classname: clause.id, name, time: seconds.toFixed(3) })}`
  if (verdict.outcome === 'conforms') return `${head}/>`
  if (excuse !== undefined) {
    return `${head}><skipped${attributesOf({ message: excuse })}/></testcase>`
  }
  const element = verdict.outcome === 'violates' ? 'failure' : 'error'
  const lines = rowsOf(verdict).map(([term, text]) => `${term}: ${text}`)
  if ('replay' in verdict && verdict.replay) lines.push(verdict.replay)
  if (clause.cause !== null) lines.push(`put down to ${clause.cause}`)
  const attributes = attributesOf({ type: verdict.outcome, message: verdict.reason })
  return `${head}><${element}${attributes}>${escaped(lines.join('\n'))}</${element}></testcase>`
}

function attributesOf(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replace(/\s/g, ' ')}"`)
    .join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text for XML, in which control characters are not allowed even when escaped. */
function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (mark) => entities[mark]!)
}
