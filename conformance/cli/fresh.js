import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
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
 * Whether `dist` is built from other sources than those that are there. Never where the package is installed, complete
 * and without the means to build: only a checkout has `tsconfig.json`.
 *
 * They are read where one of them has another time or size than when they were read last, or is new, or gone. That one
 * was written before the build says nothing: whoever copies a folder makes all of its files new, in any order.
 *
 * @public
 */
export function isStale(root) {
  if (statsOf(join(root, 'tsconfig.json')) === undefined) return false
  if (statsOf(join(root, 'dist/touchstone.js')) === undefined) return true
  const built = digestBuilt(root)
  const stamp = stampOfSources(root, built)
  const file = join(root, 'dist/stamp')
  if (stamp === textOf(file)) return false
  if (digestOfSources(root) !== built) return true
  remember(file, stamp)
  return false
}

/** When the sources were written and how long they are, and what was built: all that is looked at each time. */
function stampOfSources(root, built) {
  const hash = createHash('sha256').update(String(built))
  for (const file of sourcesIn(root)) {
    const { mtimeMs, size } = statsOf(`${root}/${file}`) ?? {}
    hash.update(`\0${file}\0${mtimeMs}\0${size}`)
  }
  return hash.digest('hex')
}

function remember(file, stamp) {
  const fresh = `${file}-${process.pid}`
  try {
    writeFileSync(fresh, stamp)
    renameSync(fresh, file)
  } catch {
    // Where nothing can be written, they are read each time.
  }
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
    return JSON.parse(textOf(join(root, 'dist/built.json'))).sources
  } catch {
    return null
  }
}

function sourcesIn(root) {
  return origins.flatMap((path) => {
    const isFolder = statsOf(join(root, path))?.isDirectory()
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

/** What a file is; `undefined` where it is not there. */
function statsOf(file) {
  return statSync(file, { throwIfNoEntry: false })
}

/** What a file says; `null` where it cannot be read. */
function textOf(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
