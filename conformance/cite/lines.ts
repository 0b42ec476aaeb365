import type { Lines } from '../../spec/language/clause.ts'

/** `notes, lines 24–28 and 32`; lines of an edition that is cited and not copied. */
export function notesLines(ranges: readonly Lines[]): string {
  const texts = ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`))
  const several = ranges.length > 1 || ranges.some(([first, last]) => first !== last)
  return `notes, line${several ? 's' : ''} ${texts.join(', ')}`
}
