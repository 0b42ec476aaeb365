import picomatch from 'picomatch'
import semver from 'semver'
import { UsageError } from '../base/errors.ts'
import { properties } from '../properties/index.ts'
import type { KnownOutcome, PropertyReport, Report } from './model.ts'
import { problemWith } from './schema.ts'

/** A failure that is known: which properties, of which implementation, and why. */
export interface KnownFailure {
  readonly clause?: string
  readonly property?: string
  readonly implementation?: string
  readonly versions?: string
  readonly reason: string
  readonly link?: string
}

export interface KnownFailures {
  readonly file: string
  readonly failures: readonly KnownFailure[]
}

/**
 * Reads a file of known failures.
 *
 * @throws {UsageError} it is no such file
 */
export function readKnown(text: string, file: string): KnownFailures {
  const wrong = (problem: string) =>
    new UsageError(`${file} is no file of known failures`, [problem])
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw wrong((error as SyntaxError).message)
  }
  const problem = problemWith('known', content)
  if (problem !== null) throw wrong(problem)
  const { failures } = content as { failures: readonly KnownFailure[] }
  for (const { versions } of failures) {
    if (versions !== undefined && semver.validRange(versions) === null) {
      throw wrong(`${versions} is no range of versions`)
    }
  }
  return { file, failures }
}

/** A run that was stopped or not made is nothing that one can know beforehand. */
const excusable = ['violates', 'errored', 'unstable', 'inconclusive', 'unsupported'] as const

/** The same report with what is known of its failures, and what the file says wrongly. */
export function withKnown(report: Report, { file, failures }: KnownFailures): Report {
  const reported = report.clauses.flatMap((clause) => clause.properties)
  const applicable = failures.filter((failure) =>
    isAbout(failure, report.environment.implementation),
  )
  const failing = reported.filter(isExcusable).flatMap((property) => {
    const entry = applicable.find((failure) => covers(failure)(property.id))
    if (entry === undefined) return []
    return [{ property: property.id, reason: entry.reason, link: entry.link ?? null }]
  })
  const stale: KnownOutcome['stale'][number][] = []
  for (const failure of applicable) {
    const covered = covers(failure)
    const entry = entryOf(failure)
    if (!properties.some(({ id }) => covered(id))) {
      stale.push({ entry, problem: 'it matches nothing in the specification' })
      continue
    }
    const tried = reported.filter(({ id }) => covered(id))
    if (tried.length > 0 && tried.every(({ verdict }) => verdict.outcome === 'conforms')) {
      stale.push({ entry, problem: 'what it matches conforms' })
    }
  }
  return { ...report, known: { file, failing, stale } }
}

/** Whether a failure of a property of an implementation is known. */
export function isKnown(
  { failures }: KnownFailures,
  implementation: { readonly name: string; readonly version: string },
  property: string,
): boolean {
  return failures.some((failure) => isAbout(failure, implementation) && covers(failure)(property))
}

function isExcusable({ verdict }: PropertyReport): boolean {
  return (excusable as readonly string[]).includes(verdict.outcome)
}

function entryOf({ clause, property, implementation, versions }: KnownFailure): string {
  return [property ?? clause, implementation, versions].filter((part) => part).join(' ')
}

function covers({ clause, property }: KnownFailure): (id: string) => boolean {
  if (property !== undefined) {
    const matches = picomatch(property, { dot: true })
    return (id) => matches(id)
  }
  const matches = picomatch(clause!, { dot: true })
  return (id) => matches(id.slice(0, id.indexOf('/')))
}

function isAbout(
  { implementation, versions }: KnownFailure,
  { name, version }: { readonly name: string; readonly version: string },
): boolean {
  // A name is no path: a star stands for slashes, too.
  if (
    implementation !== undefined &&
    !picomatch.isMatch(name, implementation, { dot: true, bash: true })
  ) {
    return false
  }
  if (versions === undefined) return true
  const parsed = semver.parse(version, { loose: true }) ?? semver.coerce(version)
  return parsed !== null && semver.satisfies(parsed, versions, { includePrerelease: true })
}
