import { readFileSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { splitWords } from '../adapters/process/words.ts'
import { root } from '../base/root.ts'
import { definitionOf } from '../cite/places.ts'
import type { Report, Source } from '../suite/model.ts'
import { problemsOf } from '../suite/problems.ts'
import type { Chosen } from './implementation.ts'

/** A file longer than this is no source that somebody writes. */
const longest = 1 << 22

/** The same report with the places of the code of operations that are wrong, as far as they are known. */
export function withSources(report: Report, { specifier }: Pick<Chosen, 'specifier'>): Report {
  const wrong = problemsOf({ ...report, known: null }).map(({ operation }) => operation)
  const sources = [...new Set(wrong)].flatMap((operation) => {
    const source = operation === null ? null : sourceOf(operation, specifier)
    return source === null ? [] : [[operation, source] as const]
  })
  return sources.length === 0 ? report : { ...report, sources: Object.fromEntries(sources) }
}

/**
 * Where an operation is computed: ours where it is defined; of a module or a command, the first line of a file
 * that it names which has the id of the operation in quotes, or else its first line.
 */
function sourceOf(operation: string, specifier: string | null): Source | null {
  if (specifier === null || specifier.startsWith('touchstone:')) {
    const place = definitionOf(operation, 'impl')
    return place && { file: nearby(join(root, place.path)), line: place.line }
  }
  const files = wordsOf(specifier).filter(isSource)
  for (const file of files) {
    const lines = readFileSync(file, 'utf8').split('\n')
    const at = lines.findIndex((line) =>
      [`'${operation}'`, `"${operation}"`].some((id) => line.includes(id)),
    )
    if (at >= 0) return { file: nearby(file), line: at + 1 }
  }
  return files.length === 0 ? null : { file: nearby(files[0]!), line: 1 }
}

function wordsOf(specifier: string): readonly string[] {
  if (isSource(specifier)) return [specifier]
  try {
    return splitWords(specifier)
  } catch {
    return []
  }
}

/** Whether a word names a file of text below this folder, and no program of the machine. */
function isSource(word: string): boolean {
  const path = relative('', resolve(word))
  if (path === '' || path.startsWith('..') || !/\.\w+$/.test(path)) return false
  const there = statSync(path, { throwIfNoEntry: false })
  return there?.isFile() === true && there.size <= longest
}

function nearby(file: string): string {
  return relative('', resolve(file)).split(sep).join('/')
}
