import { availableParallelism, cpus, release, type } from 'node:os'
import { askCheckout, inCheckout } from './git.ts'

/** What runs this code: its name and version, such as `Node v22.1.0`. */
export const runtime = `Node ${process.version}`

/** What a report says of the machine, in its own fields. */
export interface Machine {
  readonly runtime: string
  /** The version of Node, where it is Node: readers of older reports look for it. */
  readonly node?: string
  readonly platform: string
  readonly processor: string
  readonly cores: number
}

/** The machine that this code runs on. */
export function machine(): Machine {
  return {
    runtime,
    node: process.version,
    platform: `${type()} ${release()}, ${process.arch}`,
    processor: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
  }
}

/** The commit that is checked out, with `-dirty` where files differ from it; `null` outside a checkout. */
export function suiteCommit(): string | null {
  known ??= { commit: inCheckout((git) => git(...describing)) }
  return known.commit
}

/** Finds it out while other work goes on, so that nobody waits for it later. */
export async function lookUpCommit(): Promise<void> {
  known ??= { commit: await askCheckout(...describing) }
}

const describing = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*']

let known: { readonly commit: string | null } | undefined
