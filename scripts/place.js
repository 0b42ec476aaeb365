import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/** For how long what an earlier build left stays for runs that began with it, in milliseconds: longer than a night. */
const stays = 24 * 3600 * 1000

/**
 * Puts the files of a new build among those of the one before, each at once. Chunks are named by their contents: a
 * run that has begun finds its own for a day more. What commands start with comes last, when all that it loads is there.
 *
 * @param sources a digest of what it was built from
 */
export function place(fresh, folder, sources, now = Date.now()) {
  const kept = join(folder, 'chunks')
  mkdirSync(kept, { recursive: true })
  const before = chunksOf(folder)
  const chunks = readdirSync(join(fresh, 'chunks'))
  for (const name of chunks) renameSync(join(fresh, 'chunks', name), join(kept, name))
  writeFileSync(join(fresh, 'built.json'), JSON.stringify({ sources, chunks }))

  const entries = readdirSync(fresh, { withFileTypes: true }).filter((entry) => entry.isFile())
  const isLast = ({ name }) => (name === 'touchstone.js' ? 1 : 0)
  for (const { name } of entries.toSorted((a, b) => isLast(a) - isLast(b))) {
    renameSync(join(fresh, name), join(folder, name))
  }

  const used = new Set([...before, ...chunks])
  for (const name of readdirSync(kept)) {
    const file = join(kept, name)
    // Another build may remove it at the same time.
    const since = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? now
    if (used.has(name)) utimesSync(file, new Date(now), new Date(now))
    else if (now - since > stays) rmSync(file, { force: true })
  }
}

/** The chunks of the build that a folder holds. */
function chunksOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'built.json'), 'utf8')).chunks
  } catch {
    return []
  }
}
