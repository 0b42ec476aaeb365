import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../conformance/base/root.ts'
import { suiteCommit } from '../../conformance/base/runtime.ts'

/** A hunt that was made. */
export interface Hunted {
  readonly implementation: string
  readonly commit: string
  readonly date: string
  readonly seconds: number
  readonly cases: number
  /** Distinct problems that it found. */
  readonly found: number
  /** What became of them. */
  readonly became?: string
}

const file = join(root, 'scripts/trust/hunts.json')

/** All hunts that were kept. */
export function hunts(): readonly Hunted[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Hunted[]) : []
}

/** Adds the hunts of a folder of `touchstone hunt`, which others that go on there take the place of. */
export function keepHunts(folder: string): void {
  const states = readdirSync(folder).filter((name) => /^hunt(-\d+-of-\d+)?\.json$/.test(name))
  const added = states.map((name): Hunted => {
    const state = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    const { about, seconds, cases, problems } = state
    return {
      implementation: about.slice(0, about.indexOf(': ')),
      commit: suiteCommit() ?? '',
      date: new Date().toISOString().slice(0, 10),
      seconds: Math.round(seconds),
      cases,
      found: problems.length,
    }
  })
  writeFileSync(file, `${JSON.stringify([...hunts(), ...added], null, 2)}\n`)
}
