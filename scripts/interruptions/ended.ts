import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** How a command ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly err: string
  /** Processes that it started and that were still there, seconds later. */
  readonly orphans: number
}

export interface Started {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
}

interface Where {
  readonly cwd: string
  readonly temporary: string
  /** How long what it started may go on after it has ended, in seconds. */
  readonly patience?: number
}

let started = 0

/** Starts a command, by its words, all of whose processes can be found again by a variable. */
export function start(words: readonly string[], { cwd, temporary, patience = 10 }: Where): Started {
  const mark = `TOUCHSTONE_INTERRUPTED=${process.pid}-${started++}`
  const [name, value] = mark.split('=') as [string, string]
  const [program, ...rest] = words as [string]
  const child = spawn(program, rest, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', TMPDIR: temporary, [name]: value },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own, as a shell gives it.
    detached: true,
  })
  let err = ''
  child.stderr!.on('data', (text) => {
    err += text
  })
  const ended = new Promise<Ended>((resolve) => {
    // Not `close`: what it left behind may hold the pipe.
    child.once('exit', async (code, signal) => {
      resolve({ code, signal, err, orphans: await orphansOf(mark, patience) })
    })
  })
  return { process: child, ended }
}

/** How many processes have a variable in their environment, once they have had time to end. */
async function orphansOf(mark: string, patience: number): Promise<number> {
  if (!existsSync('/proc/self/environ')) return 0
  let left: readonly string[] = []
  for (let tries = 0; tries < 10 * patience; tries++) {
    left = readdirSync('/proc').filter((id) => /^\d+$/.test(id) && hasInEnvironment(id, mark))
    if (left.length === 0) return 0
    await setTimeout(100)
  }
  for (const id of left) process.kill(Number(id), 'SIGKILL')
  return left.length
}

function hasInEnvironment(id: string, mark: string): boolean {
  try {
    return readFileSync(`/proc/${id}/environ`, 'utf8').split('\0').includes(mark)
  } catch {
    // It has ended, or is another user's.
    return false
  }
}

/** The processes that a process has started. */
export function childrenOf(id: number): readonly number[] {
  try {
    const text = readFileSync(`/proc/${id}/task/${id}/children`, 'utf8')
    return text.split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
