import { plural, visible } from '../base/text.ts'
import type { Problem } from '../suite/problems.ts'
import { rowsOfCase } from './rows.ts'

/** A row of a case has so many characters at most, and a message so many rows. */
const [longestRow, mostRows] = [160, 12]

/** A distinct problem as plain text: what it is, where it shows, its smallest case and the command for it. */
export function problemInWords({ operation, says, clauses, smallest }: Problem): string {
  const { property, capsule, difference, reason, replay } = smallest
  const [first, ...others] = clauses
  const about = operation === null ? '' : `${operation}: `
  const more = others.length === 0 ? '' : ` and ${plural(others.length, 'other clause')}`
  const rows = [['smallest', property.id] as const, ...rowsOfCase(capsule, difference, reason)]
  return [
    `${cut(`${about}${says}`)}, in ${first}${more}`,
    ...rows.slice(0, mostRows).map(([term, text]) => `${term}: ${cut(text)}`),
    ...(replay ? [visible(replay)] : []),
  ].join('\n')
}

function cut(text: string): string {
  const line = visible(text).replace(/\s+/g, ' ')
  return line.length > longestRow ? `${line.slice(0, longestRow)} …` : line
}
