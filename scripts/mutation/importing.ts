import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import picomatch from 'picomatch'
import { root } from '../../conformance/base/root.ts'
import { importsOf } from '../tree/directions.ts'

/** What lies beside the areas of a tree, and is computed for several of them. */
const shared: readonly string[] = ['layers', 'arithmetic', 'device']

/** The areas of `impl` or `reference` of which a file imports one of some files, at once or by way of others. */
export function areasImporting(folder: string, files: string): readonly string[] {
  const [tree] = folder.split('/') as [string]
  const paths = readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(tree, path.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  const importers = new Map<string, string[]>()
  for (const path of paths) {
    for (const { specifier } of importsOf(path, readFileSync(join(root, path), 'utf8'))) {
      const target = posix.join(posix.dirname(path), specifier)
      importers.set(target, [...(importers.get(target) ?? []), path])
    }
  }
  const isAsked = picomatch(`${folder}/${files}`)
  const reached = new Set(paths.filter((path) => isAsked(path)))
  for (const path of reached) for (const next of importers.get(path) ?? []) reached.add(next)
  const areas = [...reached].flatMap((path) => {
    const [, area, file] = path.split('/')
    return file === undefined || shared.includes(area!) ? [] : [area!]
  })
  return [...new Set(areas)].toSorted()
}
