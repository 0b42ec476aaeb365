import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../../base/errors.ts'
import { messageOf } from '../../base/message.ts'
import { replaceFile } from '../../base/writable.ts'
import { moreTelling } from '../problems.ts'

/** Something wrong that a hunt found, however often it came upon it. */
export interface HuntProblem {
  /** By what it is told from others: implementation, operation and cause. */
  readonly key: string
  readonly implementation: string
  readonly outcome: 'violates' | 'errored' | 'unstable'
  readonly operation: string | null
  readonly says: string
  /** The properties that it showed in. */
  readonly properties: readonly string[]
  /** In how many turns it showed. */
  readonly turns: number
  /** The file of the smallest case of the first turn; `null` where it has no case. */
  readonly capsule: string | null
  /** The words of the command line that choose the implementation again. */
  readonly option: string
}

/** How far a hunt is, and what it found: all that it needs to go on. */
export interface HuntState {
  readonly format: 'touchstone-hunt/1'
  /** What is hunted in, and which part of it, for another hunt not to go on with it. */
  readonly about: string
  readonly seed: number
  /** Turns of a property that are done. */
  readonly turns: number
  readonly cases: number
  readonly seconds: number
  readonly problems: readonly HuntProblem[]
  /** Properties in whose turn the process ended without a word, killed or ended by what it asked. */
  readonly ended: readonly string[]
}

/** A hunt that begins. */
export function beginning(about: string, seed: number): HuntState {
  const none = { turns: 0, cases: 0, seconds: 0, problems: [], ended: [] }
  return { format: 'touchstone-hunt/1', about, seed, ...none }
}

/**
 * How far a hunt was; `null` where there was none.
 *
 * @throws {UsageError} the file is damaged, or of another hunt
 */
export function readState(file: string, about: string): HuntState | null {
  if (!existsSync(file)) return null
  const state = stateIn(file)
  if (state.about === about) return state
  throw new UsageError(`${file} is of another hunt: ${state.about}`, [
    `this one is in ${about}`,
    'choose another folder with --report',
  ])
}

/** Writes how far a hunt is, at once or not at all. */
export function writeState(state: HuntState, file: string): void {
  replaceFile(file, `${JSON.stringify(state, null, 2)}\n`)
}

/** The hunts that left something in a folder, such as all shards of one. */
export function statesIn(folder: string): readonly HuntState[] {
  return readdirSync(folder)
    .filter((name) => /^hunt(-\d+-of-\d+)?\.json$/.test(name))
    .toSorted()
    .map((name) => stateIn(join(folder, name)))
}

function stateIn(file: string): HuntState {
  const wrong = (why: string) => new UsageError(`${file} is no state of a hunt`, [why])
  let state: HuntState | null
  try {
    state = JSON.parse(readFileSync(file, 'utf8')) as HuntState | null
  } catch (error) {
    throw wrong(messageOf(error))
  }
  if (state?.format !== 'touchstone-hunt/1') throw wrong('its format is not touchstone-hunt/1')
  return state
}

/** The problems of several hunts, each once. */
export function together(problems: readonly HuntProblem[]): readonly HuntProblem[] {
  const all = new Map<string, HuntProblem>()
  for (const problem of problems) {
    const before = all.get(problem.key)
    if (before === undefined) all.set(problem.key, problem)
    else {
      const properties = [...new Set([...before.properties, ...problem.properties])]
      const says = moreTelling(before.says, problem.says)
      all.set(problem.key, { ...before, says, properties, turns: before.turns + problem.turns })
    }
  }
  return [...all.values()]
}
