import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Shelf } from '../base/worked-out.ts'
import { makeFolder, replaceFile } from '../base/writable.ts'

/** By what the folder of a shelf begins. */
export const shelfPrefix = 'worked-out-'

/** What many seeds and versions of the code worked out is more than anybody comes back to. */
const mostShelves = 8

/** A shelf that is a folder, whose files are called by a digest of the names. */
export function shelfIn(folder: string): Shelf {
  const fileOf = (name: string) =>
    join(folder, createHash('sha256').update(name).digest('hex').slice(0, 40))
  return {
    read(name) {
      try {
        return readFileSync(fileOf(name), 'utf8')
      } catch {
        return null
      }
    },
    write(name, text) {
      try {
        if (!existsSync(folder)) {
          leaveNewest(dirname(folder), mostShelves - 1)
          makeFolder(folder)
        }
        replaceFile(fileOf(name), text)
      } catch {
        // Nothing is lost but time.
      }
    },
  }
}

/** Removes all shelves but the newest ones. */
function leaveNewest(cache: string, count: number): void {
  if (!existsSync(cache)) return
  const shelves = readdirSync(cache)
    .filter((name) => name.startsWith(shelfPrefix))
    .map((name) => join(cache, name))
    .map((path) => ({ path, time: statSync(path).mtimeMs }))
    .toSorted((a, b) => b.time - a.time)
  for (const { path } of shelves.slice(count)) rmSync(path, { recursive: true, force: true })
}
