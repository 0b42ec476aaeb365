import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../base/root.ts'
import type { Place } from './citations.ts'

/** The code that stands at a place, with the comment above it, moved to the left margin. */
export function excerptOf({ path, first, last }: Place): string {
  const lines = linesOf(path).slice(first - 1, last)
  const written = lines.filter((line) => line.trim() !== '')
  const margin = Math.min(...written.map((line) => line.length - line.trimStart().length))
  return lines.map((line) => line.slice(margin)).join('\n')
}

/** All of a file. */
export function fileOf(path: string): Place {
  const lines = linesOf(path)
  const last = lines.at(-1) === '' ? lines.length - 1 : lines.length
  return { path, line: 1, first: 1, last }
}

const contents = new Map<string, readonly string[]>()

/** The lines of a file, which the excerpts of many clauses are taken from. */
function linesOf(path: string): readonly string[] {
  const known = contents.get(path)
  if (known !== undefined) return known
  const lines = readFileSync(join(root, path), 'utf8').split(/\r?\n/)
  contents.set(path, lines)
  return lines
}
