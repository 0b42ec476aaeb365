import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setupFolder, versionOf } from '../../impl/device/packages.ts'
import { root } from '../base/root.ts'
import { build } from '../base/touchstone.ts'
import type { Shelf } from '../base/worked-out.ts'
import { replaceFile } from '../base/writable.ts'
import type { Kill } from '../engine/kills.ts'
import type { Gathered } from '../suite/run.ts'
import { shelfIn, shelfPrefix } from './shelf.ts'

/** What became of the faults of properties, by their ids. */
export type Kills = Map<string, readonly Kill[]>

/** Adds what a run found of faults, of properties that noticed all of theirs: only that is ever reused. */
export function addKills(kills: Kills, { parts }: Pick<Gathered, 'parts'>): void {
  const clauses = parts.flat().flatMap((part) => part.clauses)
  for (const { id, faults } of clauses.flatMap(({ properties }) => properties)) {
    if (faults.length > 0 && faults.every(({ killed }) => killed)) kills.set(id, faults)
  }
}

/** All that what becomes of faults depends on: no answer of an implementation, and no option but the seed. */
export interface KillsKey {
  /** The folder of the bundled program. */
  readonly program: string
  /** A digest of the sources that the running program was built from, whichever build the folder holds meanwhile. */
  readonly build: string | null
  /** The file that is running, whose name tells what it is made of should the folder be replaced meanwhile. */
  readonly running: string
  /** What runs it: version, options, system, processor. */
  readonly node: readonly string[]
  /** The packages that it imports, with their versions. */
  readonly packages: Readonly<Record<string, string>>
  readonly seed: number
}

/**
 * What became of faults in earlier runs of the same code with the same seed, and what these worked out of the seed;
 * anything else has other files. What cannot be read is as good as not there, and found out again.
 */
export function openKills(seed: number): {
  readonly kills: Kills
  readonly shelf: Shelf
  save(): void
} {
  const digest = digestOf(keyOf(seed))
  const cache = join(setupFolder(), 'cache')
  const file = join(cache, `faults-${seed}-${digest}.json`)
  const kills: Kills = new Map(readKills(file))
  return {
    kills,
    shelf: shelfIn(join(cache, `${shelfPrefix}${seed}-${digest}`)),
    save() {
      try {
        replaceFile(file, JSON.stringify([...kills]))
      } catch {
        // Nothing is lost but time.
      }
    },
  }
}

function readKills(file: string): readonly (readonly [string, readonly Kill[]])[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return []
  }
}

/** The key of this process. */
export function keyOf(seed: number): KillsKey {
  const { version, platform, arch, execArgv, env } = process
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return {
    program: join(root, 'dist'),
    build,
    running: basename(import.meta.url),
    node: [version, platform, arch, ...execArgv, env.NODE_OPTIONS ?? ''],
    packages: Object.fromEntries(Object.keys(dependencies).map((name) => [name, installed(name)])),
    seed,
  }
}

function installed(name: string): string {
  try {
    return versionOf(name)
  } catch {
    return 'not installed'
  }
}

/** A digest of a key, and of every file of code of the build in its folder. */
export function digestOf(key: KillsKey): string {
  const { program, ...rest } = key
  const hash = createHash('sha256').update(JSON.stringify(rest))
  for (const file of codeIn(program)) {
    const code = readFileSync(join(program, file))
    hash.update(`\0${file}\0${code.length}\0`).update(code)
  }
  return hash.digest('hex').slice(0, 40)
}

/** What is loaded of a build. Chunks that an earlier build left for runs that have begun are no part of it. */
function codeIn(program: string): readonly string[] {
  const built = join(program, 'built.json')
  const chunks = existsSync(built) ? JSON.parse(readFileSync(built, 'utf8')).chunks : null
  return ['.', 'chunks'].flatMap((folder) =>
    readdirSync(join(program, folder))
      .sort()
      .filter((name) => name.endsWith('.js'))
      .filter((name) => folder === '.' || chunks === null || chunks.includes(name))
      .map((name) => `${folder}/${name}`),
  )
}
