import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('../..', import.meta.url))

/** Builds `dist` when a source is newer. */
export async function buildWhenStale() {
  if (!isStale(here)) return
  const { build } = await import('../../scripts/build.js')
  await build()
}

/**
 * Whether one of the sources that `dist` is built from was written after it. Never where the
 * package is installed, complete and without the means to build, whatever the times of its files:
 * only a checkout has `tsconfig.json`.
 *
 * @public
 */
export function isStale(root) {
  if (!existsSync(join(root, 'tsconfig.json'))) return false
  const built = statSync(join(root, 'dist/touchstone.js'), { throwIfNoEntry: false })?.mtimeMs
  if (built === undefined) return true
  return ['spec', 'reference', 'impl', 'conformance', 'scripts/citations'].some(
    (tree) => newest(join(root, tree)) > built,
  )
}

/** When a folder's newest source was written. */
function newest(folder) {
  let time = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) time = Math.max(time, newest(path))
    else if (/(?<!\.test)\.(tsx?|json)$/.test(entry.name))
      time = Math.max(time, statSync(path).mtimeMs)
  }
  return time
}
