import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Clause } from '../../spec/language/clause.ts'
import { root } from '../base/root.ts'

/** A place in the sources, as `path:line`. */
export interface Place {
  readonly path: string
  readonly line: number
}

/** Where a topic is written down, computed, made fast and proved. */
export interface Places {
  /** The clause itself. */
  readonly clause: Place | null
  readonly operations: readonly {
    readonly id: string
    readonly spec: Place | null
    readonly reference: Place | null
    readonly impl: Place | null
  }[]
  readonly properties: Place | null
}

/** Finds a clause, its operations and its evidence in the four trees, by their ids. */
export function placesOf(clause: Clause): Places {
  const place = definitionOf('clause', clause.id)
  return {
    clause: place,
    operations: clause.operations.map(({ id }) => {
      const spec = definitionOf('operation', id)
      const name = id.slice(id.indexOf('.') + 1)
      const definition = new RegExp(`export (const|function) ${name}\\b`)
      const mirrored = (tree: string) => spec && placeOf([mirror(spec.path, tree)], definition)
      return { id, spec, reference: mirrored('reference'), impl: mirrored('impl') }
    }),
    properties: place && propertiesAt(place),
  }
}

/** Where the properties of a clause are listed: in `properties(theClause, …)`. */
function propertiesAt(clause: Place): Place | null {
  const above = linesOf(clause.path).slice(0, clause.line).toReversed()
  const declared = above.map((line) => /const (\w+)\b.* = /.exec(line)?.[1])
  const name = declared.find((candidate) => candidate !== undefined)
  if (name === undefined) return null
  for (const path of evidenceOf(mirror(clause.path, 'conformance/properties'))) {
    const text = linesOf(path).join('\n')
    // Imported under its own name, or renamed: `import { forward as convolution }`.
    const alias = new RegExp(`[{,]\\s*${name} as (\\w+)`).exec(text)?.[1] ?? name
    const at = text.search(new RegExp(`\\bproperties\\(\\s*${alias}\\b`))
    if (at >= 0) return { path, line: text.slice(0, at).split('\n').length }
  }
  return null
}

/** The clauses that are stated, computed, made fast or proved in a file. */
export function clausesIn(file: string, clauses: readonly Clause[]): readonly Clause[] {
  const stem =
    /(?:^|\/)(?:spec|reference|impl|properties)\/([^/]+\/[^/]+?)(?:\.test)?\.ts(?::\d+)?$/
  const topic = stem.exec(file.replaceAll('\\', '/'))?.[1]
  if (topic === undefined) return []
  const path = `spec/${topic}.ts`
  return clauses.filter((clause) => {
    const { clause: place, operations } = placesOf(clause)
    return place?.path === path || operations.some(({ spec }) => spec?.path === path)
  })
}

/** The files of the area that an id belongs to. */
function topicsOf(id: string): readonly string[] {
  const folder = `spec/${id.slice(0, id.indexOf('.'))}`
  const path = join(root, folder)
  return existsSync(path)
    ? readdirSync(path)
        .toSorted()
        .map((file) => `${folder}/${file}`)
    : []
}

/** A file of properties and those beside it that carry its name: `descent.ts`, `descent-transient.ts`. */
function evidenceOf(path: string): readonly string[] {
  const [folder, stem] = [dirname(path), basename(path, '.ts')]
  const beside = existsSync(join(root, folder)) ? readdirSync(join(root, folder)).toSorted() : []
  return [path, ...beside.filter((f) => f.startsWith(`${stem}-`)).map((f) => `${folder}/${f}`)]
}

function mirror(path: string, tree: string): string {
  return path.replace(/^spec\//, `${tree}/`)
}

const contents = new Map<string, readonly string[]>()

/** The lines of a file of the sources; none when there is no such file. */
export function linesOf(path: string): readonly string[] {
  let lines = contents.get(path)
  if (lines === undefined) {
    const file = join(root, path)
    lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    contents.set(path, lines)
  }
  return lines
}

/** Where `clause({ id: … })` or `operation({ id: … })` stands; a clause and an operation may share an id. */
function definitionOf(kind: 'clause' | 'operation', id: string): Place | null {
  const opening = new RegExp(`\\b${kind}\\(\\{$`)
  for (const path of topicsOf(id)) {
    const lines = linesOf(path)
    const found = lines.findIndex(
      (line, at) => line.includes(`id: '${id}'`) && opening.test(lines[at - 1] ?? ''),
    )
    if (found >= 0) return { path, line: found + 1 }
  }
  // The signature of a gradient follows from another, and its id with it.
  const name = id.slice(id.indexOf('.') + 1)
  return kind === 'operation' ? placeOf(topicsOf(id), new RegExp(`export const ${name}\\b`)) : null
}

function placeOf(paths: readonly string[], pattern: RegExp): Place | null {
  for (const path of paths) {
    const found = linesOf(path).findIndex((line) => pattern.test(line))
    if (found >= 0) return { path, line: found + 1 }
  }
  return null
}
