import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Capsule } from '../engine/capsule.ts'
import { type Kept, keptIn, readOwnCapsules } from './kept.ts'
import { readCapsule } from './replay.ts'

/**
 * The cases of the capsules that come with the project, and of those in some folders, by property: of files
 * with the same name, the first.
 */
export function keptCases(folders: readonly string[]): Kept {
  const own = readOwnCapsules()
  const seen = new Set(Object.keys(own))
  const capsules: Record<string, () => Capsule> = { ...own }
  for (const folder of folders) {
    if (!existsSync(folder)) continue
    for (const file of readdirSync(folder).toSorted()) {
      if (!file.endsWith('.capsule.json') || seen.has(file)) continue
      seen.add(file)
      const path = join(folder, file)
      capsules[path] = () => readCapsule(readFileSync(path, 'utf8'))
    }
  }
  return keptIn(capsules)
}
