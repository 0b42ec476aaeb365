import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../../conformance/base/root.ts'

export const usage = `Puts small mistakes into the files of folders, and keeps how many of them tests notice:

  npm run mutation -- [options] [FOLDER[:FILES] …]

  FOLDER          impl, reference, one of their areas, or conformance/engine; without one, what was
                  found before is shown
  FILES           such as sum.ts, of that folder alone

  --sample <n>    so many mistakes, drawn evenly, instead of all
  --seed <n>      others of them (default 0)
  --help          this text`

/** An error in what was typed, which needs no trace. */
export class UsageError extends Error {}

/** What a command asks for. */
export interface Asked {
  readonly folders: readonly string[]
  /** How many mutants are drawn; `undefined` for all. */
  readonly sample: number | undefined
  readonly seed: number
  readonly help: boolean
}

/** Reads the words behind the command; throws {@link UsageError} for what it does not know. */
export function askedOf(words: readonly string[]): Asked {
  const { values, positionals } = parsed(words)
  const whole = (name: 'sample' | 'seed', least: number) => {
    const given = values[name]
    if (given === undefined) return undefined
    const value = given.trim() === '' ? Number.NaN : Number(given)
    if (Number.isSafeInteger(value) && value >= least) return value
    throw new UsageError(`--${name} takes a whole number from ${least} on, not ${given}`)
  }
  for (const given of positionals) {
    const [folder] = given.split(':') as [string]
    if (!existsSync(join(root, folder))) throw new UsageError(`there is no folder ${folder}`)
  }
  return {
    folders: positionals,
    sample: whole('sample', 1),
    seed: whole('seed', 0) ?? 0,
    help: values.help === true,
  }
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        sample: { type: 'string' },
        seed: { type: 'string' },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    // What it says further is about words that begin with a hyphen.
    throw new UsageError((error as Error).message.replace(/\. To specify[\s\S]*/, ''))
  }
}
