import { clauses } from '../../spec/index.ts'
import type { Clause, Lines } from '../../spec/language/clause.ts'
import { ledger, lineCount } from '../../spec/notes.ts'
import { UsageError } from '../base/errors.ts'
import { notesLines } from '../cite/lines.ts'

/**
 * The clauses that some lines of the notes belong to, by their statement or by an erratum.
 *
 * @throws {UsageError} the notes have no such lines
 */
export function clausesOfLines(lines: Lines): readonly Clause[] {
  const [first, last] = lines
  if (first < 1 || last < first || last > lineCount) {
    throw new UsageError(`the notes have the lines 1 to ${lineCount}`)
  }
  const all: readonly Clause[] = clauses
  return all.filter(({ source, errata }) =>
    [...source.notes, ...errata.map((erratum) => erratum.lines)].some(
      ([from, to]) => from <= last && first <= to,
    ),
  )
}

/** Why lines of the notes have no clause, as the ledger says it. */
export function whyNone([first, last]: Lines): string {
  const accounts = ledger(clauses)
  return accounts
    .slice(first, last + 1)
    .map((account, at) => {
      const line = notesLines([[first + at, first + at]])
      if (account.kind === 'informative') return `${line}: no clause, ${account.reason}`
      return `${line}: no clause`
    })
    .join('\n')
}
