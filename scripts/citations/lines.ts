import type { Comment } from 'oxc-parser'
import type { Place } from '../../conformance/cite/citations.ts'

/** A part of a text, from one offset up to another. */
export interface Part {
  readonly start: number
  readonly end: number
}

/**
 * The lines of a part, from the comments on that touch it from above. A comment belongs to what
 * follows unless an empty line, or code, comes between them.
 */
export function placeIn(
  path: string,
  text: string,
  comments: readonly Comment[],
): (part: Part) => Place {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const lineOf = (offset: number) => starts.findLastIndex((start) => start <= offset) + 1
  const isBlank = (from: number, to: number) => text.slice(from, to).trim() === ''

  return ({ start, end }) => {
    const line = lineOf(start)
    let first = line
    for (const comment of comments.toReversed()) {
      const below = starts[first - 1]!
      if (comment.end > below) continue
      const opening = lineOf(comment.start)
      const touches = lineOf(comment.end) === first - 1 && isBlank(comment.end, below)
      if (!touches || !isBlank(starts[opening - 1]!, comment.start)) break
      first = opening
    }
    return { path, line, first, last: lineOf(end - 1) }
  }
}
