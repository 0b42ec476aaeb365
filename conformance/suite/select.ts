import picomatch from 'picomatch'
import { operationById } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { UsageError } from '../base/errors.ts'
import { nearest } from '../base/nearest.ts'

/** The clauses whose ids match any of some globs, in the order of the specification. */
export function selectClauses(
  clauses: readonly Clause[],
  globs: readonly string[],
): readonly Clause[] {
  const patterns = globs.flatMap(splitOutsideBraces).filter((glob) => glob !== '')
  if (patterns.length === 0) return clauses
  const matchers = patterns.map((pattern) => {
    const matches = picomatch(pattern, { dot: true })
    if (!clauses.some(({ id }) => matches(id))) throw unknownClause(pattern, clauses)
    return matches
  })
  return clauses.filter(({ id }) => matchers.some((matches) => matches(id)))
}

/** `a.*,b.{c,d}` is two globs. */
function splitOutsideBraces(globs: string): string[] {
  return globs.split(/,(?![^{]*\})/).map((glob) => glob.trim())
}

/** The error for a clause that does not exist, with those whose names are closest. */
function unknownClause(pattern: string, clauses: readonly Clause[]): UsageError {
  const operation = operationById(pattern)
  if (operation) {
    const about = clauses.filter(({ operations }) => operations.some(({ id }) => id === pattern))
    return new UsageError(`${pattern} is an operation, not a clause`, [
      'the clauses about it are',
      ...about.map(({ id }) => `  ${id}`),
      `touchstone show ${pattern} shows it`,
    ])
  }
  const ids = clauses.map(({ id }) => id)
  const isGlob = /[*?{[]/.test(pattern)
  const near = isGlob ? nearestGlobs(pattern, ids) : nearest(pattern, ids)
  return new UsageError(`${isGlob ? 'no clause matches' : 'there is no clause'} ${pattern}`, [
    ...(near.length > 0 ? ['did you mean', ...near.map((id) => `  ${id}`)] : []),
    'touchstone list shows all clauses',
  ])
}

/** Globs that match something and begin like another: `cnn.conv2d.*` for `cnn.convd2.*`. */
function nearestGlobs(pattern: string, ids: readonly string[]): readonly string[] {
  const [head = ''] = pattern.split(/[*?{[]/)
  const depth = head.split('.').length - 1
  const heads = ids.map((id) => `${id.split('.').slice(0, Math.max(1, depth)).join('.')}.`)
  return nearest(head, [...new Set(heads)]).map((start) => `${start}*`)
}
