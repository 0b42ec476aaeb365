import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'oxc-parser'

/** A part of the project, and what a file in it may import besides its own part. */
interface Part {
  readonly folder: string
  readonly imports: readonly string[]
  /** Packages, by the start of their names; `null` for any. */
  readonly packages: readonly string[] | null
}

/** The rooms of the harness: each imports from itself and from those before it. */
export const rooms = [
  'base',
  'protocol',
  'arbitraries',
  'engine',
  'kit',
  'properties',
  'suite',
  'cite',
  'findings',
  'experiments',
  'smoke',
  'vectors',
  'report',
  'adapters',
  'browser',
  'cli',
] as const

/** The chapters of the specification, which three of the trees have too. */
const areas = readdirSync(new URL('../../spec', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'language')
  .map(({ name }) => name)

/** Layers know no area, and no area knows another: what two of them need is a layer. */
function layered(tree: string, below: readonly string[], packages: readonly string[]): Part[] {
  const layers = { folder: `${tree}/layers`, imports: ['spec', ...below], packages }
  const each = areas.map((area): Part => {
    return { folder: `${tree}/${area}`, imports: [...layers.imports, layers.folder], packages }
  })
  return [layers, ...each]
}

const trees: readonly Part[] = [
  { folder: 'spec', imports: [], packages: [] },
  ...layered(
    'reference',
    ['reference/arithmetic', 'reference/matrix.ts', 'reference/reference.ts'],
    ['mathjs', 'ml-matrix'],
  ),
  { folder: 'reference', imports: ['spec'], packages: ['mathjs', 'ml-matrix'] },
  ...layered('impl', ['impl/operation.ts'], ['@tensorflow/']),
  { folder: 'impl', imports: ['spec'], packages: ['@tensorflow/', 'webgpu', 'node:'] },
]

/** What may be imported from where, in one table. */
export const parts: readonly Part[] = [
  ...trees,
  ...rooms.map((room, at): Part => {
    const before = rooms.slice(0, at).map((earlier) => `conformance/${earlier}`)
    // Only adapters open our own implementation; those who choose devices name them.
    const ours = ['adapters', 'browser', 'cli'].includes(room) ? ['impl'] : []
    const own = room === 'base' ? ['package.json'] : []
    return {
      folder: `conformance/${room}`,
      imports: ['spec', 'reference', ...ours, ...before, ...own],
      packages: null,
    }
  }),
]

/** One import of a file, as it stands there. */
interface Import {
  readonly specifier: string
  readonly line: number
}

/** The static and dynamic imports and re-exports of a source, those of types among them. */
export function importsOf(path: string, text: string): readonly Import[] {
  const { module } = parseSync(path, text)
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length
  const stated = module.staticImports.map(({ moduleRequest }) => moduleRequest)
  const passedOn = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest ?? []),
  )
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const written = /^'([^']*)'$/.exec(text.slice(start, end))?.[1]
    return written === undefined ? [] : [{ value: written, start }]
  })
  return [...stated, ...passedOn, ...dynamic].map(({ value, start }) => ({
    specifier: value,
    line: lineOf(start),
  }))
}

/** The imports of a source that its part of the project may not have, each with the rule. */
export function strayImports(path: string, text: string): readonly string[] {
  const part = parts.find(({ folder }) => path.startsWith(`${folder}/`))
  if (part === undefined) return []
  return importsOf(path, text).flatMap(({ specifier, line }) => {
    const rule = specifier.startsWith('.')
      ? fileRule(part, posix.join(posix.dirname(path), specifier))
      : packageRule(part, specifier)
    return rule === null ? [] : [`${path}:${line} imports ${specifier}: ${rule}`]
  })
}

function fileRule({ folder, imports }: Part, target: string): string | null {
  if ([folder, ...imports].some((allowed) => `${target}/`.startsWith(`${allowed}/`))) return null
  return `${folder} imports only from ${[...imports, 'itself'].join(', ')}`
}

function packageRule({ folder, packages }: Part, name: string): string | null {
  if (packages === null || packages.some((allowed) => name.startsWith(allowed))) return null
  return `${folder} imports ${packages.length === 0 ? 'no packages' : `no packages but ${packages.join(', ')}`}`
}

/** A circle of files that import each other, as a path that ends where it begins; `null` without one. */
export function circleIn(root: string, paths: readonly string[]): readonly string[] | null {
  const known = new Set(paths)
  const done = new Set<string>()
  const visit = (path: string, above: readonly string[]): readonly string[] | null => {
    if (above.includes(path)) return [...above.slice(above.indexOf(path)), path]
    if (done.has(path)) return null
    for (const { specifier } of importsOf(path, readFileSync(join(root, path), 'utf8'))) {
      const target = posix.join(posix.dirname(path), specifier)
      const circle = known.has(target) ? visit(target, [...above, path]) : null
      if (circle !== null) return circle
    }
    done.add(path)
    return null
  }
  for (const path of paths) {
    const circle = visit(path, [])
    if (circle !== null) return circle
  }
  return null
}
