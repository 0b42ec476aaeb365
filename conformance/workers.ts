import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Clause } from '../spec/language/clause.ts'
import { root } from './cite/sources.ts'
import type { chosenImplementation } from './cli/implementation.ts'
import type { Implementation } from './engine/implementation.ts'
import type { ClauseReport } from './report/model.ts'
import type { ClauseOptions } from './suite.ts'

/** Which implementation a process is to open for itself, as on the command line. */
export type Choice = Parameters<typeof chosenImplementation>[0]

/** How a run is spread over processes, of which this one is the first. */
export interface Workers {
  readonly count: number
  /** What every other process opens, in the order of the implementations of the run. */
  readonly choices: readonly Choice[]
}

/** What a worker is told first. */
export interface Start {
  readonly kind: 'start'
  readonly choices: readonly Choice[]
  readonly options: ClauseOptions
}

export type ToWorker = Start | { readonly kind: 'clause'; readonly id: string }

export type FromWorker =
  | { readonly kind: 'report'; readonly id: string; readonly reports: readonly ClauseReport[] }
  /** Something that is no verdict on an implementation: the run cannot go on. */
  | { readonly kind: 'failed'; readonly reason: string }

/**
 * Fewer clauses than this a process do not pay: each has to start, and to become fast by itself. On
 * two cores, 40 clauses took a tenth longer in two processes than in one.
 */
const fewestClauses = 50

/**
 * How a run of one implementation is spread: over as many processes as were asked for, or as pay.
 * Devices that use all cores, or that there is one of, are not shared, nor are implementations of
 * which nothing is known.
 */
export function workersFor(
  { deviceName }: Implementation,
  clauses: number,
  choice: Choice,
  asked: number | undefined,
): Workers {
  const many = deviceName === 'wasm' || deviceName === 'cpu'
  const usual = many ? Math.min(availableParallelism(), Math.floor(clauses / fewestClauses)) : 1
  // The device that was found, so that no process looks for another.
  const same = deviceName === undefined ? choice : { ...choice, device: deviceName }
  return { count: Math.max(1, asked ?? usual), choices: [same] }
}

/** A clause is sent while another is still being checked, so that no worker waits for this process. */
const ahead = 2

/** Clauses that are still to be checked, and those that are done, in their places. */
interface Work {
  readonly queue: number[]
  readonly reports: (readonly ClauseReport[])[]
  readonly done: (place: number, reports: readonly ClauseReport[]) => void
}

/**
 * Checks clauses in several processes, this one among them. Every clause is checked as it would be
 * without the others, so the reports are the same, in the same order; only times differ.
 */
export async function checkInWorkers(
  clauses: readonly Clause[],
  { count, choices }: Workers,
  options: ClauseOptions,
  check: (clause: Clause) => Promise<readonly ClauseReport[]>,
  onReport: (clause: Clause, reports: readonly ClauseReport[]) => void,
): Promise<readonly (readonly ClauseReport[])[]> {
  const reports: (readonly ClauseReport[])[] = []
  const work: Work = {
    queue: clauses.map((_, place) => place),
    reports,
    done: (place, found) => {
      reports[place] = found
      onReport(clauses[place]!, found)
    },
  }
  const start: Start = { kind: 'start', choices, options }
  const others = Array.from({ length: count - 1 }, () => worker(clauses, start, work))
  try {
    const here = async () => {
      for (;;) {
        // Lets the messages of the workers in: checking may never wait for anything else.
        await new Promise((resolve) => setImmediate(resolve))
        const place = work.queue.shift()
        if (place === undefined) return
        work.done(place, await check(clauses[place]!))
      }
    }
    await Promise.all([here(), ...others.map(({ finished }) => finished)])
    return reports
  } finally {
    work.queue.length = 0
    for (const { child } of others) child.kill()
  }
}

interface Worker {
  readonly child: ChildProcess
  /** When there is nothing left to do for it. */
  readonly finished: Promise<void>
}

function worker(clauses: readonly Clause[], start: Start, work: Work): Worker {
  // What it prints is for people, and standard output may be read by a program.
  const child = fork(join(root, 'dist/worker.js'), [], {
    serialization: 'advanced',
    stdio: ['ignore', 2, 2, 'ipc'],
    execArgv: process.execArgv.filter((argument) => !argument.startsWith('--cpu-prof')),
  })
  const places = new Map<string, number>()
  const tell = (message: ToWorker) => child.send(message)
  const feed = () => {
    while (places.size < ahead) {
      const place = work.queue.shift()
      if (place === undefined) return
      const { id } = clauses[place]!
      places.set(id, place)
      tell({ kind: 'clause', id })
    }
  }
  const finished = new Promise<void>((resolve, reject) => {
    child.on('message', (message: FromWorker) => {
      if (message.kind === 'failed') {
        reject(new Error(message.reason))
        return
      }
      work.done(places.get(message.id)!, message.reports)
      places.delete(message.id)
      feed()
      if (places.size === 0) resolve()
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      const [first] = places.keys()
      if (first === undefined) resolve()
      else
        reject(new Error(`a process ended (${signal ?? `exit ${code}`}) while checking ${first}`))
    })
  })
  tell(start)
  feed()
  if (places.size === 0) child.kill()
  return { child, finished }
}
