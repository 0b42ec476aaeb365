import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../base/root.ts'

/** The capsules that come with the project, as they are written, by file. */
export function ownCapsules(): Readonly<Record<string, unknown>> {
  const folder = join(root, 'conformance/capsules')
  const files = readdirSync(folder).filter((file) => file.endsWith('.capsule.json'))
  return Object.fromEntries(
    files.toSorted().map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8'))]),
  )
}
