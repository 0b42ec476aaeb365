import { availableParallelism } from 'node:os'
import type { Clause } from '../../../spec/language/clause.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { workOf } from '../../suite/divide.ts'

/** More than so many processes are not started unless they are asked for. */
const most = 4

/**
 * The work that a process has to have, in the unit of `workOf`: about five seconds of it. To start one takes
 * half a second, and what it runs is slow until it was compiled.
 */
const leastWork = 4000

/** The memory that a process may come to need, in bytes. */
const memoryEach = 2 ** 30

/** The seconds that a run has to have. */
const leastSeconds = 5

/** The run that processes are to share. */
export interface Shared {
  readonly clauses: readonly Clause[]
  readonly implementations: readonly Implementation[]
  readonly runs: number
  readonly seconds: number | null
  readonly endsAt?: unknown
}

/** How many processes a run is worth on this machine. */
export function jobsWorthwhile(
  run: Shared,
  cores = availableParallelism(),
  memory = process.availableMemory?.() ?? Number.POSITIVE_INFINITY,
): number {
  const { clauses, implementations, runs, seconds, endsAt } = run
  if (implementations.some(isOneForAll)) return 1
  // Which failure is the first is then the same each time.
  if (endsAt !== undefined) return 1
  if (seconds !== null && seconds < leastSeconds) return 1
  const worth = Math.floor(workOf(clauses, runs) / leastWork)
  return Math.max(1, Math.min(most, cores, worth, Math.floor(memory / memoryEach)))
}

/** What is said of a graphics unit by how it is described. */
const isEmulated = /\(CPU\)/

/**
 * Whether several processes would only wait for each other: for a device that is one for all of them, or for
 * the cores, which TensorFlow uses by itself.
 */
function isOneForAll({ device: words, deviceName, name }: Implementation): boolean {
  // A browser is several processes already.
  if (words.startsWith('browser:')) return true
  const device = deviceName ?? /^tfjs:(\w+)$/.exec(name)?.[1]
  // One that is emulated on the processor is another one for each of them.
  return device === 'tensorflow' || (device === 'webgpu' && !isEmulated.test(words))
}
