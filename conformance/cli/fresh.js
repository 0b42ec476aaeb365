import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Builds `dist` when a source is newer. What is installed is complete and has no means to build:
 * only a folder of development has `tsconfig.json`.
 */
export async function buildWhenStale() {
  if (!existsSync(join(here, 'tsconfig.json')) || !isStale(here)) return
  const { build } = await import('../../scripts/build.js')
  await build()
}

/** Whether one of the sources that `dist` is built from was written after it. */
export function isStale(root) {
  const built = statSync(join(root, 'dist/touchstone.js'), { throwIfNoEntry: false })?.mtimeMs
  if (built === undefined) return true
  return ['spec', 'reference', 'impl', 'conformance'].some(
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
