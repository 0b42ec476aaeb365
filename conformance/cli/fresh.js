import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('../..', import.meta.url))

/** What `dist` is built from: files, and the sources in folders. */
const origins = [
  'package.json',
  'scripts/build.js',
  'spec',
  'reference',
  'impl',
  'conformance',
  'scripts/citations',
]

/** Builds `dist` when a source has changed. */
export async function buildWhenStale() {
  if (!isStale(here)) return
  const { build } = await import('../../scripts/build.js')
  await build()
}

/**
 * Whether one of the sources that `dist` is built from was written after it, with other contents. Never where the
 * package is installed, complete and without the means to build, whatever the times of its files:
 * only a checkout has `tsconfig.json`.
 *
 * @public
 */
export function isStale(root) {
  if (timeOf(join(root, 'tsconfig.json')) === undefined) return false
  const entry = join(root, 'dist/touchstone.js')
  const built = timeOf(entry)
  if (built === undefined) return true
  const later = sourcesIn(root).some((file) => timeOf(`${root}/${file}`) > built)
  if (!later) return false
  // Whoever changes branches and comes back writes files that are as they were.
  if (digestOfSources(root) !== digestBuilt(root)) return true
  const now = new Date()
  utimesSync(entry, now, now)
  return false
}

/** A digest of the sources that `dist` is built from. */
export function digestOfSources(root) {
  const hash = createHash('sha256')
  for (const file of sourcesIn(root)) {
    const text = readFileSync(join(root, file))
    hash.update(`\0${file}\0${text.length}\0`).update(text)
  }
  return hash.digest('hex')
}

/** The digest that the last build has left. */
function digestBuilt(root) {
  try {
    return JSON.parse(readFileSync(join(root, 'dist/built.json'), 'utf8')).sources
  } catch {
    return null
  }
}

function sourcesIn(root) {
  return origins.flatMap((path) => {
    const isFolder = statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory()
    if (isFolder === undefined) return []
    return isFolder ? sourcesUnder(root, path) : [path]
  })
}

function sourcesUnder(root, folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return sourcesUnder(root, path)
      return /(?<!\.test)\.(tsx?|json)$/.test(entry.name) ? [path] : []
    })
}

/** When a file was written; `undefined` where it is not there. */
function timeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs
}
