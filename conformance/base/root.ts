import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds the four trees, wherever this code was bundled to. */
export const root = findRoot()

function findRoot(): string {
  let folder = fileURLToPath(new URL('.', import.meta.url))
  while (!existsSync(join(folder, 'spec/index.ts'))) {
    const parent = join(folder, '..')
    if (parent === folder) throw new Error('the sources of the specification are missing')
    folder = parent
  }
  return folder.replace(/[\\/]$/, '')
}
