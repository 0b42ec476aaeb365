import { linesOf, type Place } from './sources.ts'

/** Some lines of the sources, from a line number on. */
export interface Excerpt {
  readonly path: string
  readonly first: number
  readonly last: number
  readonly code: string
}

/**
 * The whole definition around a place, with the comment before it. Definitions are told by their
 * indentation, which the formatter of the project guarantees.
 */
export function excerptAt({ path, line }: Place): Excerpt {
  const lines = linesOf(path)
  let start = line - 1
  const isOpening = (text: string) => /^\s*(export |const |function |properties\()/.test(text)
  while (start > 0 && !isOpening(lines[start]!)) start--
  const depth = indentation(lines[start]!)

  let end = start
  if (!isComplete(lines[start]!)) {
    do end++
    while (
      end < lines.length - 1 &&
      !(
        indentation(lines[end]!) <= depth &&
        /^\s*[\])}]/.test(lines[end]!) &&
        !/[([{]$/.test(lines[end]!)
      )
    )
  }

  if (
    /^\s*\*\/$/.test(lines[start - 1] ?? '') ||
    /^\s*\/\*\*.*\*\/$/.test(lines[start - 1] ?? '')
  ) {
    do start--
    while (start > 0 && !/^\s*\/\*\*/.test(lines[start]!))
  }
  const taken = lines.slice(start, end + 1)
  const common = Math.min(...taken.filter((text) => text !== '').map(indentation))
  const code = taken.map((text) => text.slice(common)).join('\n')
  return { path, first: start + 1, last: end + 1, code }
}

function indentation(line: string): number {
  return line === '' ? Number.POSITIVE_INFINITY : line.length - line.trimStart().length
}

/** Whether a definition ends in the line in which it begins. */
function isComplete(line: string): boolean {
  return !/[([{=,>]$/.test(line.trimEnd())
}
