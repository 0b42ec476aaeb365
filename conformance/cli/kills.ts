import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setupFolder, versionOf } from '../../impl/device/packages.ts'
import { root } from '../base/root.ts'
import { replaceFile } from '../base/writable.ts'
import type { Kill } from '../engine/kills.ts'
import type { Gathered } from '../suite/run.ts'

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
  /** The file that is running, whose name tells what it is made of should the folder be replaced meanwhile. */
  readonly running: string
  /** What runs it: version, options, system, processor. */
  readonly node: readonly string[]
  /** The packages that it imports, with their versions. */
  readonly packages: Readonly<Record<string, string>>
  readonly seed: number
}

/**
 * What became of faults in earlier runs of the same code with the same seed; anything else has another file.
 * What cannot be read is as good as not there, and found out again.
 */
export function openKills(seed: number): { readonly kills: Kills; save(): void } {
  const digest = digestOf(keyOf(seed))
  const file = join(setupFolder(), 'cache', `faults-${seed}-${digest}.json`)
  const kills: Kills = new Map(readKills(file))
  return {
    kills,
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

/** A digest of a key, and of every file of code in its folder. */
export function digestOf(key: KillsKey): string {
  const { program, ...rest } = key
  const hash = createHash('sha256').update(JSON.stringify(rest))
  for (const folder of ['.', 'chunks']) {
    for (const name of readdirSync(join(program, folder)).sort()) {
      if (!name.endsWith('.js')) continue
      const code = readFileSync(join(program, folder, name))
      hash.update(`\0${folder}/${name}\0${code.length}\0`).update(code)
    }
  }
  return hash.digest('hex').slice(0, 40)
}
